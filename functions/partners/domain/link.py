"""The link by which a workbook comes, and the one by which it goes back."""

from datetime import datetime, timedelta
from typing import Annotated, Final

from pydantic import Field

from functions.partners.domain.arriving import LINK_LIFE
from functions.partners.domain.upload import Upload
from shared.contracts.workbook_names import BYTES_MAX, XLSX
from shared.kernel.ports import Files
from shared.kernel.records import Value

MARKED_LINK_LIFE: Final = timedelta(minutes=5)
Size = Annotated[int, Field(ge=1, le=BYTES_MAX)]


class UploadStarted(Value):
    """Send the workbook to `url` by `method` with all of `headers`, then finish the upload."""

    upload_id: str
    url: str
    method: str
    headers: dict[str, str]
    expires_at: datetime


def link_for(upload: Upload, files: Files, now: datetime) -> UploadStarted:
    link = files.upload_link(upload.file, XLSX, upload.size, LINK_LIFE)
    return UploadStarted(
        upload_id=upload.id,
        url=link.url,
        method=link.method,
        headers=dict(link.headers),
        expires_at=now + LINK_LIFE,
    )


def marked_link(upload: Upload, files: Files) -> str:
    """ "" where there is no marked workbook."""
    if not upload.marked_generation:
        return ""
    return files.download_link(
        "clean",
        upload.marked_file,
        upload.marked_generation,
        "visita-do-poprawy.xlsx",
        XLSX,
        MARKED_LINK_LIFE,
    )
