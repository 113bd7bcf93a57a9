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
    def get(self, kind: type[R], key: str) -> R: ...


def asker_of(store: Store, actor: Actor, zone: str, now: datetime) -> Asker:
    """Raises NotFound for an employer that is not known, JurisdictionNotKnown."""
    today = day_in(zone, now)
    if actor.role != Role.EMPLOYER:
        return Asker(actor.tenant_id, today, zone)
    profile = profile_of(store.get(Employer, actor.record_id).country)
    return Asker(actor.tenant_id, today, zone, actor.record_id, profile)
