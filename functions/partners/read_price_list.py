"""Read a workbook of prices: every institute in it gets its list, or none does and the faults are marked."""

from functions.partners.domain.arriving import is_planned, settled
from functions.partners.domain.institute import Institute
from functions.partners.domain.looking import Looked, Unread, given_back, looked_at
from functions.partners.domain.price_workbook import institutes_in, read_prices
from functions.partners.domain.publishing import published
from functions.partners.domain.reading import NotOurTemplate
from functions.partners.domain.upload import ReadPriceList, Upload, UploadEvent
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context

BOUNDED = Needs(memory_mb=512, timeout_seconds=60, concurrency=1)


@action(task("partners"), needs=BOUNDED)
def read_price_list(req: ReadPriceList, ctx: Context) -> Done:
    """Read an uploaded workbook of prices, once."""
    upload = ctx.store.find(Upload, req.upload_id)
    if upload is None or not is_planned(upload, req.attempt):
        return Done()
    try:
        looked = looked_at(ctx.store, upload, ctx.files, ctx.ports.antivirus, ctx.ports.workbooks)
        _read(upload, looked, ctx)
    except Unread as end:
        settled(ctx.store, upload, end.event, ctx.now, end.sha256, **end.facts)
    return Done()


def _read(upload: Upload, looked: Looked, ctx: Context) -> None:
    institutes = {one.id: one for one in ctx.store.find_many(Institute, institutes_in(looked.book))}
    known = {key: one.price_lists for key, one in institutes.items()}
    try:
        changed, issues = read_prices(looked.book, known, ctx.now.date(), upload.language)
    except NotOurTemplate as error:
        raise Unread(UploadEvent.REFUSE, looked.sha256, reason=str(error)) from None
    if issues:
        marked = given_back(upload, looked, issues, ctx.files, ctx.ports.workbooks)
        settled(
            ctx.store,
            upload,
            UploadEvent.FAULT,
            ctx.now,
            looked.sha256,
            issues=issues,
            marked_generation=marked,
        )
        return
    for key, lists in changed.items():
        priced = institutes[key].but(price_lists=lists)
        published(ctx.store, priced, "prices_imported", ctx.now, new=False, lists=len(lists))
    names = tuple(sorted(changed))
    settled(ctx.store, upload, UploadEvent.UNDERSTAND, ctx.now, looked.sha256, imported=names)
