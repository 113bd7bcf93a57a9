"""Partners while everything fails: what they do in their app, and what must hold at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from functions.partners.domain.institute import Institute, InstituteVersion, version_of
from functions.partners.domain.link import UploadStarted
from functions.partners.domain.market_head import MarketHead
from functions.partners.domain.opening import opened
from functions.partners.domain.partner import Partner, UploadDesk
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.recommending import outcome_of
from functions.partners.domain.template import TEMPLATE_VERSION, signed_text
from functions.partners.domain.upload import Upload
from functions.partners.finish_upload import FinishUpload, finish_upload
from functions.partners.put_price_list import PutPriceList, put_price_list
from functions.partners.recommend_institute import RecommendInstitute, recommend_institute
from functions.partners.start_upload import StartUpload, start_upload
from shared.kernel.actors import Actor, Role
from shared.kernel.records import Record
from tests.functions.partners.an_institute import CODES, TODAY, flat, site
from tests.functions.partners.filled import FILLED, edited, writes
from tests.sim.judge import all_of, log_of
from tests.sim.machine import CODEC, SEALS, Machine
from tests.world import ADMIN, TENANT

R = TypeVar("R", bound=Record)
CAPACITY = 40
"""Of each institute: room for one of the questionnaires, not for two."""
PARTNERS = ("partner-1", "partner-2", "partner-3")
INSTITUTES = ("alfa", "beta", "gamma")


def user_of(partner_id: str) -> Actor:
    return Actor(role=Role.PARTNER, tenant_id=TENANT, user_id=f"user-{partner_id}", record_id=partner_id)


@cache
def questionnaire(partner_id: str, age: int = 38) -> bytes:
    """Filled in and right; another age is another file."""
    from functions.partners.domain.questionnaire_plan import questionnaire_plan
    from shared.adapters.workbooks import BoundedWorkbooks

    signature = SEALS.lookup_key(TENANT, signed_text(TEMPLATE_VERSION, partner_id, "pl"))
    blank = BoundedWorkbooks().write(questionnaire_plan(partner_id, "Fabryka", "pl", signature))
    return edited(blank, writes(FILLED), writes({"Firma": {"C5": age}}))


@dataclass
class Trade:
    """Three partners and three institutes; `uploads` what each partner began, oldest first."""

    machine: Machine
    uploads: dict[str, list[str]] = field(default_factory=dict)
    told: list[tuple[str, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        made = [_institute(key, number) for number, key in enumerate(INSTITUTES)]
        head = MarketHead(id=TENANT, tenant_id=TENANT, changed={one.id: 1 for one in made})
        partners = [Partner(id=key, tenant_id=TENANT, name="Fabryka") for key in PARTNERS]
        self.machine.given(*partners, *made, *(version_of(one) for one in made), head)

    def sends(self, partner_id: str, *, age: int = 38, tells: bool = True) -> str:
        """Uploads a questionnaire; "" where the app never got an answer."""
        started, content = self.begins(partner_id, age)
        if started is None:
            return ""
        self.brings(partner_id, started, content, tells=tells)
        return started.upload_id

    def brings(self, partner_id: str, started: UploadStarted, content: bytes, *, tells: bool = True) -> None:
        self.machine.files.upload(started.url, content, started.headers)
        if tells:
            self.machine.call(finish_upload, FinishUpload(upload_id=started.upload_id), user_of(partner_id))

    def begins(self, partner_id: str, age: int) -> tuple[UploadStarted | None, bytes]:
        """Announces a questionnaire that is not sent yet; None where the app never got an answer."""
        content = questionnaire(partner_id, age)
        wish = StartUpload(partner_id=partner_id, size=len(content))
        answer = self.machine.call(start_upload, wish, user_of(partner_id))
        if answer is None or answer.status != 200:
            return None, content
        started = UploadStarted.model_validate_json(answer.body)
        self.uploads.setdefault(partner_id, []).append(started.upload_id)
        return started, content

    def asks(self, partner_id: str, upload_id: str) -> str:
        wish = RecommendInstitute(upload_id=upload_id)
        answer = self.machine.call(recommend_institute, wish, user_of(partner_id))
        if answer is None or answer.status != 200:
            return ""
        shape = recommend_institute.declaration.response  # type: ignore[attr-defined]
        return str(shape.model_validate_json(answer.body).recommendation_id)

    def prices_change(self, institute_id: str, net: int) -> None:
        prices = flat(net, CODES, TODAY)
        wish = PutPriceList(
            institute_id=institute_id, valid_from=TODAY, currency=prices.currency, items=prices.items
        )
        self.machine.call(put_price_list, wish, ADMIN)

    def find_many(self, kind: type[R], keys: Sequence[str]) -> list[R]:
        paths = [f"{kind.kind}/{key}" for key in keys]
        found = self.machine.store.read(paths)
        return [CODEC.decode(kind, one.fields) for path in paths if (one := found[path]) is not None]


def _institute(key: str, number: int) -> Institute:
    return Institute(
        id=key, tenant_id=TENANT, version=1, name=key.capitalize(),
        sites=(site(services=frozenset(CODES), capacity=CAPACITY),),
        price_lists=(flat(100_00 + number, CODES),),
    )  # fmt: skip


def breaches(trade: Trade) -> list[str]:
    machine = trade.machine
    return [
        *_uploads(trade, machine),
        *_market(trade),
        *_recommendations(trade, machine),
        *_room(machine),
    ]


def _uploads(trade: Trade, machine: Machine) -> Iterator[str]:
    kept = {one.id: one for one in all_of(machine, Upload)}
    for desk in all_of(machine, UploadDesk):
        arrived = [one.number for one in kept.values() if one.desk_id == desk.id and one.attempt]
        if desk.newest != max(arrived, default=0):
            yield f"desk {desk.id} took number {desk.newest} after {max(arrived)}"
        if desk.reading:
            yield f"desk {desk.id} still reads {desk.reading}"
    for one in kept.values():
        if one.is_open:
            yield f"upload {one.id} is still {one.status}"
        ends = [line.did for line in log_of(machine, one) if line.did == one.status.value]
        if len(ends) != 1:
            yield f"upload {one.id} ended {len(ends)} times"
        if machine.files.stat("quarantine", one.file) is not None:
            yield f"the file of upload {one.id} still lies in quarantine"
    for partner_id, begun in trade.uploads.items():
        last = kept[begun[-1]]
        if last.status not in ("read", "same"):
            yield f"the newest questionnaire of {partner_id} is {last.status}"


def _market(trade: Trade) -> Iterator[str]:
    """Nothing that an admin was told is missing in what is recommended from."""
    (head,) = trade.find_many(MarketHead, [TENANT])
    edition = opened(trade.machine.files, TENANT, head)
    packed = dict(zip(edition.ids, edition.numbers, strict=True)) if edition else {}
    for one in all_of(trade.machine, Institute):
        known = head.changed.get(one.id) or packed.get(one.id, 0)
        if known != one.version:
            yield f"the market knows version {known} of {one.id}, not {one.version}"
        if not trade.find_many(InstituteVersion, [f"{one.id}.{one.version}"]):
            yield f"version {one.version} of {one.id} is missing"


def _recommendations(trade: Trade, machine: Machine) -> Iterator[str]:
    for one in all_of(machine, Recommendation):
        again = outcome_of(trade, machine.files, TENANT, one.pins, one.answers, one.weights, one.on)
        if again.sha256 != one.outcome_sha256:
            yield f"recommendation {one.id} cannot be computed again"
        taken = [line for line in log_of(machine, one) if line.did == "accepted"]
        if len(taken) != (one.status in ("accepted", "withdrawn")):
            yield f"recommendation {one.id} is {one.status} and was accepted {len(taken)} times"


def _room(machine: Machine) -> Iterator[str]:
    """What is taken of each institute is what accepted offers take, and never more than it has."""
    held: dict[tuple[str, str], int] = {}
    for one in all_of(machine, Recommendation):
        if one.status != "accepted":
            continue
        if sum(one.room.values()) != one.answers.monthly_need:
            yield f"recommendation {one.id} takes {dict(one.room)}, not {one.answers.monthly_need}"
        for site_id, amount in one.room.items():
            key = one.institute_id, site_id
            held[key] = held.get(key, 0) + amount
    for institute in all_of(machine, Institute):
        for each in institute.sites:
            owed = held.get((institute.id, each.id), 0)
            if each.taken != owed or each.taken > each.capacity:
                yield f"{each.taken} of {each.capacity} are taken of {institute.id}, and {owed} were accepted"
