"""The words on papers of occupational medicine that are nobody's own, in Polish and English."""

from collections.abc import Mapping
from typing import Final, Literal

from functions.referrals.domain.exposure import ExposureGroup, ExposureLevel
from functions.referrals.domain.fitness import FitnessDecision, NextDueReason
from functions.referrals.domain.referral import ExaminationType

Speech = Literal["pl", "en"]
Words = Mapping[Speech, str]

REFERRAL_TITLE: Final[Words] = {
    "pl": "Skierowanie na badania lekarskie",
    "en": "Referral to a medical examination",
}
REFERRAL_BASIS: Final[Words] = {
    "pl": "Działając na podstawie {law}, kieruję na badania lekarskie:",
    "en": "Under {law}, I refer to a medical examination:",
}
EXAMINATIONS: Final[Mapping[ExaminationType, Words]] = {
    ExaminationType.PRE_EMPLOYMENT: {"pl": "wstępne", "en": "pre-employment"},
    ExaminationType.PERIODIC: {"pl": "okresowe", "en": "periodic"},
    ExaminationType.CONTROL: {"pl": "kontrolne", "en": "control"},
}
EMPLOYED: Final[Words] = {"pl": "zatrudnionego(-ą)", "en": "employed"}
STARTING: Final[Words] = {"pl": "podejmującego(-ą) pracę", "en": "starting work"}
GROUPS: Final[Mapping[ExposureGroup, Words]] = {
    ExposureGroup.PHYSICAL: {"pl": "I. Czynniki fizyczne", "en": "I. Physical factors"},
    ExposureGroup.DUST: {"pl": "II. Pyły", "en": "II. Dust"},
    ExposureGroup.CHEMICAL: {"pl": "III. Czynniki chemiczne", "en": "III. Chemical factors"},
    ExposureGroup.BIOLOGICAL: {"pl": "IV. Czynniki biologiczne", "en": "IV. Biological factors"},
    ExposureGroup.OTHER: {
        "pl": "V. Inne czynniki, w tym niebezpieczne",
        "en": "V. Other factors, dangerous ones included",
    },
}
LEVELS: Final[Mapping[ExposureLevel, Words]] = {
    ExposureLevel.PRESENT: {"pl": "", "en": ""},
    ExposureLevel.LOW: {"pl": "do połowy wartości dopuszczalnej", "en": "up to half the limit"},
    ExposureLevel.MEDIUM: {
        "pl": "powyżej połowy, do wartości dopuszczalnej",
        "en": "above half, up to the limit",
    },
    ExposureLevel.HIGH: {"pl": "powyżej wartości dopuszczalnej", "en": "above the limit"},
}
MEASURED: Final[Words] = {
    "pl": "{value} {unit}{limit}, pomiar {day}",
    "en": "{value} {unit}{limit}, measured {day}",
}
LIMIT: Final[Words] = {"pl": " (dopuszczalne {limit})", "en": " (limit {limit})"}

FITNESS_TITLE: Final[Words] = {"pl": "Orzeczenie lekarskie", "en": "Certificate of fitness for work"}
FITNESS_KIND: Final[Words] = {"pl": "Badanie {kind}", "en": "Examination: {kind}"}
FITNESS_BASIS: Final[Words] = {
    "pl": "W wyniku badania lekarskiego i oceny narażeń występujących na stanowisku pracy, stosownie do "
    "{law}, orzeka się, że:",
    "en": "After a medical examination and an assessment of the exposures at work, under {law}, it is "
    "certified that:",
}
DECISIONS: Final[Mapping[FitnessDecision, Words]] = {
    FitnessDecision.FIT: {
        "pl": "wobec braku przeciwwskazań zdrowotnych jest zdolny(-a) do wykonywania lub podjęcia pracy "
        "na tym stanowisku",
        "en": "with no contraindications to health, is fit for work in this position",
    },
    FitnessDecision.UNFIT: {
        "pl": "wobec przeciwwskazań zdrowotnych jest niezdolny(-a) do wykonywania lub podjęcia pracy na tym "
        "stanowisku",
        "en": "because of contraindications to health, is not fit for work in this position",
    },
    FitnessDecision.LOST_ABILITY: {
        "pl": "wobec przeciwwskazań zdrowotnych utracił(-a) zdolność do wykonywania dotychczasowej pracy",
        "en": "because of contraindications to health, has lost the ability to do the work done until now",
    },
}
REASONS: Final[Mapping[NextDueReason, Words]] = {
    NextDueReason.PERIODIC: {"pl": "badanie okresowe", "en": "periodic examination"},
    NextDueReason.DRIVING: {"pl": "kierowanie pojazdami", "en": "driving"},
    NextDueReason.NIGHT_WORK: {"pl": "praca w nocy", "en": "night work"},
    NextDueReason.HEIGHTS: {"pl": "praca na wysokości", "en": "work at heights"},
    NextDueReason.SANITARY: {"pl": "badanie sanitarno-epidemiologiczne", "en": "sanitary examination"},
    NextDueReason.IONIZING_RADIATION: {"pl": "promieniowanie jonizujące", "en": "ionizing radiation"},
    NextDueReason.OTHER: {"pl": "inny powód", "en": "another reason"},
}
GLASSES: Final[Words] = {
    "pl": "Przy pracy z monitorem ekranowym zaleca się okulary korygujące wzrok.",
    "en": "Corrective glasses are recommended for work with a screen.",
}
INSTRUCTION: Final[Words] = {
    "pl": "Osoba badana lub pracodawca może w ciągu {days} dni od otrzymania orzeczenia wnieść odwołanie "
    "wraz z uzasadnieniem, za pośrednictwem lekarza, który je wydał. Ponowne badanie odbywa się w ciągu "
    "{again} dni od wniesienia odwołania, a orzeczenie po nim wydane jest ostateczne.",
    "en": "The person examined or the employer may appeal within {days} days of receiving the certificate, "
    "with reasons, through the doctor who issued it. The second examination takes place within {again} days "
    "of the appeal, and the certificate issued after it is final.",
}
NUMBER_NAMES: Final = {"pl-nip": "NIP", "pl-regon": "REGON", "pl-krs": "KRS"}
_PASSPORT: Final[Words] = {"pl": "Paszport", "en": "Passport"}


def speech_of(language: str) -> Speech:
    """A paper is in the language of the law, where that is Polish, else in English."""
    return "pl" if language == "pl" else "en"


def identifier_label(system: str, speech: Speech) -> str:
    """`pl-pesel` -> "PESEL", `passport-UA` -> "Paszport (UA)"."""
    kind, _, detail = system.partition("-")
    return f"{_PASSPORT[speech]} ({detail})" if kind == "passport" else (detail or kind).upper()
