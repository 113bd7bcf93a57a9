"""What the law of a country asks of occupational medicine, as data: periods, days, what an employer may see.

Rules ask the profile and never the country. A country is added by a file in `laws`, and its language by one
in `laws/words`, without a line of code.
"""

from collections.abc import Iterable, Mapping
from typing import Final, Literal

from functions.referrals.domain.fitness import NextDueReason
from functions.referrals.domain.law_files import LAWS, files_in
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


def profiles_of(files: Iterable[tuple[str, bytes]]) -> dict[str, JurisdictionProfile]:
    """By country. Raises ValidationError where a file says what no rule here asks, or too little."""
    found = (JurisdictionProfile.model_validate_json(content) for _, content in files)
    return {one.country: one for one in found}


PROFILES: Final[Mapping[str, JurisdictionProfile]] = profiles_of(files_in(LAWS))
POLAND: Final = PROFILES["PL"]


def profile_of(country: str) -> JurisdictionProfile:
    """Raises JurisdictionNotKnown."""
    found = PROFILES.get(country)
    if found is None:
        raise JurisdictionNotKnown
    return found
