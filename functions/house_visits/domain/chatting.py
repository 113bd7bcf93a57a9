"""A text that answers no offer but follows our word that something waits to be read: it joins that talk.

Offers come first, always. A bare yes or no joins it only where it can mean nothing else.
"""

from functions.house_visits.domain.desk import Binding, BindingKind
from functions.house_visits.domain.replies import IntentKind, Reason, ReplyIntent
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading
from shared.contracts.chat import AnswerWindow, ChatAnswered
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


def _may_speak_of_offer(facts: Facts, intent: ReplyIntent, binding: Binding, window: AnswerWindow) -> bool:
    """A no may always be one of who was to come; a yes not, where the visit was taken before we wrote."""
    if intent.kind == IntentKind.DECLINE:
        return True
    if intent.kind != IntentKind.ACCEPT:
        return False
    visit = facts.visits.get(binding.entry.visit_id) if binding.entry else None
    return visit is None or visit.winner is None or visit.winner.won_at >= window.since
