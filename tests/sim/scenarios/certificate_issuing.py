"""Signing, one thing at a time and on random days: one certificate per case, numbers without a gap."""

from collections.abc import Callable
from functools import partial
from typing import Final

from functions.certificates.domain.certificate import Certificate
from tests.sim.counting import records
from tests.sim.machine import Machine
from tests.sim.scenario import Scenario
from tests.sim.signing import Practice, breaches

ANNA, PIOTR = "d-1", "d-2"
MODULES: Final = ("certificates", "messaging", "platform")
CASES: Final = 12
DOCTORS: Final = 4


def signed_and_printed(practice: Practice) -> None:
    practice.works("case-1", ANNA)


def signed_in_two_tabs(practice: Practice) -> None:
    version = practice.writes("case-1", ANNA)
    practice.machine.timeline.start(partial(practice.signs, "case-1", ANNA, version))
    practice.signs("case-1", ANNA, version)


def two_sign_at_once(practice: Practice) -> None:
    practice.machine.timeline.start(partial(practice.works, "case-2", PIOTR))
    practice.works("case-1", ANNA)


def amended(practice: Practice) -> None:
    practice.works("case-1", ANNA)
    practice.machine.wait(minutes=2)
    practice.amends("case-1", ANNA)


def made_void_at_once(practice: Practice) -> None:
    """Perhaps before it was printed, perhaps after its patient was told."""
    practice.works("case-1", ANNA)
    practice.makes_void("case-1")


def amended_and_made_void_at_once(practice: Practice) -> None:
    practice.works("case-1", ANNA)
    practice.machine.wait(minutes=1)
    practice.machine.timeline.start(partial(practice.makes_void, "case-1"))
    practice.amends("case-1", ANNA)


STORIES: Final[tuple[Callable[[Practice], None], ...]] = (
    signed_and_printed,
    signed_in_two_tabs,
    two_sign_at_once,
    amended,
    made_void_at_once,
    amended_and_made_void_at_once,
)


def _play(act: Callable[[Practice], None], machine: Machine) -> Practice:
    practice = Practice(machine)
    for number, one in enumerate((ANNA, PIOTR), start=1):
        practice.doctor(one)
        practice.cases(one, number)
    machine.timeline.start(lambda: act(practice), 5.0)
    return practice


def _some_certificate(practice: Practice) -> list[str]:
    return [*breaches(practice), *([] if practice.told else ["nobody was shown a number"])]


class Day:
    """Four doctors with three cases each; each works through them, and some is put right or made void."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.dice, self.practice = machine, machine.dice, Practice(machine)

    def play(self) -> Practice:
        for number in range(1, DOCTORS + 1):
            doctor_id = f"d-{number}"
            mine = range(number, CASES + 1, DOCTORS)
            self.practice.doctor(doctor_id)
            self.practice.cases(doctor_id, *mine)
            for case in mine:
                after = self.dice.between(f"begin {case}", 0, 400)
                self.machine.timeline.start(partial(self._case, case, doctor_id), after)
        return self.practice

    def _case(self, number: int, doctor_id: str) -> None:
        practice, case_id = self.practice, f"case-{number}"
        version = practice.writes(case_id, doctor_id)
        if self.dice.share(f"two tabs {number}") < 0.3:
            self.machine.timeline.start(partial(practice.signs, case_id, doctor_id, version))
        practice.signs(case_id, doctor_id, version)
        self.machine.wait(minutes=self.dice.between(f"later {number}", 0, 6))
        end = self.dice.one_of(f"end {number}", ("", "", "", "amend", "amend", "void", "both"))
        if end in ("amend", "both"):
            practice.amends(case_id, doctor_id)
        if end in ("void", "both"):
            practice.makes_void(case_id)


SCENARIOS = (
    *(
        Scenario(act.__name__, partial(_play, act), _some_certificate, 15, 30, modules=MODULES)
        for act in STORIES
    ),
    Scenario(
        "a day of signing",
        lambda machine: Day(machine).play(),
        breaches,
        minutes=25,
        calm_minutes=35,
        subjects=CASES,
        ends=records(Certificate),
        wanted=("issued",),
        is_random=True,
        modules=MODULES,
    ),
)
