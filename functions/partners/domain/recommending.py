"""From answers to an outcome by the market as pinned: today, or again for a day that is long over."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from functions.partners.domain.answers import Answers
from functions.partners.domain.explaining import explained
from functions.partners.domain.institute import InstituteVersion, version_id
from functions.partners.domain.market_head import MarketPins
from functions.partners.domain.needs import needs_of
from functions.partners.domain.opening import layers_of, opened
from functions.partners.domain.outcome import Outcome
from functions.partners.domain.ranking import ranked
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.services import SERVICES_VERSION
from functions.partners.domain.upload import Upload
from functions.partners.domain.weights import WEIGHTS_VERSION, Weights
from shared.kernel.errors import Conflict
from shared.kernel.ports import Files
from shared.kernel.records import Record

R = TypeVar("R", bound=Record)


class NotReadYet(Conflict):
    """The questionnaire has no answers yet: wait until it is read, or send a corrected one."""


class Records(Protocol):
    """What these rules need of the ledger."""

    def find_many(self, kind: type[R], keys: Sequence[str]) -> list[R]: ...


def require_read(upload: Upload) -> Answers:
    """Raises NotReadYet."""
    if upload.answers is None:
        raise NotReadYet
    return upload.answers


def outcome_of(
    records: Records,
    files: Files,
    tenant_id: str,
    pins: MarketPins,
    answers: Answers,
    weights: Weights,
    on: date,
) -> Outcome:
    """The same arguments give the same bytes. Raises Busy where the market cannot be read."""
    edition = opened(files, tenant_id, pins)
    layers = layers_of(edition, records.find_many(InstituteVersion, pins.version_ids), pins)
    needs = needs_of(answers, on, weights)
    found = ranked(layers, needs)
    shown = [version_id(one.institute_id, one.number) for one in (*found.best, *found.near)]
    versions = {one.institute_id: one for one in records.find_many(InstituteVersion, shown)}
    return explained(found, layers, needs, versions)


def recommended(
    recommendation_id: str,
    upload: Upload,
    answers: Answers,
    weights: Weights,
    pins: MarketPins,
    outcome: Outcome,
    now: datetime,
) -> Recommendation:
    return Recommendation(
        id=recommendation_id,
        tenant_id=upload.tenant_id,
        partner_id=upload.partner_id,
        upload_id=upload.id,
        made_at=now,
        on=now.date(),
        answers=answers,
        weights=weights,
        weights_version=WEIGHTS_VERSION,
        services_version=SERVICES_VERSION,
        pins=pins,
        outcome=outcome,
        outcome_sha256=outcome.sha256,
    )
