"""Planning a search: who is asked and who is not, when, at what cost, and what is said before it begins."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from functions.house_visits.domain.cascade import OFFERS_MAX, OverlapPolicy, QuietPolicy
from functions.house_visits.domain.gathering import gather
from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.planning import (
    NobodyToAsk,
    Plan,
    SearchRunning,
    Skipped,
    TextsTooLong,
    plan_offers,
    planned_again,
    start,
    timeline,
)
from functions.house_visits.domain.previewing import preview
from shared.contracts.directory import Doctor, DoctorPhone
from shared.contracts.geocoding import GeocodeQuality
from shared.contracts.specializations import LABELS, Specialization
from shared.kernel.errors import Invalid
from shared.kernel.ports import Query
from shared.kernel.times import QuietHours
from tests.functions.house_visits.domain.a_visit import (
    CLOSES,
    MINUTE,
    NOW,
    at,
    doctor,
    offer,
    searching,
    visit,
)
from tests.functions.house_visits.domain.told import said, told
from tests.people import ANNA, EWA, HOME, JAN, PHONES, PIOTR

NOBODY = frozenset[str]()
LONG_NAME = max(Specialization, key=lambda one: len(LABELS[one].pl))
UNTIL_NOON = QuietHours(begins=at("07:00").time(), ends=at("12:00").time())


def plan(*doctor_ids: str, intervals: tuple[int, ...] = (10,), **facts: object) -> Plan:
    return Plan(doctor_ids=doctor_ids, intervals=intervals).but(**facts)


def phone(**facts: object) -> DoctorPhone:
    return DoctorPhone(number=PHONES[ANNA], phone_key="key-1", verified_on=date(2026, 10, 1)).but(**facts)


def why_not_anna(one_way: frozenset[str] = NOBODY, **facts: object) -> list[str]:
    _, skipped = plan_offers(visit(), plan(ANNA), [doctor(ANNA, **facts)], one_way, NOW)
    return [one.reason for one in skipped]


def test_offers_come_in_the_order_asked_for_with_all_that_a_text_needs() -> None:
    doctors = [doctor(PIOTR), doctor(ANNA, clinic_ids=("c-1", "c-2"), language="en", quiet_hours=UNTIL_NOON)]
    offers, skipped = plan_offers(visit(), plan(ANNA, PIOTR, intervals=(5, 20)), doctors, NOBODY, NOW)
    assert skipped == ()
    assert offers == (
        Offer(
            id=f"offer-v1-1-{ANNA}",
            doctor_id=ANNA,
            clinic_id="c-1",
            phone=PHONES[ANNA],
            phone_key=f"key-{ANNA}",
            language="en",
            quiet_hours=UNTIL_NOON,
            delay_minutes=5,
        ),
        Offer(
            id=f"offer-v1-1-{PIOTR}",
            doctor_id=PIOTR,
            phone=PHONES[PIOTR],
            phone_key=f"key-{PIOTR}",
            language="pl",
            quiet_hours=QuietHours(),
            delay_minutes=20,
        ),
    )


def test_one_interval_is_for_all_and_otherwise_each_doctor_has_one() -> None:
    doctors = [doctor(ANNA), doctor(PIOTR)]
    offers, _ = plan_offers(visit(), plan(ANNA, PIOTR, intervals=(7,)), doctors, NOBODY, NOW)
    assert [one.delay_minutes for one in offers] == [7, 7]
    with pytest.raises(Invalid):
        plan_offers(visit(), plan(ANNA, PIOTR, EWA, intervals=(7, 8)), doctors, NOBODY, NOW)


def test_whoever_cannot_be_asked_is_left_out_with_the_reason() -> None:
    assert why_not_anna() == []
    assert why_not_anna(active=False) == ["inactive"]
    assert why_not_anna(phones=()) == ["no_phone"]
    assert why_not_anna(phones=(phone(opted_out=True),)) == ["opted_out"]
    assert why_not_anna(frozenset({PHONES[ANNA]})) == ["one_way_country"]
    assert why_not_anna(phones=(phone(verified_on=date(2025, 11, 23)),)) == ["phone_not_verified"]
    assert why_not_anna(phones=(phone(verified_on=date(2025, 11, 24)),)) == []
    assert why_not_anna(phones=(phone(verified_on=None),)) == []
    offers, skipped = plan_offers(visit(), plan(ANNA, ANNA, JAN), [doctor(ANNA)], NOBODY, NOW)
    assert [one.doctor_id for one in offers] == [ANNA]
    assert skipped == (Skipped(ANNA, "named_twice"), Skipped(JAN, "inactive"))


def test_a_plan_holds_thirty_offers_at_most() -> None:
    doctors = [doctor(ANNA).but(id=f"d-{place}") for place in range(OFFERS_MAX + 1)]
    offers, _ = plan_offers(visit(), plan(*(one.id for one in doctors)), doctors, NOBODY, NOW)
    assert len(offers) == OFFERS_MAX


def test_each_doctor_is_asked_after_the_one_before_them_and_not_in_quiet_hours() -> None:
    offers = [offer(ANNA), offer(PIOTR, quiet_hours=UNTIL_NOON), offer(EWA, delay_minutes=440), offer(JAN)]
    assert [one.at for one in timeline(visit(), offers, QuietPolicy.HOLD, NOW)] == [
        NOW, at("11:00"), at("11:10"), None,
    ]  # fmt: skip
    urgent = timeline(visit(), offers, QuietPolicy.ASK, NOW)
    assert [one.at for one in urgent] == [NOW, NOW + 10 * MINUTE, NOW + 20 * MINUTE, None]
    assert [one.at for one in timeline(visit(), [offer(ANNA)], QuietPolicy.HOLD, CLOSES)] == [None]


def test_who_comes_after_somebody_who_cannot_be_asked_in_time_may_still_be_asked() -> None:
    evening = QuietHours(begins=at("07:00").time(), ends=at("20:00").time())
    steps = timeline(visit(), [offer(ANNA, quiet_hours=evening), offer(PIOTR)], QuietPolicy.HOLD, NOW)
    assert [one.at for one in steps] == [None, NOW]


def test_a_search_begins_now_with_its_first_step() -> None:
    before = visit(attention="doctor_wrote")
    wanted = plan(ANNA, policy=OverlapPolicy.EXCLUSIVE, quiet=QuietPolicy.SKIP, one_segment_only=False)
    assert told(before, start(before, wanted, (offer(ANNA),), "op-1", NOW)) == said(
        """
        search_started doctors=1 policy=exclusive
          status: requested > offering
          cascade: - > Cascade(offers=[Offer(id=offer-v1-1-d-anna doctor_id=d-anna phone=+48512000001
            phone_key=key-d-anna language=pl quiet_hours=QuietHours() delay_minutes=10)] policy=exclusive
            quiet=skip one_segment_only=False next_at=24th 09:00 started_at=24th 09:00 started_by=op-1)
          attention: doctor_wrote > ""
          due_at: - > 24th 09:00
          Later key=timer-v1-1-1 message=AskNextDoctor(visit_id=v1 epoch=1 arm=1 desk_id=key-d-anna)
            at=24th 09:00
        """
    )


def test_a_search_does_not_begin_twice_nor_with_nobody() -> None:
    with pytest.raises(SearchRunning) as running:
        start(searching(offer(ANNA)), plan(ANNA), (offer(ANNA),), "op-1", NOW)
    assert running.value.hint == "v1"
    with pytest.raises(NobodyToAsk):
        start(visit(), plan(), (), "op-1", NOW)


def test_texts_that_cost_more_than_one_segment_need_a_yes_of_the_operator() -> None:
    counts_twice = HOME.but(city="Nowa " + "~" * 23, district="")
    long = visit(address=counts_twice, specialization=LONG_NAME)
    abroad = (offer(ANNA, quiet_hours=QuietHours(zone="Europe/London")),)
    for offers in (abroad, (offer(PIOTR, language="en"), *abroad)):
        with pytest.raises(TextsTooLong):
            start(long, plan(ANNA), offers, "op-1", NOW)
    assert start(long, plan(ANNA, one_segment_only=False), abroad, "op-1", NOW).did == "search_started"
    warned = preview(long, plan(ANNA), abroad, [], NOW)
    assert warned.warnings == (
        "Some texts need more than one segment: they cost more and may arrive in pieces.",
    )
    assert (warned.segments, warned.cost_eur) == (2, Decimal("0.10"))


def test_who_lost_is_asked_again_behind_those_not_yet_asked_and_as_if_for_the_first_time() -> None:
    lost = offer(PIOTR, OfferStatus.LOST, answered_at=NOW, error_code=5)
    before = searching(offer(ANNA, OfferStatus.DECLINED), lost, offer(EWA))
    again = planned_again(before, before.offers)
    assert again[:3] == before.offers
    assert again[3:] == (offer(PIOTR).but(id=f"offer-v1-2-{PIOTR}"),)
    known = planned_again(before, (lost, offer(PIOTR)))
    assert len(known) == 2


def test_those_asked_again_and_those_asked_before_are_thirty_together() -> None:
    many = tuple(
        offer(ANNA, OfferStatus.LOST).but(id=f"o-{place}", doctor_id=f"d-{place}") for place in range(28)
    )
    assert len(planned_again(visit(), many)) == OFFERS_MAX
    assert len(planned_again(visit(), many + many)) == 56


class Shelf:
    """Doctors as the store would give them."""

    def __init__(self, named: Sequence[Doctor], of_clinic: Sequence[Doctor]) -> None:
        self.named, self.of_clinic, self.asked = named, of_clinic, list[Query]()

    def find_many(self, kind: type[Doctor], keys: Sequence[str]) -> list[Doctor]:
        return [one for one in self.named if one.id in keys]

    def select(self, kind: type[Doctor], query: Query) -> list[Doctor]:
        self.asked.append(query)
        return list(self.of_clinic)


def test_a_clinic_stands_for_its_doctors_of_that_specialization_after_those_named() -> None:
    other = doctor(JAN, specializations=("pediatrics",))
    shelf = Shelf([doctor(EWA)], [doctor(ANNA), other, doctor(PIOTR)])
    wanted = PlanRequest(visit_id="v1", doctor_ids=(EWA,), clinic_ids=("c-1",), intervals=(3,))
    whole, offers, skipped = gather(visit(), wanted, shelf, lambda phone: phone != PHONES[PIOTR], NOW)
    assert whole == plan(EWA, ANNA, PIOTR, intervals=(3,))
    assert [one.doctor_id for one in offers] == [EWA, ANNA]
    assert skipped == (Skipped(PIOTR, "one_way_country"),)
    assert [(one.collection, one.where, one.order, one.limit) for one in shelf.asked] == [
        ("doctors", (("active", "==", True), ("clinic_ids", "array_contains", "c-1")), (("id", "asc"),), 30)
    ]


def test_a_plan_keeps_what_was_asked_for_and_thirty_doctors_once_each() -> None:
    many = [doctor(ANNA).but(id=f"d-{place}") for place in range(40)]
    wanted = PlanRequest(
        visit_id="v1", doctor_ids=("d-3", EWA, EWA), policy=OverlapPolicy.EXCLUSIVE, quiet=QuietPolicy.ASK,
        one_segment_only=False,
    ).plan(many)  # fmt: skip
    assert wanted.doctor_ids[:4] == ("d-3", EWA, "d-0", "d-1")
    assert len(wanted.doctor_ids) == OFFERS_MAX
    assert (wanted.intervals, wanted.policy, wanted.quiet) == (
        (10,),
        OverlapPolicy.EXCLUSIVE,
        QuietPolicy.ASK,
    )
    assert wanted.one_segment_only is False


@pytest.mark.parametrize(
    "fields",
    [
        {"doctor_ids": ["d"] * 31},
        {"clinic_ids": ["c"] * 11},
        {"intervals": []},
        {"intervals": [1] * 31},
        {"intervals": [-1]},
        {"intervals": [24 * 60 + 1]},
    ],
)
def test_a_plan_has_bounds(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        PlanRequest.model_validate({"visit_id": "v1", **fields})
    within = {"doctor_ids": ["d"] * 30, "clinic_ids": ["c"] * 10, "intervals": [0, 24 * 60, *[1] * 28]}
    assert PlanRequest.model_validate({"visit_id": "v1", **within}).one_segment_only


def test_a_preview_shows_each_step_its_cost_and_its_end() -> None:
    offers, skipped = [offer(ANNA), offer(PIOTR)], [Skipped(JAN, "inactive")]
    shown = preview(visit(), plan(ANNA, PIOTR, JAN), offers, skipped, NOW)
    assert shown.model_dump(exclude={"steps"}) == {
        "visit_id": "v1", "doctors": 3, "asked_in_time": 2, "ends_at": NOW + 20 * MINUTE, "segments": 2,
        "cost_eur": Decimal("0.10"), "skipped": ({"doctor_id": JAN, "reason": "inactive"},),
        "warnings": ("2 of 3 doctors can be asked before the visit.",),
    }  # fmt: skip
    first = shown.steps[0]
    assert first.text.startswith("Visita: wizyta domowa, choroby wewnetrzne, Warszawa Mokotow, wt. 24.11")
    assert first.text.endswith("Odpisz TAK 7KJ albo NIE 7KJ.")
    assert (first.doctor_id, first.asked_at, first.segments, first.characters) == (
        ANNA,
        NOW,
        1,
        len(first.text),
    )


def test_a_preview_ends_with_the_visits_time_and_says_nothing_of_an_end_where_nobody_is_asked() -> None:
    long = preview(visit(), plan(ANNA), [offer(ANNA, delay_minutes=600)], [], NOW)
    assert long.ends_at == CLOSES
    at_once = preview(visit(), plan(ANNA), [offer(ANNA, delay_minutes=0)], [], NOW)
    assert at_once.ends_at == NOW + 10 * MINUTE
    none = preview(visit(), plan(), [], [], NOW)
    assert (none.ends_at, none.segments, none.asked_in_time, none.warnings) == (None, 0, 0, ())


@pytest.mark.parametrize(
    ("warning", "offers", "skipped", "facts"),
    [
        (
            "Some doctors live where answers to our texts do not arrive: phone them instead.",
            [], [Skipped(JAN, "one_way_country")], {},
        ),
        (
            "Some doctors would be texted in their quiet hours.",
            [offer(ANNA, quiet_hours=UNTIL_NOON)], [], {"quiet": "ask"},
        ),
        (
            "The search waits for quiet hours to end.",
            [offer(ANNA), offer(PIOTR, quiet_hours=UNTIL_NOON)], [], {},
        ),
    ],
)  # fmt: skip
def test_a_preview_warns_of_what_speaks_against_the_search(
    warning: str, offers: list[Offer], skipped: list[Skipped], facts: dict[str, object]
) -> None:
    wanted = plan(*(one.doctor_id for one in offers)).but(**facts)
    shown = preview(visit(), wanted, offers, skipped, NOW)
    assert shown.warnings == (warning,)


@pytest.mark.parametrize("quality", GeocodeQuality)
def test_a_preview_warns_of_a_place_that_is_only_roughly_known(quality: GeocodeQuality) -> None:
    somewhere = visit(address=HOME.but(quality=quality))
    is_rough = quality in (GeocodeQuality.POSTCODE, GeocodeQuality.CITY, GeocodeQuality.NONE)
    warning = "The place of the visit is only roughly known: set a pin on the map."
    shown = preview(somewhere, plan(ANNA), [offer(ANNA)], [], NOW)
    assert shown.warnings == ((warning,) if is_rough else ())
