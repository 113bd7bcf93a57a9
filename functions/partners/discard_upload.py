"""Take a workbook that has come to its end out of quarantine."""

from functions.partners.domain.upload import DiscardUpload, Upload
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("partners"))
def discard_upload(req: DiscardUpload, ctx: Context) -> Done:
    """Remove the file of an upload that is over."""
    upload = ctx.store.find(Upload, req.upload_id)
    if upload is not None and not upload.is_open:
        ctx.files.remove("quarantine", upload.file)
    return Done()
