"""What the law of a country asks of occupational medicine, as data: periods, days, what an employer may see.

Rules ask the profile and never the country. A country is added by a profile here and its words on paper.
"""

from collections.abc import Mapping
from typing import Final, Literal

from functions.referrals.domain.fitness import NextDueReason
from functions.referrals.domain.referral import ExaminationType
from shared.kernel.errors import Invalid
from shared.kernel.records import Value

Seen = Literal[
    "number", "examination_type", "positions", "decisions", "next_dues", "examined_on", "issued_on",
    "status", "appeal", "screen_glasses", "paper", "outside", "outside_issuer",
]  # fmt: skip
"""Fields of a certificate of fitness that a law may let an employer see: never findings."""


class JurisdictionNotKnown(Invalid):
    """We do not know the law of this country yet: ask your administrator."""


class JurisdictionProfile(Value):
    """Days are calendar days. `legal_basis` is printed on the referral, `certificate_basis` on the
    certificate.

    - `referral_valid_days`: from issue until the person must have been examined.
    - `appeal_days` from the day of the certificate, `reexamine_days` from the day of the appeal.
    - `longest_months`: to the next date, for each reason; the doctor may choose a shorter time.
    - `shortest_absence_days`: sickness longer than this asks for a control examination.
    - `measured_within_months`: an older measurement is pointed out to the doctor.
    """

    country: str
    zone: str
    language: str
    currency: str
    referral_valid_days: int
    appeal_days: int
    reexamine_days: int
    longest_months: Mapping[NextDueReason, int]
    shortest_absence_days: int
    measured_within_months: int
    examination_types: frozenset[ExaminationType] = frozenset(ExaminationType)
    identifier_system: str
    legal_basis: str
    certificate_basis: str
    employer_sees: frozenset[Seen]


_R = NextDueReason

POLAND: Final = JurisdictionProfile(
    country="PL",
    zone="Europe/Warsaw",
    language="pl",
    currency="PLN",
    referral_valid_days=90,
    appeal_days=7,
    reexamine_days=14,
    longest_months={
        _R.PERIODIC: 60, _R.DRIVING: 60, _R.NIGHT_WORK: 60, _R.HEIGHTS: 60, _R.SANITARY: 60,
        _R.IONIZING_RADIATION: 36, _R.OTHER: 60,
    },
    shortest_absence_days=30,
    measured_within_months=24,
    identifier_system="pl-pesel",
    legal_basis="art. 229 § 4a ustawy z dnia 26 czerwca 1974 r. – Kodeks pracy",
    certificate_basis="art. 43 pkt 2 ustawy z dnia 27 czerwca 1997 r. o służbie medycyny pracy oraz "
    "art. 229 § 4 Kodeksu pracy",
    employer_sees=frozenset({
        "number", "examination_type", "positions", "decisions", "next_dues", "examined_on", "issued_on",
        "status", "appeal", "screen_glasses", "paper", "outside", "outside_issuer",
    }),
)  # fmt: skip

GERMANY: Final = JurisdictionProfile(
    country="DE",
    zone="Europe/Berlin",
    language="de",
    currency="EUR",
    referral_valid_days=90,
    appeal_days=14,
    reexamine_days=28,
    longest_months=dict.fromkeys(NextDueReason, 36),
    shortest_absence_days=42,
    measured_within_months=24,
    identifier_system="",
    legal_basis="Verordnung zur arbeitsmedizinischen Vorsorge (ArbMedVV)",
    certificate_basis="§ 6 ArbMedVV",
    # The certificate of precaution says that and why somebody came, and when to come again: no result.
    employer_sees=frozenset({
        "number", "examination_type", "positions", "next_dues", "examined_on", "issued_on", "status",
    }),
)  # fmt: skip

PROFILES: Final[Mapping[str, JurisdictionProfile]] = {one.country: one for one in (POLAND, GERMANY)}


def profile_of(country: str) -> JurisdictionProfile:
    """Raises JurisdictionNotKnown."""
    found = PROFILES.get(country)
    if found is None:
        raise JurisdictionNotKnown
    return found
