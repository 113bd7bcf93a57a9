"""What is known when a text is read, and what the reading wants written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from functions.house_visits.domain.desk import Desk, DeskEntry
from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.visit import Visit
from shared.contracts.chat import AnswerWindows
from shared.contracts.directory import Doctor
from shared.contracts.messaging import InboundText
from shared.kernel.effects import Effect
from shared.kernel.records import Decision

UNKNOWN_LANGUAGE = "pl"
"""Of a phone that holds nothing of ours."""


class Outcome(StrEnum):
    BOUND = "bound"
    ASKED_BACK = "asked_back"
    TO_OPERATOR = "to_operator"
    IGNORED = "ignored"


@dataclass(frozen=True)
class Facts:
    """Everything that was read about a text before anything is decided."""

    text: InboundText
    desk: Desk
    visits: Mapping[str, Visit]
    doctors: Mapping[str, Doctor]
    diaries: Mapping[str, Diary]
    now: datetime
    windows: AnswerWindows | None = None


@dataclass(frozen=True)
class Reading:
    """What is to be written: changed visits, the desk, diaries, and letters. `answers`: the calls that asked
    what this may be the answer to (their `Context.origin`)."""

    outcome: Outcome
    reason: str
    decisions: tuple[Decision[Visit], ...] = ()
    desk: Desk | None = None
    diaries: tuple[Diary, ...] = ()
    effects: tuple[Effect, ...] = field(default=())
    answers: tuple[str, ...] = ()


def language_of(facts: Facts, entry: DeskEntry) -> str:
    """Of the offer; where that is forgotten, the doctor's own."""
    visit = facts.visits.get(entry.visit_id)
    offer = visit.cascade.offer(entry.offer_id) if visit and visit.cascade else None
    doctor = facts.doctors.get(entry.doctor_id)
    return offer.language if offer else doctor.language if doctor else UNKNOWN_LANGUAGE


def any_language(facts: Facts) -> str:
    return language_of(facts, facts.desk.entries[0]) if facts.desk.entries else UNKNOWN_LANGUAGE
