"""What a digest is made of, read from the store in two round trips."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from functions.referrals.domain.digesting import Desk, Facts
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.reminders import Reminder, ReminderSettings
from shared.contracts.directory import Employer
from shared.kernel.records import Record

R = TypeVar("R", bound=Record)


class Store(Protocol):
    def find(self, kind: type[R], key: str) -> R | None: ...

    def prefetch(self, *wanted: tuple[type[Record], str]) -> None: ...

    def find_many(self, kind: type[R], keys: Sequence[str]) -> list[R]: ...


class Pages(Protocol):
    """Where people find what a mail speaks of."""

    @property
    def app_url(self) -> str: ...

    @property
    def public_url(self) -> str: ...


def desk_of(store: Store, employer_id: str, pages: Pages) -> Desk | None:
    """None where there is no such employer any more."""
    store.prefetch((Employer, employer_id), (ReminderSettings, employer_id))
    employer = store.find(Employer, employer_id)
    if employer is None:
        return None
    chosen = store.find(ReminderSettings, employer_id) or ReminderSettings(
        id=employer_id, tenant_id=employer.tenant_id
    )
    page = f"{pages.app_url or pages.public_url + '/v1'}/my-fitness-certificates"
    return Desk(employer, chosen, page)


def facts_of(store: Store, reminders: Sequence[Reminder]) -> Facts:
    certificates = tuple(dict.fromkeys(one.certificate_id for one in reminders))
    people = tuple(dict.fromkeys(one.employee_id for one in reminders))
    store.prefetch(*((FitnessCertificate, one) for one in certificates), *((Employee, one) for one in people))
    return Facts(
        {one.id: one for one in store.find_many(FitnessCertificate, certificates)},
        {one.id: one for one in store.find_many(Employee, people)},
    )
