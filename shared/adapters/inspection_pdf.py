"""Does a PDF hold pages and nothing else? Every object is looked at, whether or not a page leads to it.

Refused is what acts (scripts, commands, forms that send themselves), what carries other files, what is
locked, and what unpacks to more than a reader can bear. Plain links and jumps between pages may stay.
"""

import io
import re
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

from shared.adapters.pdf_streams import TooMuch, Unpacking
from shared.contracts.documents import Reason
from shared.contracts.file_checks import OBJECTS_MAX, PAGES_MAX, UNPACKED_MAX, Inspected

ACTIVE_KEYS: Final = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMedia", "/RichMediaContent", "/3DD"})
FILE_KEYS: Final = frozenset({"/EmbeddedFiles", "/EF", "/Collection"})
ACTIVE_SUBTYPES: Final = frozenset({"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/PS"})
"""Of annotations; the last one is a program in PostScript."""
ACTIVE_ACTIONS: Final = frozenset(
    {
        "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/Movie",
        "/Sound", "/Rendition", "/RichMediaExecute", "/GoTo3DView", "/Hide", "/Thread", "/SetOCGState",
        "/GoToDp", "/Trans",
    }
)  # fmt: skip
"""Table 201 of ISO 32000-2, without what only moves the reader."""
HARMLESS_ACTIONS: Final = frozenset({"/GoTo", "/URI", "/Named"})
HARMLESS_NAMES: Final = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
HARMLESS_LINKS: Final = ("http://", "https://", "mailto:", "tel:")
NESTING_MAX: Final = 60
FILTERS_MAX: Final = 3


def inspect_pdf(content: bytes, _: str) -> Inspected:
    pikepdf.settings.set_qpdf_limits(
        parser_max_nesting=NESTING_MAX,
        max_stream_filters=FILTERS_MAX,
        flate_max_memory=UNPACKED_MAX,
        run_length_max_memory=UNPACKED_MAX,
        png_max_memory=UNPACKED_MAX,
        tiff_max_memory=UNPACKED_MAX,
    )
    try:
        # No recovery: what one reader repairs another reads differently, and something hides between them.
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False, suppress_warnings=True) as pdf:
            return _inspected(pdf)
    except pikepdf.PasswordError:
        return Inspected(reason=Reason.LOCKED)
    except TooMuch as refused:
        return Inspected(reason=refused.reason)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, IndexError, RuntimeError):
        return Inspected(reason=Reason.DAMAGED)


def _inspected(pdf: pikepdf.Pdf) -> Inspected:
    if pdf.is_encrypted:
        return Inspected(reason=Reason.LOCKED)
    if len(pdf.objects) > OBJECTS_MAX:
        return Inspected(reason=Reason.TOO_COMPLEX)
    pages = len(pdf.pages)
    if pages == 0:
        return Inspected(reason=Reason.DAMAGED)
    if pages > PAGES_MAX:
        return Inspected(reason=Reason.TOO_MANY_PAGES, pages=pages)
    opens = pdf.Root.get("/OpenAction")
    if isinstance(opens, pikepdf.Dictionary) and opens.get("/S") != "/GoTo":
        return Inspected(reason=Reason.ACTIVE_CONTENT, pages=pages)
    unpacking = Unpacking()
    for item in (pdf.trailer, *pdf.objects):
        reason = _wrong_with(item, unpacking)
        if reason:
            return Inspected(reason=reason, pages=pages)
    return Inspected(pages=pages)


def _wrong_with(item: Any, unpacking: Unpacking) -> Reason:
    for part in _parts(item):
        reason = _wrong_with_fields(part)
        if reason:
            return reason
        if isinstance(part, pikepdf.Stream):
            unpacking.look_at(part)
    return Reason.NONE


def _parts(item: Any) -> Iterator[Any]:
    """The dictionaries and streams in one object; other objects that it leads to have their own turn."""
    waiting = [item]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
            yield one
            inside = [value for _, value in one.items()]
        elif isinstance(one, pikepdf.Array):
            inside = list(one)
        else:
            continue
        waiting += [each for each in inside if isinstance(each, pikepdf.Object) and not each.is_indirect]


def _wrong_with_fields(part: Any) -> Reason:
    keys = set(part.keys())
    if keys & ACTIVE_KEYS:
        return Reason.ACTIVE_CONTENT
    if keys & FILE_KEYS or part.get("/Subtype") == "/FileAttachment":
        return Reason.EMBEDDED_FILE
    if part.get("/Subtype") in ACTIVE_SUBTYPES or _acts(part):
        return Reason.ACTIVE_CONTENT
    return Reason.NONE


def _acts(part: Any) -> bool:
    verb = part.get("/S")
    if isinstance(verb, pikepdf.Name) and str(verb) in ACTIVE_ACTIONS:
        return True
    events = part.get("/AA")
    if isinstance(events, pikepdf.Dictionary) and any(
        isinstance(one, pikepdf.Dictionary) and "/S" in one for _, one in events.items()
    ):
        return True
    link = part.get("/URI")
    if isinstance(link, pikepdf.String) and _leads_astray(str(link)):
        return True
    return any(_acts_oddly(part.get(key)) for key in ("/A", "/PA", "/Next"))


def _leads_astray(link: str) -> bool:
    """By another scheme, or to a file here or on a server of the house. Without a scheme it is a page."""
    text = "".join(one for one in link.lower() if one.isprintable() and not one.isspace())
    if text.startswith(HARMLESS_LINKS):
        return False
    return re.match(r"[a-z][a-z0-9+.-]*:|[\\/]", text) is not None


def _acts_oddly(action: Any) -> bool:
    """An action that we do not know is none that we let in."""
    if not isinstance(action, pikepdf.Dictionary) or not isinstance(action.get("/S"), pikepdf.Name):
        return False
    verb = str(action.get("/S"))
    if verb == "/Named":
        return str(action.get("/N")) not in HARMLESS_NAMES
    return verb not in HARMLESS_ACTIONS
