"""Planning a cascade: who would be asked, when, with what text, at what cost, and what speaks against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from functions.house_visits.domain.asking import timer
from functions.house_visits.domain.cascade import (
    OFFERS_MAX,
    Cascade,
    OverlapPolicy,
    QuietPolicy,
)
from functions.house_visits.domain.offer import Offer, OfferStatus
from functions.house_visits.domain.texts import doctor_text
from functions.house_visits.domain.visit import Visit, VisitEvent, VisitStatus
from shared.contracts.directory import Doctor
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.gsm import SmsLength, segments
from shared.kernel.records import Decision, Value

SAMPLE_CODE = "7KJ"
PHONE_VERIFIED_FOR = timedelta(days=365)


class NobodyToAsk(Invalid):
    """None of these doctors can be asked: choose others, or send the visit to the outside search."""


class SearchRunning(Conflict):
    """A search is running for this visit already."""


class TextsTooLong(Invalid):
    """A text would need more than one segment: shorten the place, or agree to the higher cost."""


class Plan(Value):
    """How the operator wants doctors asked. `intervals`: minutes after each; one for all, or one each."""

    doctor_ids: tuple[str, ...]
    intervals: tuple[int, ...]
    policy: OverlapPolicy = OverlapPolicy.STAGGERED
    quiet: QuietPolicy = QuietPolicy.HOLD
    one_segment_only: bool = True

    def interval(self, place: int) -> int:
        return self.intervals[0] if len(self.intervals) == 1 else self.intervals[place]


@dataclass(frozen=True)
class Skipped:
    doctor_id: str
    reason: str  # inactive, named_twice, no_phone, opted_out, one_way_country, phone_not_verified


@dataclass(frozen=True)
class PlannedStep:
    offer: Offer
    at: datetime | None  # None: the visit's time has come before this doctor's turn
    text: str
    length: SmsLength


def plan_offers(
    visit: Visit, plan: Plan, doctors: Sequence[Doctor], one_way: frozenset[str], now: datetime
) -> tuple[tuple[Offer, ...], tuple[Skipped, ...]]:
    """Offers in the order asked for, one per doctor, and who cannot be asked. `one_way`: phones whose
    answers would not reach us."""
    if len(plan.intervals) not in (1, len(plan.doctor_ids)):
        raise Invalid("Give one interval, or one for each doctor.")
    by_id = {one.id: one for one in doctors}
    offers: list[Offer] = []
    skipped: list[Skipped] = []
    for place, doctor_id in enumerate(plan.doctor_ids):
        reason = _why_not(by_id.get(doctor_id), [one.doctor_id for one in offers], doctor_id, one_way, now)
        if reason:
            skipped.append(Skipped(doctor_id, reason))
        else:
            offers.append(_offer(visit, by_id[doctor_id], plan.interval(place)))
    return tuple(offers[:OFFERS_MAX]), tuple(skipped)


def _why_not(
    doctor: Doctor | None, planned: Sequence[str], doctor_id: str, one_way: frozenset[str], now: datetime
) -> str:
    if doctor is None or not doctor.active:
        return "inactive"
    if doctor_id in planned:
        return "named_twice"
    phone = doctor.texting_phone
    if phone is None:
        return "opted_out" if doctor.phones else "no_phone"
    if phone.number in one_way:
        return "one_way_country"
    if phone.verified_on is not None and phone.verified_on < (now - PHONE_VERIFIED_FOR).date():
        return "phone_not_verified"
    return ""


def _offer(visit: Visit, doctor: Doctor, delay_minutes: int) -> Offer:
    phone = doctor.texting_phone
    assert phone is not None
    return Offer(
        id=f"offer-{visit.id}-{visit.epoch}-{doctor.id}",
        doctor_id=doctor.id,
        clinic_id=doctor.clinic_ids[0] if doctor.clinic_ids else "",
        phone=phone.number,
        phone_key=phone.phone_key,
        language=doctor.language,
        quiet_hours=doctor.quiet_hours,
        delay_minutes=delay_minutes,
    )


def timeline(visit: Visit, offers: Sequence[Offer], quiet: QuietPolicy, now: datetime) -> list[PlannedStep]:
    """When each doctor would be asked if nobody answers, and the text as it would be sent."""
    at, steps = now, []
    for offer in offers:
        text = doctor_text("offer", offer.language, visit, SAMPLE_CODE, offer.quiet_hours.zone).body
        asked = at if quiet == QuietPolicy.ASK else offer.quiet_hours.next_allowed(at)
        in_time = asked < visit.closes_at
        steps.append(PlannedStep(offer, asked if in_time else None, text, segments(text)))
        if in_time:
            at = asked + timedelta(minutes=offer.delay_minutes)
    return steps


def start(visit: Visit, plan: Plan, offers: tuple[Offer, ...], by: str, now: datetime) -> Decision[Visit]:
    """The cascade begins: its first step is due now."""
    if visit.status == VisitStatus.OFFERING:
        raise SearchRunning(hint=visit.id)
    if not offers:
        raise NobodyToAsk
    if plan.one_segment_only:
        _insist_on_one_segment(visit, offers, plan, now)
    cascade = Cascade(
        offers=offers,
        policy=plan.policy,
        quiet=plan.quiet,
        one_segment_only=plan.one_segment_only,
        next_at=now,
        started_at=now,
        started_by=by,
    )
    after = visit.after(VisitEvent.START_CASCADE, cascade=cascade, due_at=now, attention="")
    details = {"doctors": len(offers), "policy": plan.policy.value}
    return Decision(after, "search_started", details, (timer(after, now),))


def _insist_on_one_segment(visit: Visit, offers: Sequence[Offer], plan: Plan, now: datetime) -> None:
    if any(step.length.segments > 1 for step in timeline(visit, offers, plan.quiet, now)):
        raise TextsTooLong


def planned_again(visit: Visit, offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """After the winner withdrew: those who lost are planned once more, behind those not yet asked."""
    waiting = {one.doctor_id for one in offers if one.status == OfferStatus.PLANNED}
    lost = [one for one in offers if one.status == OfferStatus.LOST and one.doctor_id not in waiting]
    room = max(0, OFFERS_MAX - len(offers))
    fresh = tuple(
        one.but(
            id=f"offer-{visit.id}-{visit.epoch + 1}-{one.doctor_id}",
            status=OfferStatus.PLANNED,
            sender="",
            code="",
            asked_at=None,
            answered_at=None,
            error_code=0,
        )
        for one in lost[:room]
    )
    return (*offers, *fresh)
