"""A certificate on paper: the same bytes each time, readable by machines, and nobody's text is a command."""

import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from shared.adapters.papers import TEMPLATES, TypstPapers, unsigned
from shared.contracts.paper_text import PRINTABLE
from shared.contracts.papers import CertificatePaper, PaperPerson
from tests.pdf_text import spoken, text_of
from tests.shared.adapters.a_paper import CODE, ENGLISH, LONG, MAXIMAL, MINIMAL, NUMBER, POLISH, UNDECIDED

ROOT = Path(__file__).parents[3]
PAPERS = TypstPapers(unsigned)
ALL = {
    "polish": POLISH, "english": ENGLISH, "undecided": UNDECIDED,
    "minimal": MINIMAL, "long": LONG, "maximal": MAXIMAL,
}  # fmt: skip


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return {name: PAPERS.certificate(paper) for name, paper in ALL.items()}


@pytest.mark.parametrize("name", ALL)
def test_the_same_paper_is_the_same_bytes(name: str, printed: dict[str, bytes]) -> None:
    assert TypstPapers(unsigned).certificate(ALL[name]) == printed[name]


def test_it_is_so_in_another_process_zone_and_language(printed: dict[str, bytes]) -> None:
    program = (
        "import hashlib; from shared.adapters.papers import TypstPapers, unsigned; "
        "from tests.shared.adapters.a_paper import ENGLISH; "
        "print(hashlib.sha256(TypstPapers(unsigned).certificate(ENGLISH)).hexdigest())"
    )
    elsewhere = {
        **os.environ,
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "PYTHONPATH": str(ROOT),
        "PYTHONHASHSEED": "7",
    }
    told = subprocess.check_output([sys.executable, "-c", program], env=elsewhere, cwd="/", text=True)
    assert told.strip() == hashlib.sha256(printed["english"]).hexdigest()


def test_it_is_so_when_many_are_printed_at_once(printed: dict[str, bytes]) -> None:
    names = ["polish", "english", "long", "minimal"] * 5
    with ThreadPoolExecutor(4) as hands:
        made = list(hands.map(lambda name: PAPERS.certificate(ALL[name]), names))
    assert made == [printed[name] for name in names]


def test_another_paper_is_other_bytes(printed: dict[str, bytes]) -> None:
    assert PAPERS.certificate(POLISH.but(total_percent=Decimal(12))) != printed["polish"]


@pytest.mark.parametrize("name", ALL)
def test_it_claims_the_standards_and_the_time_of_its_issue(name: str, printed: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(printed[name])) as pdf, pdf.open_metadata() as told:
        assert (told["pdfaid:part"], told["pdfaid:conformance"], told["pdfuaid:part"]) == ("2", "A", "1")
        assert told["xmp:CreateDate"] == ALL[name].issued_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert told["dc:title"] == f"{ALL[name].title} {ALL[name].number}"
        assert pdf.Root.Lang == ALL[name].language


@pytest.mark.parametrize("name", ALL)
def test_every_font_is_inside(name: str, printed: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(printed[name])) as pdf:
        fonts = [font for page in pdf.pages for font in page.obj.Resources.Font.values()]
        families = {str(font.BaseFont).split("+")[1].split("-")[0] for font in fonts}
        assert all("/FontFile3" in font.DescendantFonts[0].FontDescriptor for font in fonts)
    assert families == {"Inter", "LibertinusSerif"}


def test_a_polish_certificate_says_all_that_was_decided(printed: dict[str, bytes]) -> None:
    read = spoken(printed["polish"])
    for sentence in (
        "Visita Medycyna Sp. z o.o. ul. Świętojańska 12/4",
        f"Nr {NUMBER} Orzeczenie o uszczerbku na zdrowiu Orzeczenie lekarskie dla ubezpieczyciela",
        "Pacjent Grażyna Żółć-Brzęczyszczykiewicz Data urodzenia 9 marca 1974 r. PESEL 74030900000",
        "Badanie bezpośrednie Data badania 27 listopada 2026 r. Data wystawienia 1 grudnia 2026 r.",
        "Skala przykładowa – następstwa nieszczęśliwych wypadków, wersja 2026-01",
        "87b Ograniczenie ruchomości stawu skokowego prawego średniego stopnia",
        "Odjęto 2,5% za uraz tej samej kończyny z roku 2019. 8% 5,5% 104",
        "Łączny uszczerbek na zdrowiu Uszczerbek trwały 12,5%",
        "zgięcie grzbietowe stopy 5°, podeszwowe 30°",
        "– Zdjęcie RTG stawu skokowego prawego z dnia 3 listopada 2026 r.",
        f"visita.example/sprawdz Kod: {CODE}",
        "dr n. med. Łucja Wiśniewska ortopedia i traumatologia Nr prawa wykonywania zawodu 0000000",
    ):
        assert sentence in read


def test_an_english_certificate_speaks_english_and_names_keep_their_alphabet(
    printed: dict[str, bytes],
) -> None:
    read = spoken(printed["english"])
    for sentence in (
        "Supersedes certificate no. VM/2026/000098 of 2 October 2026.",
        "Ελένη Παπαδοπούλου",
        "Олена Ковальчук",
        "Remote, from medical records Date of record review 27 November 2026",
        "Total damage to health Long-term damage Re-examination: 30 May 2027 10%",
    ):
        assert sentence in read


def test_what_cannot_be_assessed_yet_shows_no_percent(printed: dict[str, bytes]) -> None:
    read = spoken(printed["undecided"])
    assert "Uszczerbku nie można jeszcze ocenić" in read
    assert "Ponowne badanie: 1 marca 2027 r." in read
    assert "%" not in read


def test_what_is_not_given_leaves_no_empty_heading(printed: dict[str, bytes]) -> None:
    read = spoken(printed["minimal"])
    for heading in ("Cel orzeczenia", "Skala", "uszczerbek", "Opis i", "Dokumenty", "Zastępuje", "Ponowne"):
        assert heading not in read


def test_pages_are_numbered_and_carry_the_number(printed: dict[str, bytes]) -> None:
    read = text_of(printed["long"])
    assert [line for line in read.splitlines() if line.startswith("Strona")] == [
        "Strona 1 / 2",
        "Strona 2 / 2",
    ]
    assert read.count(f"Nr {NUMBER}") == 2


def test_nothing_is_lost_of_the_longest_paper(printed: dict[str, bytes]) -> None:
    read = re.sub(r"NrW+Strona\d+/\d+", "", spoken(printed["maximal"]).replace(" ", ""))
    for letter, times in (("C", 1_000), ("Ł", 200), ("U", 1_000), ("S", 200)):
        assert letter * times in read
    assert read.count("Dokumentobardzodługiejnazwie") == 5 * 40
    assert MAXIMAL.patient.name in read
    assert MAXIMAL.description.replace(" ", "").replace("\n", "")[-400:] in read


LETTERS = sorted(PRINTABLE - {" ", "\u00a0"})
ROWS = [" ".join(LETTERS[at : at + 90]) for at in range(0, len(LETTERS), 90)]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"from {ord(row[0]):04X}")
def test_every_letter_that_may_be_written_can_be_printed_in_every_face(row: str) -> None:
    item = POLISH.items[0].but(wording=row, remarks=row)
    person = POLISH.patient.but(name=row, identifier_label=row)
    paper = MINIMAL.but(patient=person, items=(item,), total_percent=1, outcome="permanent")
    read = text_of(PAPERS.certificate(paper))
    assert all(read.count(letter) >= 4 for letter in row.split())


@pytest.mark.parametrize(
    "text",
    [
        "#panic(1) #import \"x\" #read(\"/etc/passwd\") #sys.inputs",
        "$x^2$ $ *b* _i_ `raw` ```typ #x``` <label> @ref = nagłówek / a: b - c + d",
        "\\ \\u{41} \\n // komentarz /* i drugi */ ~ --- ... 'a' \"b\"",
        "</script><b>&amp; %PDF-1.7 endobj ) ( {number} {day} [[x]] ${y} %s",
        "https://example.org/a?b=c&d=e",
    ],
)  # fmt: skip
def test_what_people_write_is_printed_and_never_obeyed(text: str) -> None:
    paper = POLISH.but(
        description=text,
        purpose=text,
        title=text,
        patient=PaperPerson(name=text, birth_date=POLISH.patient.birth_date),
        documents=(text,),
        items=(POLISH.items[0].but(wording=text, remarks=text),),
    )
    assert spoken(PAPERS.certificate(paper)).replace(" ", "").count(text.replace(" ", "")) >= 6


def test_a_screen_reader_is_told_what_the_code_is_for(printed: dict[str, bytes]) -> None:
    with pikepdf.open(BytesIO(printed["polish"])) as pdf:
        told = [str(one.Alt) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/Alt" in one]
    assert told == ["Kod QR: adres strony, na której można sprawdzić to orzeczenie"]


def test_both_languages_have_every_word() -> None:
    def names(words: object, at: str = "") -> set[str]:
        if isinstance(words, dict):
            return {name for key, inside in words.items() for name in names(inside, f"{at}.{key}")}
        return {at}

    words = json.loads((TEMPLATES / "words.json").read_text())
    assert names(words["pl"]) == names(words["en"])
    assert len(words["pl"]["months"]) == len(words["en"]["months"]) == 12


def test_without_a_key_signing_changes_nothing(printed: dict[str, bytes]) -> None:
    assert PAPERS.sign(printed["polish"]) == printed["polish"]


@pytest.mark.parametrize(("language", "shown"), [("pl", "0,25%"), ("en", "0.25%")])
def test_percents_are_written_as_the_language_does(language: str, shown: str) -> None:
    paper: CertificatePaper = POLISH.but(language=language, total_percent=Decimal("0.25"))
    assert shown in spoken(PAPERS.certificate(paper))


def test_an_instant_between_two_seconds_is_printed_too() -> None:
    at = POLISH.issued_at.replace(microsecond=123_456)
    assert PAPERS.certificate(POLISH.but(issued_at=at)) == PAPERS.certificate(POLISH)
