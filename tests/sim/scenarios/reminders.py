"""A morning of reminders: looked through again and again while everything fails, told once, in one mail."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Final

from functions.referrals.domain.digest import ReminderDigest
from functions.referrals.domain.fitness import FitnessCertificate, NextDue, NextDueReason
from functions.referrals.domain.reminder_promises import belongs_to_its_digest, tells_once
from functions.referrals.domain.reminders import Reminder
from functions.referrals.scan_expiries import scan_expiries
from functions.referrals.send_digests import send_digests
from tests.functions.referrals.people import TODAY, certificate, employee, employer
from tests.sim.counting import records
from tests.sim.judge import all_of, log_of
from tests.sim.machine import Machine
from tests.sim.scenario import Scenario

MODULES: Final = ("platform",)
EMPLOYERS: Final = 3
CERTIFICATES: Final = 24
COPIES_MAX: Final = 2
"""A mail goes out at least once and at most twice."""
CALM: Final = 3660.0
"""Seconds: nothing goes wrong any more, and it is the next hour, in which the round is made anew."""
DAYS_LEFT: Final = (60, 30, 14, 7, 0, 45, 400, -3)


def address(number: int) -> str:
    return f"hr{number}@example.org"


def certificates(machine: Machine) -> None:
    """Some tell of two dates, some are renewed, some have a date that is still far."""
    for number in range(EMPLOYERS):
        machine.given(employer(f"e-{number}", email=address(number)))
        machine.given(employee(f"em-{number}", employer_id=f"e-{number}"))
    for number in range(CERTIFICATES):
        days = DAYS_LEFT[number % len(DAYS_LEFT)]
        dues = [NextDue(reason=NextDueReason.PERIODIC, due_on=TODAY + timedelta(days=days))]
        if number % 5 == 0:
            dues.append(NextDue(reason=NextDueReason.DRIVING, due_on=TODAY + timedelta(days=7)))
        whose = number % EMPLOYERS
        one = certificate(f"fc-{number}", next_dues=tuple(dues), employee_id=f"em-{whose}")
        machine.given(one.but(employer_id=f"e-{whose}", renewed_by="fc-later" if number % 7 == 3 else ""))


def looked_through_and_told(machine: Machine) -> None:
    machine.post.tick(scan_expiries)
    machine.wait(minutes=6)
    machine.post.tick(send_digests)


def told_while_still_looking(machine: Machine) -> None:
    machine.post.tick(scan_expiries)
    machine.post.tick(send_digests)


def looked_through_twice_at_once(machine: Machine) -> None:
    machine.post.tick(scan_expiries)
    machine.post.tick(scan_expiries)
    machine.wait(minutes=6)
    machine.post.tick(send_digests)
    machine.post.tick(send_digests)


STORIES: Final[tuple[Callable[[Machine], None], ...]] = (
    looked_through_and_told,
    told_while_still_looking,
    looked_through_twice_at_once,
)


def breaches(machine: Machine) -> list[str]:
    reminders, digests = all_of(machine, Reminder), all_of(machine, ReminderDigest)
    return [
        *tells_once(reminders),
        *belongs_to_its_digest(reminders, digests),
        *_all_found(machine, reminders),
        *_told(machine, reminders, digests),
        *_logs(machine, digests),
    ]


def _all_found(machine: Machine, reminders: list[Reminder]) -> Iterator[str]:
    found = Counter((one.certificate_id, one.reason) for one in reminders)
    for one in all_of(machine, FitnessCertificate):
        for due in one.next_dues:
            owed = int(one.to_renew and (due.due_on - TODAY).days <= 60)
            if found[one.id, due.reason] != owed:
                yield f"{one.id}: {found[one.id, due.reason]} reminders of {due.reason}, not {owed}"


def _told(machine: Machine, reminders: list[Reminder], digests: list[ReminderDigest]) -> Iterator[str]:
    """Who waits has had a digest today; each mail is one letter, and names each certificate once a date."""
    had = {one.employer_id for one in digests}
    for one in reminders:
        if one.is_waiting and one.employer_id not in had:
            yield f"{one.id}: nobody told {one.employer_id}"
    for number in range(EMPLOYERS):
        mails = [one for one in machine.mail.sent if one.to == address(number)]
        if not 1 <= len(mails) <= COPIES_MAX or len({one.message_id for one in mails}) != 1:
            yield f"e-{number}: {len(mails)} mails, {len({one.message_id for one in mails})} letters"
        for mail in mails:
            links = Counter(line for line in mail.text.splitlines() if "/fc-" in line)
            told = Counter(one.certificate_id for one in reminders if one.digest_id == f"e-{number}.{TODAY}")
            if sorted(links.values()) != sorted(told.values()):
                yield f"e-{number}: the mail has {sum(links.values())} rows, the digest {sum(told.values())}"


def _logs(machine: Machine, digests: list[ReminderDigest]) -> Iterator[str]:
    for one in (*all_of(machine, FitnessCertificate), *digests):
        numbers = [line.number for line in log_of(machine, one)]
        if numbers != list(range(1, one.version + 1)):
            yield f"{one.id}: version {one.version}, lines {numbers}"


def _play(act: Callable[[Machine], None], machine: Machine) -> Machine:
    certificates(machine)
    machine.timeline.start(partial(act, machine), 5.0)
    machine.timeline.start(partial(looked_through_and_told, machine), CALM)
    return machine


def _random_morning(machine: Machine) -> Machine:
    certificates(machine)
    for number in range(machine.dice.one_of("looks", (1, 2, 3))):
        machine.timeline.start(
            partial(machine.post.tick, scan_expiries), machine.dice.between(f"look {number}", 1, 1200)
        )
        machine.timeline.start(
            partial(machine.post.tick, send_digests), machine.dice.between(f"tell {number}", 1, 1800)
        )
    machine.timeline.start(partial(looked_through_and_told, machine), CALM)
    return machine


SCENARIOS = (
    *(Scenario(act.__name__, partial(_play, act), breaches, 35, 40, modules=MODULES) for act in STORIES),
    Scenario(
        "a morning of reminders",
        _random_morning,
        breaches,
        minutes=35,
        calm_minutes=40,
        subjects=CERTIFICATES,
        ends=records(Reminder),
        is_random=True,
        modules=MODULES,
    ),
)
