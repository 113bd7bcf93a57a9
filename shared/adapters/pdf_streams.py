"""How much the packed parts of a PDF unpack to, counted without ever holding it."""

import zlib
from typing import Any, Final

import pikepdf

from shared.contracts.documents import Reason
from shared.contracts.file_checks import PIXELS_MAX, SIDE_MAX, UNPACKED_MAX

STEP_BYTES: Final = 1024 * 1024
FILTERS_MAX: Final = 3
PACKERS: Final = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
KNOWN: Final = PACKERS | {
    "/ASCIIHexDecode", "/AHx", "/ASCII85Decode", "/A85", "/DCTDecode", "/DCT", "/JPXDecode",
    "/CCITTFaxDecode", "/CCF",
}  # fmt: skip
"""Not JBIG2: its readers have been the way in more than once, and a scan can be saved otherwise."""
OF_PICTURES: Final = frozenset({"/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF"})


class TooMuch(Exception):
    """What is inside is more, or stranger, than a reader should be asked to bear."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Unpacking:
    """Counts over all streams of one document. Raises TooMuch."""

    def __init__(self) -> None:
        self._left = UNPACKED_MAX

    def look_at(self, stream: pikepdf.Stream) -> None:
        if "/F" in stream:
            raise TooMuch(Reason.EMBEDDED_FILE)  # its content lies in a file elsewhere
        filters = _filters(stream)
        if "/Crypt" in filters:
            raise TooMuch(Reason.LOCKED)
        if set(filters) - KNOWN or len(filters) > FILTERS_MAX or len(PACKERS.intersection(filters)) > 1:
            raise TooMuch(Reason.TOO_COMPLEX)
        if len(filters) != len(set(filters)):
            raise TooMuch(Reason.TOO_COMPLEX)  # packed twice: small files grow without bound
        if stream.get("/Subtype") == "/Image":
            _look_at_size(stream)
        self._count(stream, filters)

    def _count(self, stream: pikepdf.Stream, filters: list[str]) -> None:
        raw = stream.read_raw_bytes()
        if filters and filters[0] in ("/FlateDecode", "/Fl"):
            self._inflate(raw)
        elif PACKERS.intersection(filters) and not OF_PICTURES.intersection(filters):
            self._take(len(stream.read_bytes()))
        else:
            self._take(len(raw))

    def _inflate(self, raw: bytes) -> None:
        unpacker = zlib.decompressobj()
        try:
            while raw and not unpacker.eof:
                self._take(len(unpacker.decompress(raw, STEP_BYTES)))
                raw = unpacker.unconsumed_tail
        except zlib.error:
            return  # cut or wrong at its end, as many writers leave it: readers show what there is

    def _take(self, count: int) -> None:
        self._left -= count
        if self._left < 0:
            raise TooMuch(Reason.TOO_COMPLEX)


def _filters(stream: pikepdf.Stream) -> list[str]:
    found: Any = stream.get("/Filter")
    if found is None:
        return []
    return [str(one) for one in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _look_at_size(stream: pikepdf.Stream) -> None:
    try:
        width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    except (TypeError, ValueError):
        raise TooMuch(Reason.DAMAGED) from None
    if width <= 0 or height <= 0:
        raise TooMuch(Reason.DAMAGED)
    if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX:
        raise TooMuch(Reason.TOO_MANY_PIXELS)
