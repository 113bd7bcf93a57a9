"""Referrals and certificates of fitness on paper: all that was said stands there, twice the same."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from functions.referrals.domain.exposure import ExposureFactor, Exposures
from functions.referrals.domain.fitness import FitnessDecision, NextDue, NextDueReason, PositionDecision
from functions.referrals.domain.fitness_paper import FitnessNotPrintable, Letterhead, fitness_paper
from functions.referrals.domain.jurisdiction import POLAND, PROFILES
from functions.referrals.domain.referral import Referral, ReferredPerson
from functions.referrals.domain.referral_paper import ReferralNotPrintable, referral_paper
from functions.referrals.domain.work_words import languages, words_in
from shared.adapters import papers
from shared.adapters.papers import TypstPapers, unsigned
from shared.contracts.directory import Doctor
from shared.contracts.papers import PaperIssuer
from shared.contracts.work_papers import FitnessPaper
from tests.functions.referrals.people import DRIVER, EXPOSED, WELDER, certificate, referral
from tests.pdf_text import spoken
from tests.world import TENANT

LABELS = Path(papers.__file__).parent / "data" / "papers" / "words.json"
PAPERS = TypstPapers(unsigned)
ISSUER = PaperIssuer(name="Visita Medycyna", address_lines=("ul. Przykładowa 1",))
HEAD = Letterhead(ISSUER, "https://visita.example/check", "7KJMQ-4TXBB-29FHD")
ANNA = Doctor(id="d", tenant_id=TENANT, given_name="Anna", family_name="Zielińska", license_number="7654321")
PERSON = ReferredPerson(
    given_name="Zofia", family_name="Malinowska", birth_date="1950-03-14", identifier_system="passport-UA",
    identifier="AB123456", address="ul. Kwiatowa 7, 02-539 Warszawa",
)  # fmt: skip


def written(**facts: object) -> Referral:
    return referral(person=PERSON, work_description="Spawanie.\n\nPraca na zmiany.", revision=2).but(**facts)


def printed(one: Referral) -> str:
    return spoken(PAPERS.referral(referral_paper(one, ISSUER)))


def signed(**facts: object) -> FitnessPaper:
    cannot = PositionDecision(position=DRIVER, decision=FitnessDecision.LOST_ABILITY)
    fit = PositionDecision(position=WELDER, decision=FitnessDecision.FIT)
    several = (
        NextDue(reason=NextDueReason.PERIODIC, due_on=date(2028, 11, 24)),
        NextDue(reason=NextDueReason.DRIVING, due_on=date(2027, 2, 28)),
    )
    one = certificate(decisions=(fit, cannot), next_dues=several, findings="nadciśnienie").but(**facts)
    return fitness_paper(one, written(), ANNA, POLAND, HEAD)


def test_a_referral_says_all_that_the_statutory_form_asks_for() -> None:
    text = printed(written())
    for said in (
        "Skierowanie na badania lekarskie",
        "wstępne / okresowe / kontrolne",
        "art. 229 § 4a",
        "Zofia Malinowska",
        "Paszport (UA)",
        "AB123456",
        "1. spawacz",
        "2. kierowca wózka jezdniowego",
        "I. Czynniki fizyczne",
        "II. Pyły",
        "III. Czynniki chemiczne",
        "IV. Czynniki biologiczne",
        "V. Inne czynniki",
        "hałas",
        "82,5 dB(A)",
        "dopuszczalne 85",
        "nie występują",
        "Łączna liczba czynników: 1",
        "Wersja 2",
        "1 lutego 2027",
        "Praca na zmiany.",
    ):
        assert said in text, said


def test_a_long_list_of_factors_runs_over_pages_and_loses_none() -> None:
    many = tuple(ExposureFactor(name=f"czynnik numer {number}") for number in range(30))
    paper = referral_paper(written(exposures=EXPOSED.but(chemical=many, other=many)), ISSUER)
    pdf = PAPERS.referral(paper)
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert len(opened.pages) > 1
    assert spoken(pdf).count("czynnik numer") == 60


def test_a_certificate_says_each_decision_and_every_date_and_no_finding() -> None:
    text = spoken(PAPERS.fitness(signed(screen_glasses=True)))
    for said in (
        "Orzeczenie lekarskie",
        "Badanie okresowe",
        "spawacz",
        "jest zdolny(-a)",
        "utracił(-a) zdolność",
        "28 lutego 2027",
        "kierowanie pojazdami",
        "24 listopada 2028",
        "okulary",
        "w ciągu 7 dni",
        "7KJMQ-4TXBB-29FHD",
        "Anna Zielińska",
        "medycyna pracy",
        "7654321",
        "S/2026/ABC",
    ):
        assert said in text, said
    assert "nadciśnienie" not in text


def test_the_same_paper_is_the_same_bytes() -> None:
    paper = referral_paper(written(), ISSUER)
    assert PAPERS.referral(paper) == PAPERS.referral(paper)
    assert PAPERS.fitness(signed()) == PAPERS.fitness(
        FitnessPaper.model_validate_json(signed().model_dump_json())
    )


def test_texts_are_never_markup() -> None:
    hostile = '#panic("x") *b* $x$ <a> @ref \\ // [['
    assert hostile.replace("  ", " ") in printed(written(department=hostile))


def test_another_law_has_its_own_words_in_its_own_language() -> None:
    text = printed(written(jurisdiction=PROFILES["DE"].country))
    assert "ArbMedVV" in text
    assert "Überweisung zur arbeitsmedizinischen Untersuchung" in text
    assert "24. November 2026" in text
    assert not any(one in text for one in ("Referral", "Skierowanie", "stanowisk"))


def test_a_certificate_of_another_law_has_its_words_too() -> None:
    paper = fitness_paper(certificate(), written(), ANNA, PROFILES["DE"], HEAD)
    text = spoken(PAPERS.fitness(paper))
    assert "Arbeitsmedizinische Bescheinigung" in text
    assert "binnen 14 Tagen" in text


def test_every_language_of_papers_has_its_labels() -> None:
    labels = json.loads(LABELS.read_text())
    for language in languages():
        assert words_in(language).language == language
        assert labels[language]["work"].keys() == labels["pl"]["work"].keys()


def test_what_no_paper_can_show_is_refused_by_its_place_alone() -> None:
    with pytest.raises(ReferralNotPrintable) as refused:
        referral_paper(written(department="hala \u202e7"), ISSUER)
    assert "department" in refused.value.detail
    assert "hala" not in refused.value.detail
    with pytest.raises(FitnessNotPrintable):
        fitness_paper(certificate(), written(), ANNA.but(family_name="\x07"), POLAND, HEAD)


def test_nothing_filled_in_and_nothing_there_are_told_apart() -> None:
    text = printed(written(exposures=Exposures(physical=())))
    assert (text.count("nie występują"), text.count("nie podano")) == (1, 4)
