"""What may be asked of an employer's list of people, and the row that is shown."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from pydantic import Field

from functions.referrals.domain.combining import Narrow, NotYoursToAsk, Served, query_of
from functions.referrals.domain.employment import Department, Employee, Employment, PositionTitle
from functions.referrals.domain.names import NameBeginning, beginning_key, begins_so
from functions.referrals.domain.referral_search import Id
from shared.kernel.errors import FieldError
from shared.kernel.ports import Query, Seals
from shared.kernel.records import Value

SERVED: Final[Mapping[str, Served]] = {
    "-added_at": Served(
        (("added_at", "desc"),),
        frozenset({"employer_id"}),
        frozenset({"department", "position", "name"}),
        frozenset({"employer_id"}),
    )
}


class EmployeeFilter(Value):
    """At most one of department, position and name. `name`: how a word of the names begins."""

    employer_id: Id | None = Field(None, description="For staff; employers see their own.")
    department: Department | None = None
    position: PositionTitle | None = None
    name: NameBeginning | None = None


class EmployeeRow(Value):
    """What their employer told us; `standing` is of today. `version` is the ETag."""

    employee_id: str
    version: int
    employer_id: str
    given_name: str
    family_name: str
    birth_date: date
    phone: str
    email: str
    language: str
    standing: str
    employments: tuple[Employment, ...]
    certificate_ids: tuple[str, ...]
    referral_ids: tuple[str, ...]


def employees_where(asked: EmployeeFilter, employer_id: str, seals: Seals, tenant_id: str) -> Query:
    """`employer_id`: whose the list is; "" for staff. Raises NotYoursToAsk, CombinationNotServed."""
    if employer_id and asked.employer_id not in (None, employer_id):
        raise NotYoursToAsk(errors=[FieldError("/employer_id", "your company does not see this")])
    whose = employer_id or asked.employer_id
    always = (Narrow("employer_id", "employer_id", "==", whose),) if whose else ()
    return query_of(Employee.kind, SERVED, "-added_at", _narrows(asked, seals, tenant_id), always)


def _narrows(asked: EmployeeFilter, seals: Seals, tenant_id: str) -> Iterator[Narrow]:
    if asked.department is not None:
        yield Narrow("department", "departments", "array_contains", asked.department)
    if asked.position is not None:
        yield Narrow("position", "position_titles", "array_contains", asked.position)
    if asked.name is not None:
        yield Narrow("name", "name_keys", "array_contains", beginning_key(seals, tenant_id, asked.name))


def is_meant(employee: Employee, asked: EmployeeFilter) -> bool:
    return asked.name is None or begins_so(asked.name, employee.family_name, employee.given_name)


def row_of(employee: Employee, today: date) -> EmployeeRow:
    return EmployeeRow(
        employee_id=employee.id,
        version=employee.version,
        employer_id=employee.employer_id,
        given_name=employee.given_name,
        family_name=employee.family_name,
        birth_date=date.fromisoformat(employee.birth_date),
        phone=employee.phone,
        email=employee.email,
        language=employee.language,
        standing=employee.standing_on(today).value,
        employments=employee.employments,
        certificate_ids=employee.certificate_ids,
        referral_ids=employee.referral_ids,
    )
