"""What a doctor's text does: the reply is interpreted, bound to its offer, and decided.

Every text ends in exactly one of: bound, asked back, handed to the operator, ignored with a reason.
Nothing is guessed.
"""

from datetime import timedelta

from functions.house_visits.domain.asking import moved_on
from functions.house_visits.domain.desk import Binding, BindingKind, DeskEntry, bind, is_open
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.offer import Offer, OfferEvent
from functions.house_visits.domain.replies import IntentKind, Reason, ReplyIntent, interpret
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading, any_language, language_of
from functions.house_visits.domain.texts import doctor_text, which_text
from functions.house_visits.domain.visit import Channel, Visit
from functions.house_visits.domain.winning import TEXTS, Result, accept, decline
from shared.contracts.messaging import PhoneOptedOut
from shared.kernel.effects import Publish, SendSms
from shared.kernel.records import Decision

ANSWER_VALID = timedelta(hours=4)
SHORT_YES_CLEAR_AFTER = timedelta(hours=24)


def read_text(facts: Facts) -> Reading:
    intent = interpret(facts.text.body)
    if intent.kind == IntentKind.STOP:
        return _opt_out(facts, intent)
    if intent.kind == IntentKind.START:
        return _opt_in(facts)
    if intent.reason == Reason.AUTO_RESPONDER:
        return Reading(Outcome.IGNORED, intent.reason)
    binding = bind(intent, facts.desk, facts.text.recipient, dict(facts.visits), facts.now)
    if binding.kind == BindingKind.AMBIGUOUS:
        return _which(facts, binding)
    if binding.entry is None:
        return _unbound(facts, intent, binding)
    if intent.kind == IntentKind.ASK or _may_mean_understood(facts, intent, binding):
        return _unclear(facts, intent, binding.entry)
    return _decide(facts, intent, binding)


def _may_mean_understood(facts: Facts, intent: ReplyIntent, binding: Binding) -> bool:
    """A bare "ok" is a yes to the only thing we wrote. Where another offer has just ended on this number,
    it may be an answer to that news."""
    if intent.reason != Reason.SHORT_YES or binding.kind != BindingKind.SOLE_OPEN:
        return False
    since = facts.now - SHORT_YES_CLEAR_AFTER
    other = [one for one in facts.desk.entries if one != binding.entry and one.sender == facts.text.recipient]
    return any(one.offered_at >= since for one in other)


def _decide(facts: Facts, intent: ReplyIntent, binding: Binding) -> Reading:
    entry = binding.entry
    assert entry is not None
    visit = facts.visits.get(entry.visit_id)
    offer = visit.cascade.offer(entry.offer_id) if visit and visit.cascade else None
    if visit is None or offer is None:
        return Reading(Outcome.IGNORED, "offer_is_gone")
    if intent.kind == IntentKind.DECLINE:
        decision = decline(visit, offer, facts.now, Channel.SMS)
        return Reading(Outcome.BOUND, f"decline_by_{binding.kind}", (decision,))
    return _accept(facts, visit, offer, binding)


def _accept(facts: Facts, visit: Visit, offer: Offer, binding: Binding) -> Reading:
    diary = facts.diaries.get(offer.doctor_id) or Diary(id=offer.doctor_id, tenant_id=visit.tenant_id)
    acceptance = accept(visit, offer, facts.doctors.get(offer.doctor_id), diary, Channel.SMS, facts.now)
    reason = f"{acceptance.result}_by_{binding.kind}"
    if acceptance.result == Result.WON:
        taken = diary.with_visit(visit.id, visit.span, facts.now)
        return Reading(Outcome.BOUND, reason, (acceptance.decision,), diaries=(taken,))
    text = doctor_text(TEXTS[acceptance.result], offer.language, visit, offer.code)
    return Reading(Outcome.BOUND, reason, (acceptance.decision,), effects=(_answer(facts, text),))


def _which(facts: Facts, binding: Binding) -> Reading:
    """Several offers are open and the text names none: the doctor says which, we never choose."""
    language = language_of(facts, binding.choices[0])
    text = which_text(language, [one.code for one in binding.choices])
    return _passive(facts, Outcome.ASKED_BACK, "several_open_offers", text)


def _unclear(facts: Facts, intent: ReplyIntent, entry: DeskEntry) -> Reading:
    """Conditions, questions and counter-offers go to a person; what one more word clears up is asked."""
    language = language_of(facts, entry)
    visit = facts.visits.get(entry.visit_id)
    if not intent.for_operator and is_open(entry, dict(facts.visits)):
        text = doctor_text("say_clearly", language, code=entry.code)
        return _passive(facts, Outcome.ASKED_BACK, intent.reason, text)
    if visit is None:
        return Reading(Outcome.TO_OPERATOR, intent.reason)
    details = {"doctor_id": entry.doctor_id, "reason": intent.reason.value, "text_id": facts.text.id}
    noted = Decision(visit.but(attention="doctor_wrote"), "doctor_wrote", details)
    text = doctor_text("operator_calls", language)
    return _passive(facts, Outcome.TO_OPERATOR, intent.reason, text, (noted,))


def _unbound(facts: Facts, intent: ReplyIntent, binding: Binding) -> Reading:
    """No offer fits. A code that is not this phone's is answered without saying whose it might be."""
    if binding.kind == BindingKind.UNKNOWN_CODE:
        text = doctor_text("unknown_code", any_language(facts))
        return _passive(facts, Outcome.ASKED_BACK, "unknown_code", text)
    if intent.kind == IntentKind.ASK and intent.reason == Reason.EMPTY:
        return Reading(Outcome.IGNORED, "empty")
    return Reading(Outcome.TO_OPERATOR, "no_offer_on_this_phone")


def _opt_out(facts: Facts, intent: ReplyIntent) -> Reading:
    """No more texts to this phone, on any of our numbers; its open offers end and the search moves on."""
    visits, decisions = dict(facts.visits), []
    for entry in facts.desk.entries:
        visit = visits.get(entry.visit_id)
        offer = visit.cascade.offer(entry.offer_id) if visit and visit.cascade else None
        if visit is None or offer is None or not is_open(entry, visits):
            continue
        ended = offer.after(OfferEvent.WITHDRAW, answered_at=facts.now)
        moved = moved_on(visit.but(attention="doctor_opted_out"), ended, facts.now, "doctor_opted_out")
        visits[visit.id] = moved.record
        decisions.append(moved)
    told = PhoneOptedOut(phone_key=facts.text.phone_key, opted_out=True, text_id=facts.text.id)
    letter = Publish(key=f"opted-out-{facts.text.id}", message=told)
    return Reading(
        Outcome.BOUND, intent.reason, tuple(decisions), facts.desk.but(opted_out=True), effects=(letter,)
    )


def _opt_in(facts: Facts) -> Reading:
    """Texts are welcome again. An offer that is still open is asked about again, never booked by this."""
    told = PhoneOptedOut(phone_key=facts.text.phone_key, opted_out=False, text_id=facts.text.id)
    letter = Publish(key=f"opted-in-{facts.text.id}", message=told)
    opened = [one for one in facts.desk.entries if is_open(one, dict(facts.visits))]
    language = any_language(facts)
    text = (
        which_text(language, [one.code for one in opened])
        if opened
        else doctor_text("welcome_back", language)
    )
    effects = (letter, _answer(facts, text))
    return Reading(Outcome.BOUND, Reason.OPT_IN_WORD, desk=facts.desk.but(opted_out=False), effects=effects)


def _passive(
    facts: Facts, outcome: Outcome, reason: str, text: str, decisions: tuple[Decision[Visit], ...] = ()
) -> Reading:
    """Answer a text that decided nothing, a few times a day at most."""
    if not facts.desk.may_answer(facts.now) or facts.desk.opted_out:
        return Reading(outcome, reason, decisions)
    return Reading(outcome, reason, decisions, facts.desk.counted(facts.now), effects=(_answer(facts, text),))


def _answer(facts: Facts, text: str) -> SendSms:
    return SendSms(
        key=f"reply-{facts.text.id}",
        to=facts.text.sender,
        sender=facts.text.recipient,
        body=text,
        marker=text,
        valid_until=facts.now + ANSWER_VALID,
        about=facts.text.id,
    )
