"""The parts of a workbook's zip, looked at before anything is unpacked, and unpacked within limits.

Nothing is believed that the file says of itself: the directory is bounded before it is read, parts may not
overlap, share a name or lead elsewhere, and what unpacks to another size than was announced is refused.
"""

import stat
from collections.abc import Iterator
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError  # noqa: N812 - it is an exception

from shared.contracts.workbook_names import BYTES_MAX
from shared.contracts.workbooks import BookFault, BookLimits, WorkbookRefused

CHUNK: Final = 64 * 1024
_OLE: Final = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_COMMENT_MAX: Final = 65_535
_LOCAL_HEADER: Final = 30
_SMALL: Final = 256 * 1024
"""Below this a part may be packed as well as it likes."""


class Parts:
    """Raises WorkbookRefused, at once or while a part is read."""

    def __init__(self, content: bytes, limits: BookLimits) -> None:
        _look_at_first_bytes(content)
        _look_at_directory(content, limits)
        try:
            self._zip = ZipFile(BytesIO(content))
            infos = self._zip.infolist()
        except (BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise WorkbookRefused(BookFault.BROKEN, "no readable directory") from error
        _look_at_entries(infos, limits)
        self._infos = {one.filename: one for one in infos if not one.is_dir()}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def chunks(self, name: str) -> Iterator[bytes]:
        info = self._infos.get(name)
        if info is None:
            raise WorkbookRefused(BookFault.BROKEN, "a part is missing")
        size = 0
        try:
            with self._zip.open(info) as part:
                while chunk := part.read(CHUNK):
                    size += len(chunk)
                    yield chunk
        except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
            raise WorkbookRefused(BookFault.BROKEN, "a part does not unpack") from error
        if size != info.file_size:
            raise WorkbookRefused(BookFault.TRICKS, "a part is not as long as it says")


def _look_at_first_bytes(content: bytes) -> None:
    if not content:
        raise WorkbookRefused(BookFault.EMPTY)
    if len(content) > BYTES_MAX:
        raise WorkbookRefused(BookFault.TOO_LARGE, "the file")
    if content.startswith(_OLE):
        sealed = _ENCRYPTED_PACKAGE in content
        raise WorkbookRefused(BookFault.ENCRYPTED if sealed else BookFault.OLD_FORMAT)
    if not content.startswith(b"PK"):
        raise WorkbookRefused(BookFault.NO_WORKBOOK)


def _look_at_directory(content: bytes, limits: BookLimits) -> None:
    """Before a library reads it: its size is what costs, not the number of entries it claims."""
    end = content.rfind(_END, max(0, len(content) - _END_SIZE - _COMMENT_MAX))
    if end < 0 or len(content) - end < _END_SIZE:
        raise WorkbookRefused(BookFault.BROKEN, "no end of directory")
    entries = int.from_bytes(content[end + 10 : end + 12], "little")
    size = int.from_bytes(content[end + 12 : end + 16], "little")
    if entries > limits.entries or size > limits.directory_bytes:
        raise WorkbookRefused(BookFault.TRICKS, "too many parts")
    if content[end + 4 : end + 8] != b"\0\0\0\0":
        raise WorkbookRefused(BookFault.BROKEN, "of several disks")


def _look_at_entries(infos: list[ZipInfo], limits: BookLimits) -> None:
    if len(infos) > limits.entries:
        raise WorkbookRefused(BookFault.TRICKS, "too many parts")
    if len({one.filename.casefold() for one in infos}) < len(infos):
        raise WorkbookRefused(BookFault.TRICKS, "two parts of one name")
    for one in infos:
        _look_at_entry(one, limits)
    if sum(one.file_size for one in infos) > limits.unpacked_bytes:
        raise WorkbookRefused(BookFault.TOO_LARGE, "unpacked")
    end = 0
    for one in sorted(infos, key=lambda each: each.header_offset):
        if one.header_offset < end:
            raise WorkbookRefused(BookFault.TRICKS, "parts overlap")
        end = one.header_offset + _LOCAL_HEADER + one.compress_size


def _look_at_entry(one: ZipInfo, limits: BookLimits) -> None:
    if one.flag_bits & 0x1:
        raise WorkbookRefused(BookFault.ENCRYPTED, "a part")
    if one.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise WorkbookRefused(BookFault.BROKEN, "packed in an unknown way")
    steps = one.filename.split("/")
    if ".." in steps or one.filename.startswith("/") or "\\" in one.orig_filename or ":" in one.filename:
        raise WorkbookRefused(BookFault.TRICKS, "a name leads elsewhere")
    if stat.S_ISLNK(one.external_attr >> 16):
        raise WorkbookRefused(BookFault.TRICKS, "a link instead of a part")
    if one.file_size > limits.part_bytes:
        raise WorkbookRefused(BookFault.TOO_LARGE, "a part, unpacked")
    if one.file_size > _SMALL and one.file_size > limits.ratio * max(one.compress_size, 1):
        raise WorkbookRefused(BookFault.TRICKS, "packed too well to be true")
