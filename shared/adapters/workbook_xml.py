"""XML of strangers, read as a stream: no document types, no entities, no depths, no endless tokens."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.parsers import expat  # nosec B405 - what makes it dangerous is refused below

from shared.contracts.workbooks import BookFault, BookLimits, WorkbookRefused

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]


def local(name: str) -> str:
    """ "x:row" -> "row"."""
    return name.rpartition(":")[2]


def parse(
    chunks: Iterable[bytes],
    limits: BookLimits,
    start: Start | None = None,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Raises WorkbookRefused. `start` and `end` see names as they are written."""
    parser = _parser(limits, start, end, text)
    fed = 0
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > limits.token_bytes:
                raise WorkbookRefused(BookFault.TRICKS, "a token without end")
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WorkbookRefused(BookFault.BROKEN, f"XML, code {error.code}") from None
    except (ValueError, UnicodeError, LookupError) as error:
        raise WorkbookRefused(BookFault.BROKEN, "XML") from error


class Purse:
    """How many elements may still come in the whole file: many small parts cost as much as a large one."""

    def __init__(self, limits: BookLimits) -> None:
        self.left = limits.elements

    def pay(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise WorkbookRefused(BookFault.TOO_MANY_CELLS, "elements")


def check(chunks: Iterable[bytes], limits: BookLimits, purse: Purse) -> None:
    """Whether a part that we do not read ourselves is safe for who does."""
    depth = 0

    def start(_name: str, _attributes: Mapping[str, str]) -> None:
        nonlocal depth
        depth += 1
        purse.pay()
        if depth > limits.depth:
            raise WorkbookRefused(BookFault.TRICKS, "XML too deep")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parse(chunks, limits, start, end)


def _parser(
    limits: BookLimits, start: Start | None, end: End | None, text: Callable[[str], None] | None
) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    if start:
        parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    return parser


def _refuse(*_: Any) -> int:
    raise WorkbookRefused(BookFault.TRICKS, "a document type or an entity")
