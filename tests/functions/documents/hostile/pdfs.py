"""PDFs that want more than to be read. Each is whole and opens in a reader."""

import io
import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Encryption, Name, String

from shared.contracts.documents import Reason
from shared.contracts.file_checks import OBJECTS_MAX, PAGES_MAX, UNPACKED_MAX
from tests.functions.documents.papers import a_pdf

SCRIPT = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
MEGABYTE = 1024 * 1024


def _annotated(**fields: Any) -> Any:
    """A page with one annotation."""

    def change(pdf: Any) -> None:
        note = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9]), **fields)
        pdf.pages[0].obj["/Annots"] = Array([pdf.make_indirect(note)])

    return change


def _at_root(**fields: Any) -> Any:
    def change(pdf: Any) -> None:
        for name, value in fields.items():
            pdf.Root[f"/{name}"] = value

    return change


def _link(action: Dictionary) -> Any:
    return _annotated(Subtype=Name.Link, A=action)


def _with_file(pdf: Any) -> None:
    pdf.attachments["notes.txt"] = b"a file in a file"


def _names(**tree: Any) -> Any:
    return _at_root(Names=Dictionary(**tree))


def _stream(packed: bytes, **fields: Any) -> Any:
    """A stream that is stored exactly as given."""

    def change(pdf: Any) -> None:
        made = pikepdf.Stream(pdf, b"")
        made.write(packed, filter=fields.pop("Filter", Name.FlateDecode), type_check=False)
        for name, value in fields.items():
            made[f"/{name}"] = value
        pdf.pages[0].obj["/Resources"] = Dictionary(XObject=Dictionary(X=pdf.make_indirect(made)))

    return change


@cache
def _bomb() -> bytes:
    """A quarter of a gigabyte and a bit of nothing."""
    packer = zlib.compressobj(9)
    parts = [packer.compress(bytes(MEGABYTE)) for _ in range(UNPACKED_MAX // MEGABYTE + 1)]
    return b"".join((*parts, packer.flush()))


def _bomb_of_objects() -> bytes:
    """By hand: the table of objects itself unpacks to more than there is memory for."""
    packed = _bomb()
    head = b"%PDF-1.7\n"
    table = (
        f"1 0 obj\n<< /Type /XRef /Size 1 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode "
        f"/Length {len(packed)} >>\nstream\n"
    ).encode()
    return head + table + packed + f"\nendstream\nendobj\nstartxref\n{len(head)}\n%%EOF\n".encode()


def _locked(user: str) -> bytes:
    return a_pdf(encryption=Encryption(owner="owner", user=user))


def _many_objects(pdf: Any) -> None:
    pdf.Root["/Stuff"] = Array([pdf.make_indirect(Dictionary(A=n)) for n in range(OBJECTS_MAX + 1)])


def _endless_pages() -> bytes:
    """A tree of pages whose branch is its own child."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
    ]
    made, at = io.BytesIO(), []
    made.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, 1):
        at.append(made.tell())
        made.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    table = made.tell()
    made.write(b"xref\n0 3\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % one for one in at))
    made.write(b"trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)
    return made.getvalue()


def _nested(pdf: Any) -> None:
    deep: Any = Array([])
    for _ in range(200):
        deep = Array([deep])
    pdf.Root["/Deep"] = deep


def _hidden_name() -> bytes:
    """/J#61vaScript is /JavaScript to every reader. Swapped in at equal length, so that the table holds."""
    opens = Dictionary({"/S": Name("/JavaScriptxx"), "/JSxx": String("app.alert(1)")})
    plain = a_pdf(_at_root(OpenAction=opens))
    assert b"/JavaScriptxx" in plain
    return plain.replace(b"/JavaScriptxx", b"/J#61vaScript").replace(b"/JSxx", b"/J#53")


IMAGE: Mapping[str, Any] = {"Subtype": Name.Image, "ColorSpace": Name.DeviceGray, "BitsPerComponent": 1}

PDFS: Mapping[str, tuple[bytes, Reason]] = {
    "script when it is opened": (a_pdf(_at_root(OpenAction=SCRIPT)), Reason.ACTIVE_CONTENT),
    "script in the names": (
        a_pdf(_names(JavaScript=Dictionary(Names=Array([String("x"), SCRIPT])))),
        Reason.ACTIVE_CONTENT,
    ),
    "script under another spelling": (_hidden_name(), Reason.ACTIVE_CONTENT),
    "script in a packed table of objects": (
        a_pdf(_at_root(OpenAction=SCRIPT), object_stream_mode=pikepdf.ObjectStreamMode.generate),
        Reason.ACTIVE_CONTENT,
    ),
    "script when a page is turned": (
        a_pdf(lambda pdf: pdf.pages[0].obj.__setitem__("/AA", Dictionary(O=SCRIPT))),
        Reason.ACTIVE_CONTENT,
    ),
    "a program to start": (
        a_pdf(_at_root(OpenAction=Dictionary(S=Name.Launch, F=String("cmd.exe")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a link that starts a program": (
        a_pdf(_link(Dictionary(S=Name.Launch, F=String("calc.exe")))),
        Reason.ACTIVE_CONTENT,
    ),
    "an address opened by itself": (
        a_pdf(_at_root(OpenAction=Dictionary(S=Name.URI, URI=String("https://example.org/beacon")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a second action behind a jump": (
        a_pdf(_link(Dictionary(S=Name.GoTo, D=String("x"), Next=Dictionary(S=Name.Rendition)))),
        Reason.ACTIVE_CONTENT,
    ),
    "an action that nobody knows": (a_pdf(_link(Dictionary(S=Name("/Whatever")))), Reason.ACTIVE_CONTENT),
    "a command of the reader": (
        a_pdf(_link(Dictionary(S=Name.Named, N=Name("/SaveAs")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a link to a script": (
        a_pdf(_link(Dictionary(S=Name.URI, URI=String("javascript:alert(1)")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a link to a file here": (
        a_pdf(_link(Dictionary(S=Name.URI, URI=String("file:///etc/passwd")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a link to a script in disguise": (
        a_pdf(_link(Dictionary(S=Name.URI, URI=String(" java\tscript:alert(1)")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a link into the house": (
        a_pdf(_link(Dictionary(S=Name.URI, URI=String("\\\\server\\share")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a program in PostScript": (
        a_pdf(_stream(zlib.compress(b"quit"), Subtype=Name.PS)),
        Reason.ACTIVE_CONTENT,
    ),
    "a form that sends itself": (
        a_pdf(
            _annotated(Subtype=Name.Widget, A=Dictionary(S=Name.SubmitForm, F=String("https://x.example")))
        ),
        Reason.ACTIVE_CONTENT,
    ),
    "data from elsewhere": (
        a_pdf(_link(Dictionary(S=Name.ImportData, F=String("x.fdf")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a jump into another file": (
        a_pdf(_link(Dictionary(S=Name.GoToR, F=String("//server/share")))),
        Reason.ACTIVE_CONTENT,
    ),
    "a form in XML": (
        a_pdf(_at_root(AcroForm=Dictionary(Fields=Array([]), XFA=String("<xdp/>")))),
        Reason.ACTIVE_CONTENT,
    ),
    "rich media": (a_pdf(_annotated(Subtype=Name.RichMedia)), Reason.ACTIVE_CONTENT),
    "a film": (a_pdf(_annotated(Subtype=Name.Movie)), Reason.ACTIVE_CONTENT),
    "another file inside": (a_pdf(_with_file), Reason.EMBEDDED_FILE),
    "a file pinned to a page": (a_pdf(_annotated(Subtype=Name.FileAttachment)), Reason.EMBEDDED_FILE),
    "a portfolio": (a_pdf(_at_root(Collection=Dictionary())), Reason.EMBEDDED_FILE),
    "a password to open": (_locked("secret"), Reason.LOCKED),
    "locked against changes": (_locked(""), Reason.LOCKED),
    "a bomb in a stream": (a_pdf(_stream(_bomb())), Reason.TOO_COMPLEX),
    "a bomb packed twice": (
        a_pdf(_stream(zlib.compress(_bomb()), Filter=Array([Name.FlateDecode, Name.FlateDecode]))),
        Reason.TOO_COMPLEX,
    ),
    "a bomb in the table of objects": (_bomb_of_objects(), Reason.DAMAGED),
    "a picture in JBIG2": (
        a_pdf(_stream(b"\0" * 9, Filter=Name.JBIG2Decode, Width=9, Height=9, **IMAGE)),
        Reason.TOO_COMPLEX,
    ),
    "a filter that nobody knows": (a_pdf(_stream(b"", Filter=Name("/Own"))), Reason.TOO_COMPLEX),
    "a picture of huge pixels": (
        a_pdf(_stream(zlib.compress(b""), Width=60_000, Height=60_000, **IMAGE)),
        Reason.TOO_MANY_PIXELS,
    ),
    "content kept elsewhere": (a_pdf(_stream(b"", F=String("//server/x"))), Reason.EMBEDDED_FILE),
    "too many pages": (a_pdf(pages=PAGES_MAX + 1), Reason.TOO_MANY_PAGES),
    "too many objects": (a_pdf(_many_objects), Reason.TOO_COMPLEX),
    "pages without an end": (_endless_pages(), Reason.DAMAGED),
    "lists in lists in lists": (a_pdf(_nested), Reason.DAMAGED),
    "cut in the middle": (a_pdf()[: len(a_pdf()) // 2], Reason.DAMAGED),
    "nothing but a beginning": (b"%PDF-1.7\n%%EOF\n", Reason.DAMAGED),
    "a table that points nowhere": (a_pdf().replace(b"startxref\n", b"startxref\n9"), Reason.DAMAGED),
}
