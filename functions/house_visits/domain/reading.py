"""What a doctor's text does: the reply is interpreted, bound to its offer, and decided.

Every text ends in exactly one of: bound, asked back, handed to the operator, ignored with a reason.
Nothing is guessed.
"""

from dataclasses import replace
from datetime import timedelta

from functions.house_visits.domain.answering import passive, to_operator
from functions.house_visits.domain.chatting import chat_answer, question
from functions.house_visits.domain.desk import Binding, BindingKind, DeskEntry, bind, is_open
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.offer import Offer, OfferEvent
from functions.house_visits.domain.opting import opt_in, opt_out, yes_after_stop
from functions.house_visits.domain.replies import IntentKind, Reason, ReplyIntent, interpret
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading, any_language, language_of
from functions.house_visits.domain.texts import doctor_text, which_text
from functions.house_visits.domain.visit import OPEN, Channel, Visit
from functions.house_visits.domain.winning import TEXTS, Result, accept, decline, winner_says_no

SHORT_YES_CLEAR_AFTER = timedelta(hours=24)


def read_text(facts: Facts) -> Reading:
    intent = interpret(facts.text.body)
    if intent.kind == IntentKind.STOP:
        return opt_out(facts, intent)
    if intent.kind == IntentKind.START:
        return opt_in(facts)
    if intent.reason == Reason.AUTO_RESPONDER:
        return Reading(Outcome.IGNORED, intent.reason)
    binding = bind(intent, facts.desk, facts.text.recipient, dict(facts.visits), facts.now)
    if facts.desk.opted_out and intent.kind == IntentKind.ACCEPT:
        return yes_after_stop(facts, intent, binding)
    if (joined := chat_answer(facts, intent, binding)) is not None:
        return joined
    meant = binding.choices if binding.entry is None else (binding.entry,)
    return replace(_bound(facts, intent, binding), answers=tuple(one.origin for one in meant))


def _bound(facts: Facts, intent: ReplyIntent, binding: Binding) -> Reading:
    if binding.kind == BindingKind.AMBIGUOUS:
        return _which(facts, binding)
    if binding.entry is None:
        return _unbound(facts, intent, binding)
    if intent.kind == IntentKind.ASK or _may_mean_understood(facts, intent, binding):
        return _unclear(facts, intent, binding.entry)
    return _decide(facts, intent, binding)


def _may_mean_understood(facts: Facts, intent: ReplyIntent, binding: Binding) -> bool:
    """A bare "ok" is a yes to the only thing we wrote. Where another offer has just ended on this number,
    it may be an answer to that news; and an "ok" after a no may not take the no back."""
    if intent.reason != Reason.SHORT_YES:
        return False
    if binding.kind == BindingKind.CLOSED:
        offer = _offer_of(facts, binding.entry)
        return offer is not None and offer.can(OfferEvent.ACCEPT)
    since = facts.now - SHORT_YES_CLEAR_AFTER
    other = [one for one in facts.desk.entries if one != binding.entry and one.sender == facts.text.recipient]
    return any(one.offered_at >= since for one in other)


def _decide(facts: Facts, intent: ReplyIntent, binding: Binding) -> Reading:
    entry = binding.entry
    assert entry is not None
    visit, offer = facts.visits.get(entry.visit_id), _offer_of(facts, entry)
    if visit is None:
        return Reading(Outcome.IGNORED, "offer_is_gone")
    if intent.kind == IntentKind.DECLINE:
        return _no(facts, visit, binding, entry)
    if offer is None:
        return _yes_to_an_earlier_search(facts, visit, entry)
    return _accept(facts, visit, offer, binding)


def _no(facts: Facts, visit: Visit, binding: Binding, entry: DeskEntry) -> Reading:
    """From who was to come it is heard also where the offer is of an earlier search: they may have been
    booked by phone since."""
    reason = f"decline_by_{binding.kind}"
    if (doubt := winner_says_no(visit, entry.doctor_id, Channel.SMS.value)) is not None:
        text = doctor_text("operator_calls", language_of(facts, entry))
        return passive(facts, Outcome.TO_OPERATOR, reason, text, (doubt,))
    if (offer := _offer_of(facts, entry)) is None:
        return Reading(Outcome.IGNORED, "offer_is_gone")
    return Reading(Outcome.BOUND, reason, (decline(visit, offer, facts.now, Channel.SMS),))


def _offer_of(facts: Facts, entry: DeskEntry | None) -> Offer | None:
    visit = facts.visits.get(entry.visit_id) if entry else None
    return visit.cascade.offer(entry.offer_id) if entry and visit and visit.cascade else None


def _accept(facts: Facts, visit: Visit, offer: Offer, binding: Binding) -> Reading:
    diary = facts.diaries.get(offer.doctor_id) or Diary(id=offer.doctor_id, tenant_id=visit.tenant_id)
    acceptance = accept(visit, offer, facts.doctors.get(offer.doctor_id), diary, Channel.SMS, facts.now)
    reason = f"{acceptance.result}_by_{binding.kind}"
    if acceptance.result == Result.WON:
        taken = diary.with_visit(visit.id, visit.span, facts.now)
        return Reading(Outcome.BOUND, reason, (acceptance.decision,), diaries=(taken,))
    text = doctor_text(TEXTS[acceptance.result], offer.language, visit, offer.code)
    return passive(facts, Outcome.BOUND, reason, text, (acceptance.decision,))


def _yes_to_an_earlier_search(facts: Facts, visit: Visit, entry: DeskEntry) -> Reading:
    """That search is over and forgotten; where the visit still needs somebody, a person asks."""
    if visit.status in OPEN and visit.winner is None:
        return to_operator(facts, visit, entry, "yes_to_an_earlier_search")
    text = doctor_text("offer_over", any_language(facts), code=entry.code)
    return passive(facts, Outcome.BOUND, "offer_is_gone", text)


def _which(facts: Facts, binding: Binding) -> Reading:
    """Several offers are open and the text names none: the doctor says which, we never choose."""
    language = language_of(facts, binding.choices[0])
    text = which_text(language, [one.code for one in binding.choices])
    return passive(facts, Outcome.ASKED_BACK, "several_open_offers", text)


def _unclear(facts: Facts, intent: ReplyIntent, entry: DeskEntry) -> Reading:
    """Conditions and counter-offers go to a person, questions into the conversation about the visit; what one
    more word clears up is asked."""
    if (asked := question(facts, intent, entry)) is not None:
        return asked
    language = language_of(facts, entry)
    visit = facts.visits.get(entry.visit_id)
    if not intent.for_operator and is_open(entry, dict(facts.visits)):
        text = doctor_text("say_clearly", language, code=entry.code)
        return passive(facts, Outcome.ASKED_BACK, intent.reason, text)
    if visit is None:
        return Reading(Outcome.TO_OPERATOR, intent.reason)
    if intent.reason == Reason.ACKNOWLEDGED:
        return Reading(Outcome.IGNORED, intent.reason)  # thanks for the news that it is over
    return to_operator(facts, visit, entry, intent.reason.value)


def _unbound(facts: Facts, intent: ReplyIntent, binding: Binding) -> Reading:
    """No offer fits. A code that is not this phone's is answered without saying whose it might be, and to
    a phone that we never wrote to not at all: perhaps a doctor's other one, so a person asks."""
    if binding.kind == BindingKind.UNKNOWN_CODE and facts.desk.entries:
        text = doctor_text("unknown_code", any_language(facts))
        return passive(facts, Outcome.ASKED_BACK, "unknown_code", text)
    if intent.reason == Reason.EMPTY:
        return Reading(Outcome.IGNORED, "empty")
    return Reading(Outcome.TO_OPERATOR, "no_offer_on_this_phone")
