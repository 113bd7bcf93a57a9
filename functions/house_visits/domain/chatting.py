"""Texts that belong into a conversation: an answer to our word that something waits there, and a question.

Offers come first, always. A bare yes or no joins a talk only where it can mean nothing else.
"""

from dataclasses import replace

from functions.house_visits.domain.answering import noted, passive
from functions.house_visits.domain.desk import Binding, BindingKind, DeskEntry, is_open
from functions.house_visits.domain.replies import IntentKind, Reason, ReplyIntent
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading, language_of
from functions.house_visits.domain.texts import doctor_text
from functions.house_visits.domain.visit import Visit
from shared.contracts.chat import AnswerWindow, ChatAnswered, ChatAsked
from shared.kernel.effects import Publish

SEVERAL = "several_conversations"


def chat_answer(facts: Facts, intent: ReplyIntent, binding: Binding) -> Reading | None:
    """None where it is no answer to a conversation, or may be an answer to an offer."""
    open_on = facts.windows.open_on(facts.text.recipient, facts.now) if facts.windows else ()
    if not open_on or intent.reason == Reason.EMPTY:
        return None
    if binding.kind not in (BindingKind.NONE, BindingKind.CLOSED):
        return None  # an offer is open on this number, or a code was named
    if binding.kind == BindingKind.CLOSED and _may_speak_of_offer(facts, intent, binding, open_on[0]):
        return None
    if len({one.thread_id for one in open_on}) > 1 or len({one.doctor_id for one in open_on}) > 1:
        return Reading(Outcome.TO_OPERATOR, SEVERAL, answers=tuple(one.origin for one in open_on))
    news = ChatAnswered(text_id=facts.text.id, thread_id=open_on[0].thread_id, doctor_id=open_on[0].doctor_id)
    letter = Publish(key=f"chat-answer-{facts.text.id}", message=news)
    return Reading(Outcome.BOUND, "chat", effects=(letter,), answers=(open_on[0].origin,))


def question(facts: Facts, intent: ReplyIntent, entry: DeskEntry) -> Reading | None:
    """It is asked in the conversation about the visit, and the search goes on; who asks is interested. None
    where it is no question, or the visit is no longer theirs to ask about."""
    visit = facts.visits.get(entry.visit_id)
    if intent.reason != Reason.QUESTION or visit is None:
        return None
    if not (is_open(entry, dict(facts.visits)) or visit.is_won_by(entry.doctor_id)):
        return None
    news = ChatAsked(text_id=facts.text.id, thread_id=visit.id, doctor_id=entry.doctor_id)
    letter = Publish(key=f"chat-question-{facts.text.id}", message=news)
    marked = noted(facts, _interested(visit, entry, facts), entry, intent.reason.value)
    text = doctor_text("operator_calls", language_of(facts, entry))
    reading = passive(facts, Outcome.BOUND, "chat", text, marked)
    return replace(reading, effects=(*reading.effects, letter))


def _interested(visit: Visit, entry: DeskEntry, facts: Facts) -> Visit:
    cascade = visit.cascade
    if cascade is None or (offer := cascade.offer(entry.offer_id)) is None:
        return visit
    return visit.but(cascade=cascade.with_offer(offer.but(interested_at=facts.now)))


def _may_speak_of_offer(facts: Facts, intent: ReplyIntent, binding: Binding, window: AnswerWindow) -> bool:
    """A no may always be one of who was to come; a yes not, where the visit was taken before we wrote."""
    if intent.kind != IntentKind.ACCEPT:
        return intent.kind == IntentKind.DECLINE
    visit = facts.visits.get(binding.entry.visit_id) if binding.entry else None
    return visit is None or visit.winner is None or visit.winner.won_at >= window.since
