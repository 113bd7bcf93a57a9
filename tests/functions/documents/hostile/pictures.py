"""Pictures that are too large, cut, moving, or something else as well."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from PIL import Image

from shared.contracts.documents import Reason
from tests.functions.documents.papers import JPEG, PNG, a_pdf, a_picture

HEAD = b"\x89PNG\r\n\x1a\n"
HTML = b"<html><script>alert(1)</script></html>"


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def a_png(width: int, height: int, *more: bytes, rows: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (chunk(b"IHDR", head), *more, chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))
    return HEAD + b"".join(parts)


def a_zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("payload.js", "x")
    return made.getvalue()


def _animated() -> bytes:
    frames = [Image.new("RGB", (8, 8), (shade, 0, 0)) for shade in (0, 200)]
    made = io.BytesIO()
    frames[0].save(made, "PNG", save_all=True, append_images=frames[1:], duration=100)
    return made.getvalue()


def _huge_jpeg() -> bytes:
    """Its head says 65,000 times 65,000; the rest is that of a small one."""
    small = a_picture("JPEG")
    at = small.index(b"\xff\xc0") + 5
    return small[:at] + struct.pack(">HH", 65_000, 65_000) + small[at + 4 :]


def _with_comment(text: bytes) -> bytes:
    small = a_picture("JPEG")
    return small[:2] + b"\xff\xfe" + struct.pack(">H", len(text) + 2) + text + small[2:]


def _text_bomb() -> bytes:
    packed = zlib.compress(bytes(64 * 1024 * 1024), 9)
    return a_png(1, 1, chunk(b"zTXt", b"Comment\0\0" + packed), rows=b"\0\0")


PICTURES: Mapping[str, tuple[bytes, str, Reason]] = {
    "a PNG of huge pixels": (a_png(60_000, 60_000), PNG, Reason.TOO_MANY_PIXELS),
    "a PNG as long as a street": (a_png(1_000_000, 1), PNG, Reason.TOO_MANY_PIXELS),
    "a JPEG of huge pixels": (_huge_jpeg(), JPEG, Reason.TOO_MANY_PIXELS),
    "a PNG without pixels": (a_png(0, 0), PNG, Reason.DAMAGED),
    "a PNG with a bomb for a comment": (_text_bomb(), PNG, Reason.DAMAGED),
    "a PNG with rows missing": (a_png(100, 100, rows=b"\0" * 50), PNG, Reason.DAMAGED),
    "a PNG that moves": (_animated(), PNG, Reason.ANIMATED),
    "a PNG cut in the middle": (a_picture("PNG", 400, 300)[:200], PNG, Reason.DAMAGED),
    "a JPEG cut in the middle": (a_picture("JPEG", 400, 300)[:700], JPEG, Reason.DAMAGED),
    "nothing but the beginning of a JPEG": (b"\xff\xd8\xff\xe0", JPEG, Reason.DAMAGED),
    "a JPEG with a ZIP behind it": (a_picture("JPEG") + a_zip(), JPEG, Reason.SOMETHING_ATTACHED),
    "a PNG with a ZIP behind it": (a_picture("PNG") + a_zip(), PNG, Reason.SOMETHING_ATTACHED),
    "a JPEG with a page behind it": (a_picture("JPEG") + HTML, JPEG, Reason.SOMETHING_ATTACHED),
    "a JPEG with a PDF behind it": (a_picture("JPEG") + a_pdf(), JPEG, Reason.SOMETHING_ATTACHED),
    "a JPEG with a PDF in its comment": (_with_comment(b"%PDF-1.4 ..."), JPEG, Reason.SOMETHING_ATTACHED),
    "a JPEG with a ZIP in its comment": (_with_comment(a_zip()), JPEG, Reason.SOMETHING_ATTACHED),
    "a JPEG with a program behind it": (
        a_picture("JPEG") + b"MZ" + b"\0" * 70 + b"This program cannot be run in DOS mode.",
        JPEG,
        Reason.SOMETHING_ATTACHED,
    ),
    "a JPEG with a film behind it": (
        a_picture("JPEG") + b"\0\0\0\x18ftypmp42" + bytes(40),
        JPEG,
        Reason.SOMETHING_ATTACHED,
    ),
}
