"""The end of a story: the log of the visit, what was promised and whether it held, and the figures."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from infra.local.demos.phone_call import HOME
from infra.local.demos.stage import Person, Shown, Stage, counted
from shared.kernel.records import Activity


@dataclass
class Promises:
    """`outcome` begins the line of figures, e.g. `booked in 18 min`."""

    outcome: str
    kept: list[tuple[str, bool]] = field(default_factory=list)

    def add(self, promise: str, held: bool) -> None:
        self.kept.append((promise, held))

    def tell(self, stage: Stage) -> int:
        """0 when all of them held."""
        log = stage.log()
        self._add_what_always_holds(stage, log)
        stage.show.heading("The log of the visit")
        stage.show.rows([_row(stage, one) for one in log], right=(0,))
        stage.show.heading("What was promised")
        stage.show.blank()
        for promise, held in self.kept:
            stage.show.promise(promise, held)
        good = all(held for _, held in self.kept)
        stage.show.figures(self._figures(stage, log), good)
        return 0 if good else 1

    def _add_what_always_holds(self, stage: Stage, log: list[Activity]) -> None:
        numbers = [one.number for one in log]
        self.add("the log has no gaps", numbers == list(range(1, stage.visit().version + 1)))
        self.add("every text fits one segment", all(one["segments"] == 1 for one in ours(stage)))
        secret = (HOME.line, "Malinowska")
        told = any(word in one["body"] for one in ours(stage) for word in secret)
        self.add("no text holds a name or an address", not told)

    def _figures(self, stage: Stage, log: list[Activity]) -> str:
        sent = ours(stage)
        asked = [one for one in stage.visit().cascade.offers if one.asked_at] if stage.visit().cascade else []
        facts = [
            self.outcome,
            *([f"{counted(len(asked), 'doctor')} asked"] if asked else []),
            f"{counted(len(sent), 'text')}, {counted(sum(one['segments'] for one in sent), 'segment')}",
            f"{counted(len(log), 'log line')}",
        ]
        return " · ".join(facts)


def ours(stage: Stage, person: Person | None = None) -> list[Shown]:
    """The texts that we sent, to one person or to all; the carrier's own are not ours."""
    sent = [one for one in stage.texts if one["direction"] == "outbound-api"]
    return [one for one in sent if person is None or one["to"] == person.phone]


def is_booked_by(visit: Any, doctor: Person) -> bool:
    return bool(visit.status == "booked" and visit.winner and visit.winner.doctor_id == doctor.id)


def minutes_between(began: datetime, ended: datetime) -> int:
    return int((ended - began) / timedelta(minutes=1))


def _row(stage: Stage, one: Activity) -> tuple[str, ...]:
    ids_first = sorted(one.details.items(), key=lambda detail: (not detail[0].endswith("_id"), detail[0]))
    details = ", ".join(_detail(name, value) for name, value in ids_first)
    return f"{one.number}", stage.show.hour(one.at), one.by_role, one.did.replace("_", " "), details


def _detail(name: str, value: object) -> str:
    """`doctor-0661` says by itself what it is."""
    if name.endswith("_id"):
        return str(value)
    shown = {True: "yes", False: "no"}[value] if isinstance(value, bool) else value
    return f"{name.replace('_', ' ')} {shown}".replace("_", " ")
