"""Answers to texts that decide nothing, and what of a text a person has to read."""

from datetime import timedelta

from functions.house_visits.domain.desk import DeskEntry
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading, language_of
from functions.house_visits.domain.texts import doctor_text
from functions.house_visits.domain.visit import Visit
from shared.contracts.notice_letters import text_letter
from shared.contracts.notice_words import Text
from shared.kernel.effects import SendSms
from shared.kernel.records import Decision

ANSWER_VALID = timedelta(hours=4)


def to_operator(facts: Facts, visit: Visit, entry: DeskEntry, reason: str) -> Reading:
    text = doctor_text("operator_calls", language_of(facts, entry))
    return passive(facts, Outcome.TO_OPERATOR, reason, text, noted(facts, visit, entry, reason))


def noted(facts: Facts, visit: Visit, entry: DeskEntry, reason: str) -> tuple[Decision[Visit], ...]:
    details = {"doctor_id": entry.doctor_id, "reason": reason, "text_id": facts.text.id}
    return (Decision(visit.but(attention="doctor_wrote"), "doctor_wrote", details),)


def passive(
    facts: Facts, outcome: Outcome, reason: str, text: Text, decisions: tuple[Decision[Visit], ...] = ()
) -> Reading:
    """Answer a text that decided nothing, a few times a day at most."""
    if not facts.desk.may_answer(facts.now) or facts.desk.opted_out:
        return Reading(outcome, reason, decisions)
    return Reading(outcome, reason, decisions, facts.desk.counted(facts.now), effects=(answer(facts, text),))


def answer(facts: Facts, text: Text) -> SendSms:
    return text_letter(
        text,
        key=f"reply-{facts.text.id}",
        to=facts.text.sender,
        sender=facts.text.recipient,
        valid_until=facts.now + ANSWER_VALID,
        about=facts.text.id,
    )
