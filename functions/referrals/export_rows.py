"""One step of an export: the next part is read and laid aside, or all parts become the workbook.

It takes no more into memory than a part, until the workbook is made; how many rows that may have is bounded.
"""

from functions.referrals.domain.asked import query_of_asked
from functions.referrals.domain.export import (
    PAGE,
    PAGES_IN_PART,
    ExportRows,
    ExportStatus,
    SearchExport,
    finished,
    part_read,
)
from functions.referrals.domain.export_book import Line, book_of
from functions.referrals.domain.export_reading import (
    asker_of_export,
    kind_of,
    lines_of,
    put_part,
    read_parts,
)
from shared.contracts.workbook_names import XLSX
from shared.runtime.action import Done, Needs, Page, action, task
from shared.runtime.context import Context
from shared.runtime.pages import page_of


class _ExportPage(Page):
    """A page of this export alone: its token opens no other."""

    export_id: str


@action(task("exports"), needs=Needs(memory_mb=2048, timeout_seconds=300, concurrency=1))
def export_rows(req: ExportRows, ctx: Context) -> Done:
    """Go on with an export."""
    it = ctx.store.find(SearchExport, req.export_id)
    if it is None or it.status != ExportStatus.READING or it.step != req.step:
        return Done()
    if it.all_read:
        plan = book_of(it.what, it.language, read_parts(it, ctx.files, ctx.ports.seals))
        generation = ctx.files.put("clean", it.file, ctx.ports.workbooks.write(plan), XLSX)
        ctx.store.apply(finished(it, generation, ctx.now))
        return Done()
    lines, token = _part(it, ctx)
    name = put_part(it, ctx.new_id(), lines, ctx.files, ctx.ports.seals)
    ctx.store.apply(part_read(it, name, len(lines), token, ctx.now))
    return Done()


def _part(it: SearchExport, ctx: Context) -> tuple[list[Line], str]:
    asked = it.asked
    query = query_of_asked(asked, asker_of_export(it, ctx.settings.zone), ctx.ports.seals)
    lines: list[Line] = []
    token = it.next_page
    for _ in range(PAGES_IN_PART):
        page = _ExportPage(export_id=it.id, page_size=PAGE, page_token=token)
        found, token = page_of(ctx, kind_of(asked), page, query)
        lines += lines_of(it, asked, found)
        if not token:
            break
    return lines, token
