"""Where a file ends by its own account; whatever lies behind was put there by somebody else."""

from typing import Final

PNG_HEAD: Final = 8
JPEG_BEGINS: Final = b"\xff\xd8\xff"
SCAN, END = 0xDA, 0xD9
ALONE: Final = frozenset({0x00, 0x01, *range(0xD0, 0xD9)})
"""What follows FF without a length: an escaped FF, a restart, a beginning."""


def end_of(content: bytes, content_type: str) -> int:
    """The length of the file itself; of all of it where no end is found: then the inspection refuses it."""
    match content_type:
        case "application/pdf":
            at = content.rfind(b"%%EOF")
            return at + 5 if at >= 0 else len(content)
        case "image/png":
            return _end_of_png(content)
    return _end_of_jpeg(content)


def _end_of_png(content: bytes) -> int:
    at = PNG_HEAD
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, at = content[at + 4 : at + 8], at + 12 + length
        if kind == b"IEND":
            return at
    return len(content)


def _end_of_jpeg(content: bytes) -> int:
    """Cameras put a second picture behind the first (MPF): it is of the same kind and belongs to the file."""
    at = 0
    while content[at : at + 3] == JPEG_BEGINS:
        at = _end_of_one_jpeg(content, at + 2)
    return at


def _end_of_one_jpeg(content: bytes, at: int) -> int:
    """From one marker to the next: those that are not alone tell their length."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        marker = content[at + 1]
        if marker == END:
            return at + 2
        if marker == 0xFF:
            at += 1
        elif marker in ALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4])
    return len(content)
