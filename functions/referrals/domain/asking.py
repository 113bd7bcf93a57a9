"""Who asks about certificates: an employer asks under the law of its country."""

from datetime import datetime
from typing import Protocol, TypeVar

from functions.referrals.domain.certificate_search import Asker
from functions.referrals.domain.jurisdiction import profile_of
from shared.contracts.directory import Employer
from shared.kernel.actors import Actor, Role
from shared.kernel.records import Record
from shared.kernel.times import day_in

R = TypeVar("R", bound=Record)


class Store(Protocol):
    def find(self, kind: type[R], key: str) -> R | None: ...


def asker_of(store: Store, actor: Actor, country: str, zone: str, now: datetime) -> Asker:
    """`country`: whose law holds for an employer that is not on file. Raises JurisdictionNotKnown."""
    today = day_in(zone, now)
    if actor.role != Role.EMPLOYER:
        return Asker(actor.tenant_id, today, zone)
    employer = store.find(Employer, actor.record_id)
    profile = profile_of(employer.country if employer else country)
    return Asker(actor.tenant_id, today, zone, actor.record_id, profile)
