"""Genuine calls that come again, a hundred times and a month later: each has had its effect, once."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from shared.adapters.clinic_signature import HEADER, sign
from shared.runtime import catalog
from tests.authorization import attacks_bridge, attacks_identity, services, tokens
from tests.authorization.attacks import Sent
from tests.authorization.attacks_clinic import BODY
from tests.authorization.parties import OWN
from tests.authorization.production import BRIDGE_SECRET, CLINIC_SECRETS, Production, bearer, parcel
from tests.authorization.stand import Stand
from tests.authorization.twilio_calls import QUERY, REPORT, SMS, STATUS, TEXT, signature, text

TIMES = 100
LATER = timedelta(days=30)


@dataclass(frozen=True)
class Replay:
    """`later`: the status of the same call a month on."""

    name: str
    entry_point: str
    make: Callable[[Stand, Production], Sent]
    later: int = 200

    def __str__(self) -> str:
        return f"{self.entry_point}: {self.name}"


def replays() -> Iterator[Replay]:
    visit = OWN.id("visit-offering")
    yield Replay("a text", "messaging__receive_sms", lambda *_: text(TEXT, signature(SMS, TEXT)))
    seal = signature(f"{STATUS}?{QUERY}", REPORT)
    yield Replay("a report", "messaging__note_sms_status", lambda *_: text(REPORT, seal, QUERY))
    yield Replay("an event of a clinic", "house_visits__hear_clinic", _event, later=401)
    step = {"visit_id": visit, "epoch": 1, "arm": 1, "desk_id": ""}
    yield Replay("a task", "house_visits__ask_next_doctor", _parcel("house_visits__ask_next_doctor", step))
    opted = {"phone_key": "a-phone", "opted_out": True}
    yield Replay("a message", "directory__note_opt_out", _parcel("directory__note_opt_out", opted))
    reply = {"text_id": OWN.id("unread"), "phone_key": "a-phone"}
    yield Replay("a hint of the other chat", attacks_bridge.HEAR, _hint, later=401)
    yield Replay("a sign-in", attacks_identity.BEFORE, _sign_in)
    yield Replay("a reply", "house_visits__read_reply", _parcel("house_visits__read_reply", reply))


def _event(_: Stand, world: Production) -> Sent:
    return Sent(BODY, {HEADER: sign(CLINIC_SECRETS[0], BODY, world.clock.now())})


def _hint(_: Stand, world: Production) -> Sent:
    seal = sign(BRIDGE_SECRET, attacks_bridge.BODY, world.clock.now())
    return Sent(attacks_bridge.BODY, {HEADER: seal})


def _sign_in(stand: Stand, _: Production) -> Sent:
    """Google's tokens end by the real clock, which nobody moves here: `expired` is among the forged."""
    return attacks_identity.signs_in(stand)


def _parcel(name: str, fields: Mapping[str, object]) -> Callable[[Stand, Production], Sent]:
    def make(stand: Stand, world: Production) -> Sent:
        action = catalog.find(name)
        token = tokens.signed(stand.google.key, services.right(world, action))
        return Sent(parcel(action, fields), bearer(token))

    return make


def wrong(replay: Replay, stand: Stand) -> str:
    """What is wrong with what came of it; "" when nothing is."""
    world, action = stand.world(), catalog.find(replay.entry_point)
    sent = replay.make(stand, world)
    statuses, effects = [], []
    for number in range(TIMES + 1):
        if number == TIMES:
            world.clock.advance(LATER)
        answer = world.send(action, sent.body, sent.headers, sent.query)
        statuses.append(answer.status)
        effects.append(_effects(world))
    found = []
    if not any(effects[0]):
        found.append("the first had no effect")
    if effects[0] != effects[-1]:
        found.append(f"{effects[0]} became {effects[-1]}")
    if statuses != [200] * TIMES + [replay.later]:
        found.append(f"statuses {sorted(set(statuses))}")
    return f"{replay}: {'; '.join(found)}" if found else ""


def _effects(world: Production) -> tuple[frozenset[str], int, int, int]:
    """What was ever written, by its name: a second line of a log or a second letter has another one."""
    queues = len(world.queue.pending), len(world.topics.waiting), len(world.phones.sent)
    return frozenset(world.watched.written), *queues
