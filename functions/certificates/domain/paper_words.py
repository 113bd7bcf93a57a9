"""The words on a certificate's paper that are not the doctor's own, in Polish and English."""

from collections.abc import Mapping
from typing import Final, Literal

from functions.certificates.domain.case import CertificateCase, CertificateKind, Purpose
from functions.certificates.domain.scales.scale import DamageScale, Limb, Position, Side
from shared.contracts.specializations import LABELS, Specialization

Speech = Literal["pl", "en"]

_TITLES: Final[Mapping[CertificateKind, Mapping[Speech, str]]] = {
    CertificateKind.HEALTH_DAMAGE: {
        "pl": "Orzeczenie o uszczerbku na zdrowiu",
        "en": "Certificate of damage to health",
    },
    CertificateKind.HEALTH_STATE: {
        "pl": "Zaświadczenie lekarskie o stanie zdrowia",
        "en": "Medical certificate of health",
    },
}
_PURPOSES: Final[Mapping[Purpose, Mapping[Speech, str]]] = {
    Purpose.INSURANCE_CLAIM: {"pl": "Roszczenie z ubezpieczenia", "en": "Insurance claim"},
    Purpose.ACCIDENT_AT_WORK: {"pl": "Wypadek przy pracy", "en": "Accident at work"},
    Purpose.COURT: {"pl": "Postępowanie sądowe", "en": "Court proceedings"},
    Purpose.PENSION: {"pl": "Postępowanie rentowe", "en": "Pension proceedings"},
    Purpose.OWN_USE: {"pl": "Użytek własny", "en": "Own use"},
    Purpose.OTHER: {"pl": "Inny", "en": "Other"},
}
_CLAIM: Final = {"pl": "nr sprawy", "en": "claim no."}
_SIDES: Final[Mapping[Limb | None, Mapping[Side, Mapping[Speech, str]]]] = {
    Limb.ARM: {
        Side.LEFT: {"pl": "kończyna górna lewa", "en": "left arm"},
        Side.RIGHT: {"pl": "kończyna górna prawa", "en": "right arm"},
    },
    Limb.LEG: {
        Side.LEFT: {"pl": "kończyna dolna lewa", "en": "left leg"},
        Side.RIGHT: {"pl": "kończyna dolna prawa", "en": "right leg"},
    },
    None: {
        Side.LEFT: {"pl": "strona lewa", "en": "left side"},
        Side.RIGHT: {"pl": "strona prawa", "en": "right side"},
    },
}
_LIMITED: Final = {
    "pl": "Suma uszkodzeń nie przekracza utraty kończyny ani 100%.",
    "en": "All damage together counts no more than the loss of the limb, or 100%.",
}
_PRIOR: Final = {
    "pl": "Odjęto uszczerbek istniejący wcześniej: {percent}%.",
    "en": "What was lost before is subtracted: {percent}%.",
}
_VERSION: Final = {"pl": "wersja", "en": "version"}
_PASSPORT: Final = {"pl": "Paszport", "en": "Passport"}


def speech_of(language: str) -> Speech:
    """A paper is in Polish or in English."""
    return "pl" if language == "pl" else "en"


def title(kind: CertificateKind, speech: Speech) -> str:
    return _TITLES[kind][speech]


def purpose(case: CertificateCase, speech: Speech) -> str:
    """With the insurer and its claim, where there is one."""
    said = [_PURPOSES[case.purpose][speech]]
    if case.insurer is not None:
        said.append(case.insurer.name)
        if case.insurer.claim_number:
            said.append(f"{_CLAIM[speech]} {case.insurer.claim_number}")
    return ", ".join(said)


def scale_name(scale: DamageScale, speech: Speech) -> str:
    return scale.pl if speech == "pl" else scale.en


def scale_version(scale: DamageScale, speech: Speech) -> str:
    return f"{_VERSION[speech]} {scale.version}"


def wording(position: Position, side: Side | None, speech: Speech) -> str:
    text = position.pl if speech == "pl" else position.en
    return f"{text} ({_SIDES[position.limb][side][speech]})" if side else text


def remarks(found_percent: int, counted_percent: int, prior_percent: int, speech: Speech) -> str:
    """Why less is counted than was found; "" where all of it is."""
    if counted_percent == found_percent:
        return ""
    return _PRIOR[speech].format(percent=prior_percent) if prior_percent else _LIMITED[speech]


def identifier_label(system: str, speech: Speech) -> str:
    """`pl-pesel` -> "PESEL", `passport-UA` -> "Paszport (UA)"."""
    kind, _, detail = system.partition("-")
    return f"{_PASSPORT[speech]} ({detail})" if kind == "passport" else (detail or kind).upper()


def specialization(codes: tuple[str, ...], wanted: str, speech: Speech) -> str:
    """The one that the case asks for, else the doctor's first."""
    code = wanted or next(iter(codes), "")
    known = code in Specialization._value2member_map_
    return str(getattr(LABELS[Specialization(code)], speech)) if known else ""
