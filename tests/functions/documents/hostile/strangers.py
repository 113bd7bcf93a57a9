"""Files of other kinds that say they are a PDF, a JPEG or a PNG."""

import io
import zipfile
from collections.abc import Mapping

from shared.contracts.documents import Reason
from tests.functions.documents.hostile.pictures import HTML, a_zip
from tests.functions.documents.papers import JPEG, PDF, PNG, a_pdf, a_picture


def _docx_with_macros() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/vbaProject.bin", "macro")
    return made.getvalue()


STRANGERS: Mapping[str, tuple[bytes, str, Reason]] = {
    "nothing at all": (b"", PDF, Reason.EMPTY),
    "HEIC": (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200), JPEG, Reason.WRONG_TYPE),
    "DICOM": (bytes(128) + b"DICM" + bytes(200), JPEG, Reason.WRONG_TYPE),
    "a letter with macros": (_docx_with_macros(), PDF, Reason.WRONG_TYPE),
    "an old letter with macros": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), PDF, Reason.WRONG_TYPE),
    "a web page": (b"<!DOCTYPE html>" + HTML, PNG, Reason.WRONG_TYPE),
    "a drawing with a script": (b'<svg onload="alert(1)"/>', PNG, Reason.WRONG_TYPE),
    "a GIF": (b"GIF89a" + bytes(60), PNG, Reason.WRONG_TYPE),
    "a program": (b"MZ" + bytes(300), PDF, Reason.WRONG_TYPE),
    "a PNG that says JPEG": (a_picture("PNG"), JPEG, Reason.WRONG_TYPE),
    "a PDF that says PNG": (a_pdf(), PNG, Reason.WRONG_TYPE),
    "a PDF behind a page": (HTML + a_pdf(), PDF, Reason.WRONG_TYPE),
    "a PDF behind an empty line": (b"\n" + a_pdf(), PDF, Reason.WRONG_TYPE),
    "a PDF with a ZIP behind it": (a_pdf() + a_zip(), PDF, Reason.SOMETHING_ATTACHED),
    "a PDF with a ZIP before its end": (a_pdf() + a_zip() + b"\n%%EOF\n", PDF, Reason.SOMETHING_ATTACHED),
    "a PDF with a page behind it": (a_pdf() + HTML, PDF, Reason.SOMETHING_ATTACHED),
    "a PDF with PostScript behind it": (a_pdf() + b"\n%!PS-Adobe-3.0 EPSF", PDF, Reason.SOMETHING_ATTACHED),
}
