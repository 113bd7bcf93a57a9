"""What can be built can be printed: texts in one form, limits, and no certificate that says two things."""

from datetime import date
from decimal import Decimal

import pytest
from pydantic import ValidationError

from shared.contracts.paper_text import NAMED_MAX, PRINTABLE, unprintable
from shared.contracts.papers import CertificatePaper, PaperOutcome
from tests.shared.adapters.a_paper import MAXIMAL, MINIMAL, POLISH, UNDECIDED


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("zażółć gęślą jaźń – «½» 37,5 °C ≤ 38 °C, Ștefan, Ελένη, Ґонта, Nguyễn Thị Hồng, Əliyev, CO₂", ()),
        ("# Tytuł $x$ \\ *ważne* _tak_ <b> @ref [x] // `kod`", ()),
        ("pęknięcie\t5\r\nmm\r", ()),
        ("dobrze 😀 i znów 😀", ("U+1F600",)),
        ("\u202eodwrotnie\u200b", ("U+202E", "U+200B")),
        ("\x00\x07\x1b[31m\x7f", ("U+0000", "U+0007", "U+001B", "U+007F")),
        ("\u0085\u2028\ufeff", ("U+0085", "U+2028", "U+FEFF")),
        ("שלום", ("U+05E9", "U+05DC", "U+05D5", "U+05DD")),
        ("\ud800", ("U+D800",)),
    ],
)  # fmt: skip
def test_what_no_paper_can_show_is_named(text: str, named: tuple[str, ...]) -> None:
    assert unprintable(text) == named


def test_strange_signs_are_named_only_up_to_a_bound() -> None:
    assert len(unprintable("".join(chr(0x4E00 + number) for number in range(500)))) == NAMED_MAX


def test_a_letter_written_in_two_codes_is_one_letter() -> None:
    paper = MINIMAL.but(patient=MINIMAL.patient.but(name="Łukasz Z\u0301o\u0301łc\u0301"))
    assert paper.patient.name == "Łukasz Źółć"
    assert set(paper.patient.name) <= PRINTABLE


def test_a_line_is_one_line_and_a_description_keeps_its_paragraphs() -> None:
    paper = POLISH.but(purpose="  po \n wypadku\t ", description="\r\n\r\nA  b\r\nc \r\n\r\n\r\n\r\nd\n")
    assert paper.purpose == "po wypadku"
    assert paper.description == "A b\nc\n\nd"


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "tak 😀"},
        {"description": "a" * 12_001},
        {"title": " \n "},
        {"number": "1" * 41},
        {"documents": ("plik",) * 41},
        {"documents": ("a\u202eb.pdf",)},
        {"items": MAXIMAL.items + MAXIMAL.items[:1]},
        {"total_percent": Decimal("100.01")},
        {"total_percent": Decimal("-1")},
        {"total_percent": Decimal("1.005")},
        {"total_percent": Decimal("NaN")},
        {"language": "de"},
        {"zone": "Europe/Nowhere"},
    ],
    ids=str,
)
def test_what_does_not_fit_on_paper_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        POLISH.but(**changes)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "visita.example/c", "https://", "https://a b", "https://zażółć.pl", "ftp://a.b/c"]
)  # fmt: skip
def test_a_check_leads_to_the_web(link: str) -> None:
    with pytest.raises(ValidationError):
        POLISH.check.but(link=link)


@pytest.mark.parametrize(
    ("paper", "changes"),
    [
        (UNDECIDED, {"total_percent": Decimal(5)}),
        (UNDECIDED, {"re_examine_on": None}),
        (POLISH, {"total_percent": None}),
        (POLISH, {"outcome": None}),
        (POLISH, {"supersedes_number": "VM/2026/1"}),
        (POLISH, {"supersedes_on": date(2026, 1, 1)}),
    ],
    ids=str,
)
def test_a_certificate_says_one_thing(paper: CertificatePaper, changes: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        paper.but(**changes)


def test_what_cannot_be_assessed_yet_may_show_what_was_found_so_far() -> None:
    assert UNDECIDED.but(items=POLISH.items).outcome is PaperOutcome.CANNOT_ASSESS_YET


def test_the_day_of_issue_is_the_one_on_the_wall() -> None:
    assert POLISH.issued_at.date() == date(2026, 11, 30)
    assert POLISH.issued_on == date(2026, 12, 1)
    assert POLISH.but(zone="Europe/Lisbon").issued_on == date(2026, 11, 30)


def test_what_is_wrong_is_said_without_quoting_it() -> None:
    with pytest.raises(ValidationError) as refused:
        POLISH.but(patient={**POLISH.patient.model_dump(), "name": "Grażyna 😀 Żółć"})
    assert "U+1F600" in str(refused.value)
    assert "Grażyna" not in str(refused.value)
