"""Read a questionnaire: into answers, or into what is wrong with it, cell by cell.

The only function that opens partners' workbooks, one at a time and on a machine of its own.
"""

from functools import partial

from functions.partners.domain.arriving import is_planned, of_answers, settled
from functions.partners.domain.looking import Looked, Unread, given_back, looked_at
from functions.partners.domain.reading import NotOurTemplate
from functions.partners.domain.reading import read_questionnaire as answers_in
from functions.partners.domain.upload import ReadQuestionnaire, Upload, UploadEvent
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context

BOUNDED = Needs(memory_mb=512, timeout_seconds=60, concurrency=1)


@action(task("partners"), needs=BOUNDED)
def read_questionnaire(req: ReadQuestionnaire, ctx: Context) -> Done:
    """Read an uploaded questionnaire, once."""
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
    sign = partial(ctx.ports.seals.lookup_key, upload.tenant_id)
    try:
        found = answers_in(looked.book, upload.partner_id, sign, ctx.ports.geocoder.locate)
    except NotOurTemplate as error:
        raise Unread(UploadEvent.REFUSE, looked.sha256, reason=str(error)) from None
    marked = given_back(upload, looked, found.issues, ctx.files, ctx.ports.workbooks) if found.issues else 0
    settled(
        ctx.store,
        upload,
        of_answers(found.answers, found.issues),
        ctx.now,
        looked.sha256,
        answers=found.answers,
        issues=found.issues,
        marked_generation=marked,
    )
