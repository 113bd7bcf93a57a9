"""The guarantee behind links, notifications and tasks: every open upload says when to look after it."""

from typing import Final

from functions.partners.domain.arriving import overdue
from functions.partners.domain.upload import ChaseUpload, Upload
from shared.runtime.action import Request, Response, action, schedule
from shared.runtime.context import Context

SWEEP_MAX: Final = 100


class SweepUploads(Request):
    pass


class UploadsSwept(Response):
    overdue: int


@action(schedule("*/5 * * * *"))
def sweep_uploads(req: SweepUploads, ctx: Context) -> UploadsSwept:
    """Look after every workbook whose upload or reading is overdue."""
    found = ctx.store.select(Upload, overdue(ctx.now, SWEEP_MAX))
    for upload in found:
        ctx.at_once(ChaseUpload(upload_id=upload.id))
    return UploadsSwept(overdue=len(found))
