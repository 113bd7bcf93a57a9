"""Every text is read, and none is taken for a yes that is not one: alone, and through the signed webhook."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from multiprocessing import get_context
from random import Random
from typing import Final

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.replies import IntentKind, interpret
from functions.house_visits.domain.visit import Visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from shared.contracts.messaging import InboundText
from tests import leaks
from tests.people import AFTERNOON, ANNA, HOME, PHONES, doctor, patient
from tests.robustness.bodies import TEXT_MAX, VARIANTS, texts, variants
from tests.robustness.yes_oracle import code_in, may_be_a_yes
from tests.world import World

TEXTED_EVERY: Final = 20
"""So often a body goes all the way."""
TEXTS_MAX: Final = 50
"""On one phone before it begins anew."""
OK, UNPROCESSABLE = 200, 422
PLAIN_YES: Final = "tak"
PLAIN_EVERY: Final = 10
"""After so many texts on a phone a plain yes, which must win whatever was said before."""
BATCH: Final = 5_000
STORIES_MAX: Final = 20
ENDS: Final = frozenset({"bound", "asked_back", "to_operator", "ignored"})


@dataclass
class Heard:
    """`wrong`: what was said, and what was wrong about how it was taken."""

    bodies: int = 0
    texted: int = 0
    won: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    wrongs: int = 0

    def add(self, more: "Heard") -> None:
        self.bodies += more.bodies
        self.texted += more.texted
        self.won += more.won
        self.statuses += more.statuses
        self.kinds += more.kinds
        self.wrongs += more.wrongs
        self.wrong += more.wrong[: STORIES_MAX - len(self.wrong)]

    def note(self, what: str, text: str) -> None:
        self.wrongs += 1
        if len(self.wrong) < STORIES_MAX:
            self.wrong.append(f"{what}: {text[:200]!a}")


@dataclass(frozen=True)
class Taken:
    """How one text was taken: the webhook's status, what became of it, and whether its sender won."""

    status: int
    outcome: str
    won: bool
    code: str


class Phone:
    """Anna's, with one offer open on it, again and again."""

    def __init__(self) -> None:
        self._offer()

    def says(self, text: str) -> Taken:
        status = self.world.text_from(PHONES[ANNA], text).status
        self.world.settle()
        visit, code = self.world.record(Visit, self.visit_id), self.code
        outcome = self._outcome() if status == OK else ""
        if self.texts == TEXTS_MAX or not visit.offers[0].is_open:
            self._offer()
        return Taken(status, outcome, visit.winner is not None, code)

    def _outcome(self) -> str:
        self.texts += 1
        path = f"{InboundText.kind}/{self.world.phones.inbound[-1].sid}"
        kept = self.world.wiring.documents.read([path])[path]
        return str(kept.fields["outcome"]) if kept else "not kept"

    def _offer(self) -> None:
        self.texts = 0
        self.world = World()
        self.world.given(patient(), doctor(self.world, ANNA))
        wish = RequestVisit(
            patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
        )
        self.visit_id = self.world.call(request_visit, wish).visit_id
        plan = PlanRequest(visit_id=self.visit_id, doctor_ids=(ANNA,), intervals=(24 * 60,))
        self.world.call(start_cascade, plan)
        self.world.settle()
        offer = self.world.record(Visit, self.visit_id).offers[0]
        assert offer.is_open
        self.code = offer.code


def hear(bodies: int, number: int) -> Heard:
    """So many bodies; `number` seeds them."""
    heard = Heard()
    with redirect_stdout(leaks.WatchedLog()):  # the functions' log
        _hear(heard, Phone(), bodies, number)
    for where in leaks.taken():
        heard.note("personal data", where)
    return heard


def _hear(heard: Heard, phone: Phone, bodies: int, number: int) -> None:
    @seed(number)
    @settings(
        max_examples=-(-bodies // (1 + VARIANTS)),
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(texts(), st.integers(0, 2**32))
    def one(drawn: str, dice: int) -> None:
        for text in variants(drawn, Random(dice)):
            heard.bodies += 1
            check_reading(heard, text)
            if (
                heard.bodies + heard.bodies // TEXTED_EVERY
            ) % TEXTED_EVERY == 0:  # not always the same variant
                check_texted(heard, phone, text)
                if heard.texted % PLAIN_EVERY == 0:
                    check_texted(heard, phone, PLAIN_YES)

    one()


def check_reading(heard: Heard, text: str) -> None:
    try:
        intent = interpret(text)
    except Exception as stumbled:
        heard.note(f"stumbled, {type(stumbled).__name__}", text)
        return
    heard.kinds[intent.kind] += 1
    if intent.kind != IntentKind.ACCEPT:
        return
    if not may_be_a_yes(text):
        heard.note("taken for a yes", text)
    if (intent.code or "") != code_in(text):
        heard.note(f"taken for a yes to {intent.code}", text)


def check_texted(heard: Heard, phone: Phone, text: str) -> None:
    sent = text.encode("utf-8", "replace").decode()  # half a surrogate cannot be sent
    taken = phone.says(sent)
    heard.texted += 1
    heard.won += taken.won
    heard.statuses[taken.status] += 1
    if taken.status != (UNPROCESSABLE if len(sent) > TEXT_MAX else OK):  # no phone sends more
        heard.note(f"answered {taken.status}", text)
    if taken.status == OK and taken.outcome not in ENDS:
        heard.note(f"ended as {taken.outcome!r}", text)
    if taken.won and not (may_be_a_yes(sent) and code_in(sent) in ("", taken.code)):
        heard.note(f"won the offer {taken.code}", text)
    if sent == PLAIN_YES and not taken.won:
        heard.note("a plain yes did not win", text)


def run(bodies: int, number: int, told: Callable[[int], object]) -> Heard:
    """On every core; `told` hears how many more have been read."""
    sizes = [min(BATCH, bodies - begun) for begun in range(0, bodies, BATCH)]
    whole = Heard()
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        done = [pool.submit(hear, size, number * len(sizes) + place) for place, size in enumerate(sizes)]
        for one in as_completed(done):
            whole.add(one.result())
            told(one.result().bodies)
    return whole
