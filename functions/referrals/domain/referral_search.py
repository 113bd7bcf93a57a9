"""What may be asked of referrals: filters, orders, and the row that is shown."""

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from functions.referrals.domain.combining import Narrow, NotYoursToAsk, Served, query_of
from functions.referrals.domain.employment import Department, PositionTitle
from functions.referrals.domain.exposure import ExposureGroup
from functions.referrals.domain.names import NameBeginning, beginning_key, begins_so
from functions.referrals.domain.referral import ExaminationType, Referral, ReferralStatus
from functions.referrals.domain.views import AppointmentView, employer_view
from shared.kernel.errors import FieldError
from shared.kernel.ports import Query, Seals
from shared.kernel.records import Value
from shared.kernel.times import Day, local_instant

Id = Annotated[str, Field(max_length=60)]
Orders = Literal["-issued_at", "valid_until", "department,-issued_at"]

_EQUALS: Final = frozenset({
    "employer_id", "employee_id", "department", "examination_type", "status", "clinic_id", "package_id",
    "has_certificate", "unreached", "waits_for_person",
})  # fmt: skip
_FEW: Final = frozenset({"employer_id", "status", "examination_type"})
_LISTS: Final = frozenset({"position", "exposure_group", "doctor_id", "name"})
_STAFF_ALONE: Final = ("doctor_id", "clinic_id", "waits_for_person")
"""An employer sees neither who examines, nor where before it is booked, nor what we have to look at."""
SERVED: Final[Mapping[str, Served]] = {
    "-issued_at": Served(
        (("issued_at", "desc"),), _EQUALS, _LISTS, _FEW, frozenset({"issued_from", "issued_until"})
    ),
    "valid_until": Served((("valid_until", "asc"),), _FEW),
    "department,-issued_at": Served((("department", "asc"), ("issued_at", "desc")), _FEW),
}


class ReferralFilter(Value):
    """What is left out is not asked about. Days are the first and the last one, in Warsaw. `name`: how a
    word of the person's names begins. All orders are by what never changes: pages neither skip nor repeat."""

    employer_id: Id | None = Field(None, description="For staff; employers see their own.")
    employee_id: Id | None = None
    position: PositionTitle | None = None
    department: Department | None = None
    examination_type: ExaminationType | None = None
    status: ReferralStatus | None = None
    doctor_id: Id | None = Field(None, description="For staff.")
    clinic_id: Id | None = Field(None, description="For staff.")
    exposure_group: ExposureGroup | None = None
    package_id: Id | None = None
    has_certificate: bool | None = None
    unreached: bool | None = Field(None, description="Whom neither text nor mail reached.")
    waits_for_person: bool | None = Field(None, description="For staff: what somebody has to look at.")
    name: NameBeginning | None = None
    issued_from: Day | None = None
    issued_until: Day | None = None
    order_by: Orders = "-issued_at"

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.issued_from and self.issued_until and self.issued_from > self.issued_until:
            raise ValueError("issued_from must not be after issued_until")
        return self


class ReferralRow(Value):
    """Nothing that the referral's employer may not see."""

    referral_id: str
    employer_id: str
    number: str
    status: str
    employee_id: str
    given_name: str
    family_name: str
    examination_type: str
    positions: tuple[str, ...]
    department: str
    package_id: str
    appointment: AppointmentView | None
    certificate_id: str
    revision: int
    issued_on: date
    valid_until: date
    has_paper: bool
    unreached: bool


def referrals_where(
    asked: ReferralFilter, employer_id: str, seals: Seals, tenant_id: str, zone: str
) -> Query:
    """`employer_id`: whose the search is; "" for staff, who see all. Raises NotYoursToAsk,
    CombinationNotServed."""
    wanted = tuple(_narrows(asked, seals, tenant_id, zone))
    if employer_id:
        _check_employer(wanted, employer_id)
        wanted = tuple(one for one in wanted if one.name != "employer_id")
    always = (Narrow("employer_id", "employer_id", "==", employer_id),) if employer_id else ()
    return query_of(Referral.kind, SERVED, asked.order_by, wanted, always)


def _check_employer(wanted: tuple[Narrow, ...], employer_id: str) -> None:
    for one in wanted:
        if one.name in _STAFF_ALONE or (one.name == "employer_id" and one.value != employer_id):
            raise NotYoursToAsk(errors=[FieldError(f"/{one.name}", "your company does not see this")])


def _narrows(asked: ReferralFilter, seals: Seals, tenant_id: str, zone: str) -> Iterator[Narrow]:
    given = {name: one for name in _EQUALS if (one := getattr(asked, name)) is not None}
    for name, value in sorted(given.items()):
        yield Narrow(name, name, "==", value if isinstance(value, bool) else str(value))
    if asked.position is not None:
        yield Narrow("position", "position_titles", "array_contains", asked.position)
    if asked.exposure_group is not None:
        yield Narrow("exposure_group", "exposure_groups", "array_contains", asked.exposure_group.value)
    if asked.doctor_id is not None:
        yield Narrow("doctor_id", "doctor_ids", "array_contains", asked.doctor_id)
    if asked.name is not None:
        yield Narrow("name", "name_keys", "array_contains", beginning_key(seals, tenant_id, asked.name))
    yield from issued_between(asked.issued_from, asked.issued_until, zone)


def issued_between(first: date | None, last: date | None, zone: str) -> Iterator[Narrow]:
    """Both days are whole ones on the calendar of the zone."""
    if first is not None:
        yield Narrow("issued_from", "issued_at", ">=", local_instant(first, time(0), zone))
    if last is not None:
        end = local_instant(last + timedelta(days=1), time(0), zone)
        yield Narrow("issued_until", "issued_at", "<", end)


def is_meant(referral: Referral, asked: ReferralFilter) -> bool:
    """Whether it is what was asked for, beyond what the store can tell."""
    person = referral.person
    return asked.name is None or begins_so(asked.name, person.family_name, person.given_name)


def row_of(referral: Referral) -> ReferralRow:
    shown = {name: one for name, one in employer_view(referral) if name in ReferralRow.model_fields}
    return ReferralRow(**shown, employer_id=referral.employer_id)
