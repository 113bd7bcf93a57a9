"""Files as people really have them: strict checks must not turn them away."""

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from shared.contracts.documents import Reason
from tests.functions.documents.desk import brought, reason, status
from tests.functions.documents.papers import JPEG, PDF, PNG, a_pdf, a_picture
from tests.world import World


def _with_links(pdf: Any) -> None:
    page = pdf.pages[0].obj
    goes = Dictionary(S=Name.GoTo, D=Array([page, Name.Fit]))
    links = [goes, Dictionary(S=Name.URI, URI=String("https://example.org"))]
    links.append(Dictionary(S=Name.URI, URI=String("www.example.org/results")))
    links.append(Dictionary(S=Name.Named, N=Name.NextPage))
    page["/Annots"] = Array(
        [Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=one) for one in links]
    )
    pdf.Root["/OpenAction"] = goes


def _opens_at_a_place(pdf: Any) -> None:
    pdf.Root["/OpenAction"] = Array([pdf.pages[0].obj, Name.Fit])


def _with_a_plain_form(pdf: Any) -> None:
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T=String("name"), Rect=[0, 0, 9, 9])
    pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(field)])
    pdf.Root["/AcroForm"] = Dictionary(Fields=pdf.pages[0].obj["/Annots"])


def _with_odd_names(pdf: Any) -> None:
    """Names of fonts and parts of the structure that look like something else."""
    pdf.pages[0].obj["/Resources"] = Dictionary({"/Font": Dictionary({"/AA": Dictionary(Type=Name.Font)})})
    pdf.Root["/StructTreeRoot"] = Dictionary(K=Dictionary(S=Name.P, A=Dictionary(O=Name.Layout)))


def _scanned(packed: bytes, kind: Name) -> Any:
    def change(pdf: Any) -> None:
        made = pikepdf.Stream(pdf, b"")
        made.write(packed, filter=kind, type_check=False)
        for name, value in {"Subtype": Name.Image, "Width": 64, "Height": 48, "BitsPerComponent": 8}.items():
            made[f"/{name}"] = value
        pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(Scan=pdf.make_indirect(made)))

    return change


def _saved(image: Image.Image, kind: str, **how: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **how)
    return made.getvalue()


def _with_a_thumbnail() -> bytes:
    """Its head holds a small picture with an end of its own."""
    block = b"Exif\0\0" + a_picture("JPEG", 8, 8)
    plain = a_picture("JPEG")
    return plain[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + plain[2:]


def _two_in_one() -> bytes:
    pictures = [Image.new("RGB", (64, 48), (shade, 9, 9)) for shade in (0, 200)]
    return _saved(pictures[0], "MPO", save_all=True, append_images=pictures[1:])


PALE = Image.new("RGB", (64, 48), (120, 160, 200))
FILES: Mapping[str, tuple[bytes, str]] = {
    "links and jumps": (a_pdf(_with_links), PDF),
    "opens at a place": (a_pdf(_opens_at_a_place), PDF),
    "a plain form": (a_pdf(_with_a_plain_form), PDF),
    "odd names": (a_pdf(_with_odd_names), PDF),
    "objects packed": (a_pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate), PDF),
    "made for the web": (a_pdf(linearize=True), PDF),
    "a scan in JPEG": (a_pdf(_scanned(a_picture("JPEG"), Name.DCTDecode)), PDF),
    "a scan in Flate": (a_pdf(_scanned(zlib.compress(bytes(64 * 48)), Name.FlateDecode)), PDF),
    "a fax": (a_pdf(_scanned(bytes(40), Name.CCITTFaxDecode)), PDF),
    "two hundred pages": (a_pdf(pages=200), PDF),
    "empty lines behind the end": (a_pdf() + b"\r\n\r\n", PDF),
    "a JPEG in steps": (_saved(PALE, "JPEG", progressive=True), JPEG),
    "a grey JPEG": (_saved(PALE.convert("L"), "JPEG"), JPEG),
    "a JPEG for print": (_saved(PALE.convert("CMYK"), "JPEG"), JPEG),
    "a JPEG with a thumbnail": (_with_a_thumbnail(), JPEG),
    "a JPEG of a telephone, two in one": (_two_in_one(), JPEG),
    "a JPEG with a maker's trailer": (a_picture("JPEG") + b"SEFH" + bytes(30) + b"SEFT", JPEG),
    "a PNG that can be seen through": (_saved(PALE.convert("RGBA"), "PNG"), PNG),
    "a PNG with a palette": (_saved(PALE.convert("P"), "PNG"), PNG),
    "a large photo": (_saved(Image.new("RGB", (8000, 6000)), "JPEG"), JPEG),
}


@pytest.mark.parametrize("name", FILES)
def test_an_honest_file_passes(shelved: World, name: str) -> None:
    file, content_type = FILES[name]
    document_id = brought(shelved, file, content_type)
    assert (status(shelved, document_id), reason(shelved, document_id)) == ("clean", Reason.NONE)
