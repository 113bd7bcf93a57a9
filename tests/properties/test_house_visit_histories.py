"""Random histories of several visits and few doctors: what must hold in every one of them."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.cascade import CascadeStatus
from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.offer import Offer
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.house_visits.sweep_cascades import sweep_cascades
from functions.house_visits.withdraw_from_visit import WithdrawFromVisit, withdraw_from_visit
from functions.platform.sweep_outbox import sweep_outbox
from shared.kernel.errors import Refusal
from shared.kernel.ports import Query
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, PHONES, PIOTR, as_doctor, doctor, patient
from tests.world import World

DOCTORS = (ANNA, PIOTR, EWA, JAN)
VISITS = ("p-1", "p-2", "p-3")
WORDS = ("tak", "nie", "ok", "TAK {code}", "nie {code}", "STOP", "START", "może", "yes")

start_it = st.tuples(st.just("start"), st.sampled_from(range(3)), st.permutations(DOCTORS))
reply = st.tuples(st.just("reply"), st.sampled_from(DOCTORS), st.sampled_from(WORDS))
pass_time = st.tuples(st.just("wait"), st.sampled_from((1, 5, 10, 25)), st.none())
cancel = st.tuples(st.just("cancel"), st.sampled_from(range(3)), st.none())
withdraw = st.tuples(st.just("withdraw"), st.sampled_from(range(3)), st.none())
steps = st.lists(
    st.one_of(start_it, reply, reply, pass_time, pass_time, cancel, withdraw), min_size=4, max_size=16
)


class History:
    """A world in which the steps of a random history are tried; what is refused is refused."""

    def __init__(self, one_sender: bool) -> None:
        self.world = World()
        if one_sender:
            self.world.with_one_sender()
        self.world.given(*(doctor(self.world, one) for one in DOCTORS), *(patient(one) for one in VISITS))
        self.visits = [self._request(one) for one in VISITS]

    def _request(self, patient_id: str) -> str:
        wanted = RequestVisit(
            patient_id=patient_id, address=HOME, window=AFTERNOON, specialization="internal_medicine"
        )
        return self.world.call(request_visit, wanted).visit_id

    def step(self, what: str, first: object, second: object) -> None:
        with contextlib.suppress(Refusal):
            self._try(what, first, second)
        self.world.settle()

    def _try(self, what: str, first: object, second: object) -> None:
        match what, first, second:
            case "start", int(place), list(order):
                wanted = PlanRequest(visit_id=self.visits[place], doctor_ids=tuple(order), intervals=(10,))
                self.world.call(start_cascade, wanted)
            case "reply", str(who), str(word):
                code = next((one.code for one in self.offers() if one.doctor_id == who and one.code), "7KJ")
                self.world.text_from(PHONES[who], word.format(code=code))
            case "wait", int(minutes), _:
                self.world.advance(timedelta(minutes=minutes))
            case "cancel", int(place), _:
                self.world.call(cancel_visit, CancelVisit(visit_id=self.visits[place], reason="other"))
            case "withdraw", int(place), _:
                winner = self.visit(place).winner
                if winner:
                    request = WithdrawFromVisit(visit_id=self.visits[place])
                    self.world.call(withdraw_from_visit, request, as_=as_doctor(winner.doctor_id))

    def visit(self, place: int) -> Visit:
        return self.world.record(Visit, self.visits[place])

    def all(self) -> list[Visit]:
        return [self.visit(place) for place in range(len(self.visits))]

    def offers(self) -> Iterator[Offer]:
        for one in self.all():
            yield from one.cascade.offers if one.cascade else ()

    def desks(self) -> list[Desk]:
        wiring = self.world.wiring
        return [
            wiring.codec.decode(Desk, one.fields)
            for one in wiring.documents.query(Query(Desk.kind, limit=100))
        ]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=st.permutations(DOCTORS), second=st.permutations(DOCTORS), steps=steps, one_sender=st.booleans())
def test_what_holds_in_every_history(
    first: list[str], second: list[str], steps: list[tuple[str, object, object]], one_sender: bool
) -> None:
    history = History(one_sender)
    searches: list[tuple[str, object, object]] = [("start", 0, first), ("start", 1, second)]
    story: list[tuple[str, object, object]] = [*searches, *steps]
    for what, one, other in story:
        history.step(what, one, other)
        no_two_open_offers_share_number_and_code(history)
        every_log_is_whole(history)
        a_running_search_has_a_step_due(history)
    no_code_is_given_twice(history)
    no_offer_was_texted_twice(history)
    everything_comes_to_rest(history)


def no_two_open_offers_share_number_and_code(history: History) -> None:
    open_ones = Counter((one.phone, one.sender, one.code) for one in history.offers() if one.is_open)
    assert all(count == 1 for count in open_ones.values())


def no_code_is_given_twice(history: History) -> None:
    """In its quarantine, whatever has become of the offer."""
    for desk in history.desks():
        assert len(desk.codes) == len(desk.entries)


def every_log_is_whole(history: History) -> None:
    for one in history.all():
        words = history.world.log_of(one)
        assert len(words) == one.version
        assert words.count("booked") <= 1 + words.count("winner_withdrew")


def a_running_search_has_a_step_due(history: History) -> None:
    for one in history.all():
        if one.status == VisitStatus.OFFERING and one.cascade and one.cascade.status == CascadeStatus.RUNNING:
            assert one.due_at is not None


def no_offer_was_texted_twice(history: History) -> None:
    bodies = Counter(
        (one.sms.to, one.sms.body) for one in history.world.phones.sent if "Odpisz TAK" in one.sms.body
    )
    assert all(
        count == 1 for (_, body), count in bodies.items() if "kilka" not in body and "pewno" not in body
    )


def everything_comes_to_rest(history: History) -> None:
    """When nobody says anything any more, every search ends by itself."""
    for _ in range(4):
        history.world.advance(timedelta(hours=2))
        history.world.tick(sweep_outbox)
        history.world.tick(sweep_cascades)
    for one in history.all():
        assert one.status != VisitStatus.OFFERING
        assert not [offer for offer in history.offers() if offer.is_open]
