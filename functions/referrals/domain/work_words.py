"""The words on papers of occupational medicine that are nobody's own: one file a language, `laws/words`.

A language without a file is printed in English. Whoever adds one adds the labels of the sheets as well
(`words.json` with the templates of papers).
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Final, Literal

from functions.referrals.domain.exposure import ExposureGroup, ExposureLevel
from functions.referrals.domain.fitness import FitnessDecision, NextDueReason
from functions.referrals.domain.law_files import WORDS, files_in
from functions.referrals.domain.referral import ExaminationType
from shared.kernel.records import Value

Speech = Literal["pl", "en"]
"""In which people are written to."""
FALLBACK: Final = "en"
NUMBER_NAMES: Final = {"pl-nip": "NIP", "pl-regon": "REGON", "pl-krs": "KRS"}


class PaperWords(Value):
    """`{...}` is filled in: the law, the kind, the days of an appeal and of the second examination; of a
    measurement its value, unit, limit and day; of a day its day, month and year. `groups` in the order of the
    form."""

    language: str
    referral_title: str
    referral_basis: str
    examinations: Mapping[ExaminationType, str]
    employed: str
    starting: str
    groups: Mapping[ExposureGroup, str]
    levels: Mapping[ExposureLevel, str]
    measured: str
    limit: str
    decimal_mark: str
    day: str
    fitness_title: str
    fitness_kind: str
    fitness_basis: str
    decisions: Mapping[FitnessDecision, str]
    reasons: Mapping[NextDueReason, str]
    glasses: str
    instruction: str
    passport: str
    specialization: str

    def number(self, value: object) -> str:
        return f"{value:f}".replace(".", self.decimal_mark)

    def calendar_day(self, day: date) -> str:
        return self.day.format(day=day.day, month=day.month, year=day.year)

    def identifier_label(self, system: str) -> str:
        """`pl-pesel` -> "PESEL", `passport-UA` -> "Paszport (UA)"."""
        kind, _, detail = system.partition("-")
        return f"{self.passport} ({detail})" if kind == "passport" else (detail or kind).upper()


def words_in(language: str) -> PaperWords:
    """A paper is in the language of the law, where there are words in it, else in English."""
    known = languages()
    return known.get(language) or known[FALLBACK]


@cache
def languages() -> Mapping[str, PaperWords]:
    return {name: PaperWords.model_validate_json(content) for name, content in files_in(WORDS)}


def speech_of(language: str) -> Speech:
    return "pl" if language == "pl" else "en"
