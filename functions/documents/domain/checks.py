"""The checks that a file must pass before anybody may open it, from the cheapest to the dearest.

The beginning of a file says what it is, not its name. A picture that is also a PDF, or a PDF with a ZIP
behind its end, is a weapon: refused. Whatever cannot be said for sure leaves the document in quarantine.
"""

import hashlib
import re
import struct
from collections.abc import Mapping
from typing import Final

from functions.documents.domain.endings import end_of
from shared.contracts.documents import Reason
from shared.contracts.file_checks import BYTES_MAX, ScannerUnclear
from shared.contracts.ports import Antivirus, Inspector
from shared.kernel.effects import Message
from shared.kernel.records import Value

BEGINNINGS: Final[Mapping[str, bytes]] = {
    "application/pdf": b"%PDF-",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}
STARTS_OF_OTHERS: Final = (
    b"%PDF-",
    b"%!PS",
    b"PK\x03\x04",
    b"\x7fELF",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf\x27\x1c",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"GIF89a",
    b"ftyp",
    b"\xca\xfe\xba\xbe",
    b"This program cannot be run in DOS mode",
)
MARKUP: Final = re.compile(rb"<(?:!doctype|html|head|body|script|svg|iframe|\?php|\?xml)\b", re.IGNORECASE)
ZIP_END: Final = b"PK\x05\x06"
ZIP_END_BYTES: Final = 22
ZIP_COMMENT_MAX: Final = 65_535
HEAD_BYTES: Final = 1024
"""Readers of PDFs look for their beginning so far into a file."""


class CheckDocument(Message):
    """Look into an uploaded file. `check` counts the looks: one that was outdated by another does nothing."""

    document_id: str
    check: int


class Verdict(Value):
    """`unclear`: nothing can be said now. `finding` is what the scanner calls it."""

    reason: Reason = Reason.NONE
    unclear: bool = False
    finding: str = ""


def judged(content: bytes, content_type: str, inspector: Inspector, antivirus: Antivirus) -> Verdict:
    """What is to be thought of this file. Never raises for what stands in it."""
    reason = wrong_bytes(content, content_type)
    if not reason:
        reason = inspector.inspect(content, content_type).reason
    if reason:
        return Verdict(reason=reason)
    try:
        finding = antivirus.scan(content)
    except ScannerUnclear:
        return Verdict(unclear=True)
    return Verdict(reason=Reason.INFECTED, finding=finding) if finding else Verdict()


def wrong_bytes(content: bytes, content_type: str) -> Reason:
    """What the bytes say without being understood."""
    if not content:
        return Reason.EMPTY
    if len(content) > BYTES_MAX:
        return Reason.TOO_LARGE
    if not content.startswith(BEGINNINGS[content_type]):
        return Reason.WRONG_TYPE
    if is_zip_too(content) or _is_another_too(content, content_type):
        return Reason.SOMETHING_ATTACHED
    return Reason.NONE


def is_zip_too(content: bytes) -> bool:
    """A ZIP is read from its end: it may begin with anything. Its last record tells where its list stands."""
    tail = max(0, len(content) - ZIP_END_BYTES - ZIP_COMMENT_MAX)
    at = content.rfind(ZIP_END, tail)
    while at >= 0:
        if len(content) - at >= ZIP_END_BYTES:
            listed_bytes, starts_at, comment = struct.unpack("<IIH", content[at + 12 : at + 22])
            if listed_bytes <= at and starts_at <= at and at + ZIP_END_BYTES + comment <= len(content):
                return True
        at = content.rfind(ZIP_END, tail, at)
    return False


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def md5_of(content: bytes) -> str:
    """As the storage names a content; against mishaps, not against attackers."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


def _is_another_too(content: bytes, content_type: str) -> bool:
    if content_type != "application/pdf" and b"%PDF-" in content[:HEAD_BYTES]:
        return True
    rest = content[end_of(content, content_type) :]
    return any(start in rest for start in STARTS_OF_OTHERS) or MARKUP.search(rest) is not None
