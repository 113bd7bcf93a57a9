"""One overdue upload, in a call of its own: what is wrong with one must not keep the others waiting."""

from functions.partners.domain.arriving import chased
from functions.partners.domain.upload import ChaseUpload, Upload
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("partners"))
def chase_upload(req: ChaseUpload, ctx: Context) -> Done:
    """Give up an upload that never came, take in one that nobody told of, plan a lost reading anew."""
    upload = ctx.store.find(Upload, req.upload_id)
    if upload is not None and upload.is_open and upload.due_at <= ctx.now:
        chased(ctx.store, upload, ctx.files.stat("quarantine", upload.file), ctx.now)
    return Done()
