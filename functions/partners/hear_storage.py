"""Cloud Storage says that a file came: for the app that lost its connection after the upload."""

from functions.partners.domain.arriving import arrived
from functions.partners.domain.upload import Upload, UploadChanged, UploadStatus
from shared.runtime.action import Done, action, topic
from shared.runtime.context import Context


@action(topic(UploadChanged))
def hear_storage(req: UploadChanged, ctx: Context) -> Done:
    """Take in an uploaded workbook whether or not its app tells us."""
    if req.bucket != ctx.settings.quarantine_bucket or not req.upload_id:
        return Done()  # other modules' files, and what we made and removed ourselves
    upload = ctx.store.find(Upload, req.upload_id)
    if upload is None or upload.status != UploadStatus.ANNOUNCED:
        return Done()
    facts = ctx.files.stat("quarantine", upload.file)
    if facts is not None:
        arrived(ctx.store, upload, facts, ctx.now)
    return Done()
