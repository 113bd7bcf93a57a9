"""Occupational medicine, one thing at a time: referred, invited, examined; called back, refused, missed."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Final

from functions.referrals.appeal_certificate import AppealCertificate, appeal_certificate
from functions.referrals.decide_appeal import DecideAppeal, decide_appeal
from functions.referrals.domain.fitness import NextDue, NextDueReason
from functions.referrals.domain.outside import OutsideCertificate
from functions.referrals.domain.referral import ExaminationType, ReferralStatus
from functions.referrals.record_outside_certificate import (
    RecordOutsideCertificate,
    record_outside_certificate,
)
from functions.referrals.record_refusal import RecordRefusal, record_refusal
from functions.referrals.reissue_referral import ReissueReferral, reissue_referral
from functions.referrals.report_absence import ReportAbsence, report_absence
from functions.referrals.revoke_referral import RevokeReferral, revoke_referral
from shared.contracts.clinic_booking import RefusalReason
from tests.clinic_twin import Trouble
from tests.functions.referrals.certified import FIT
from tests.functions.referrals.people import EXPOSED, certificate
from tests.outside import START
from tests.sim.machine import Machine
from tests.sim.referral_judge import breaches
from tests.sim.referrals import ONLINE, Office
from tests.sim.scenario import Scenario

MODULES: Final = ("referrals", "messaging", "platform")
_S = ReferralStatus
INVITED: Final = (_S.ISSUED, _S.SCHEDULED)
"""A text may be lost for good with the process that sent it: then nobody chooses."""

PAPER: Final = OutsideCertificate(
    number="123/2026", issuer="Poradnia Medycyny Pracy", examination_type=ExaminationType.PERIODIC,
    examined_on=date(2026, 11, 23), issued_on=date(2026, 11, 23), decisions=(FIT,),
    next_dues=(NextDue(reason=NextDueReason.PERIODIC, due_on=date(2029, 11, 23)),),
)  # fmt: skip

BEFORE: Final = certificate(
    "fc-before", issued_at=START - timedelta(days=1000), referral_id="", outside=True, told=True
)
"""What the person had until now; it lies with their record."""


def referred_and_invited(office: Office) -> None:
    office.refers(1)


def chosen_by_link(office: Office) -> None:
    office.chooses(1)
    office.refers(1)


def chosen_while_the_clinic_is_silent(office: Office) -> None:
    office.machine.clinics.will(ONLINE, "book", Trouble.SILENT_AFTER)
    chosen_by_link(office)


def chosen_and_the_slot_is_gone(office: Office) -> None:
    office.machine.clinics.will(ONLINE, "hold", RefusalReason.SLOT_TAKEN)
    chosen_by_link(office)


def examined_and_certified(office: Office) -> None:
    referral_id = office.refers(1)
    office.agrees(referral_id)
    office.machine.wait(minutes=2)
    office.signs(referral_id)


def signed_in_two_tabs_of_one_doctor(office: Office) -> None:
    referral_id = office.refers(1)
    office.agrees(referral_id)
    office.machine.timeline.start(partial(office.signs, referral_id))
    office.signs(referral_id)


def called_back_after_a_time_was_chosen(office: Office) -> None:
    office.chooses(1)
    referral_id = office.refers(1)
    office.machine.wait(minutes=4)
    revokes(office, referral_id)


def called_back_while_the_clinic_is_asked(office: Office) -> None:
    office.machine.clinics.will(ONLINE, "book", Trouble.SILENT_BEFORE)
    office.chooses(1)
    referral_id = office.refers(1)
    office.machine.wait(minutes=1)
    revokes(office, referral_id)


def written_anew_after_a_time_was_chosen(office: Office) -> None:
    office.chooses(1)
    referral_id = office.refers(1)
    office.machine.wait(minutes=4)
    reissues(office, referral_id)


def written_anew_while_the_clinic_is_asked(office: Office) -> None:
    office.machine.clinics.will(ONLINE, "book", Trouble.SILENT_AFTER)
    office.chooses(1)
    referral_id = office.refers(1)
    office.machine.wait(minutes=0.4)
    reissues(office, referral_id)


def refused_by_the_person(office: Office) -> None:
    referral_id = office.refers(1)
    office.machine.wait(minutes=2)
    refuses(office, referral_id)


def missed_and_paid_again(office: Office) -> None:
    referral_id = office.refers(1)
    office.agrees(referral_id, minutes=3)
    office.machine.wait(minutes=5)
    misses(office, referral_id)
    office.machine.wait(minutes=1)
    office.agrees(referral_id)


def two_want_the_last_unit(office: Office) -> None:
    office.machine.timeline.start(partial(office.refers, 2, by=2))
    office.refers(1)


def the_last_unit_is_called_back_and_used_again(office: Office) -> None:
    first = office.refers(1)
    revokes(office, first)
    office.refers(2)


def appealed_and_confirmed(office: Office) -> None:
    certificate_id = signed(office)
    appeal = AppealCertificate(certificate_id=certificate_id, reason="Badanie trwało dwie minuty.")
    office.employer(appeal_certificate, appeal)
    office.operator(decide_appeal, DecideAppeal(certificate_id=certificate_id, outcome="confirmed"))


def appealed_and_decided_otherwise(office: Office) -> None:
    certificate_id = signed(office)
    appeal = AppealCertificate(certificate_id=certificate_id, reason="Badanie trwało dwie minuty.")
    office.employer(appeal_certificate, appeal)
    paper = PAPER.but(issued_on=date(2026, 11, 24))
    decided = DecideAppeal(certificate_id=certificate_id, outcome="changed", paper=paper)
    office.operator(decide_appeal, decided)


def certified_and_made_void_at_once(office: Office) -> None:
    """Perhaps before it was printed, filed or told."""
    office.had(1, BEFORE)
    office.makes_void(signed(office))


def certified_and_made_void_later(office: Office) -> None:
    office.had(1, BEFORE)
    certificate_id = signed(office)
    office.machine.wait(minutes=2)
    office.makes_void(certificate_id)


def examined_elsewhere_after_a_time_was_chosen(office: Office) -> None:
    office.chooses(1)
    referral_id = office.refers(1)
    office.machine.wait(minutes=4)
    elsewhere(office, referral_id, 1)


def revokes(office: Office, referral_id: str) -> None:
    office.employer(revoke_referral, RevokeReferral(referral_id=referral_id, reason="not_hired"))


def refuses(office: Office, referral_id: str) -> None:
    office.operator(record_refusal, RecordRefusal(referral_id=referral_id, reason="does_not_want"))


def elsewhere(office: Office, referral_id: str, number: int) -> None:
    fields = {**PAPER.model_dump(), "employee_id": f"em-{number}", "referral_id": referral_id}
    office.employer(record_outside_certificate, RecordOutsideCertificate(**fields))


def reissues(office: Office, referral_id: str) -> str:
    wanted = ReissueReferral(
        referral_id=referral_id, examination_type=ExaminationType.PERIODIC, exposures=EXPOSED
    )
    return office.shown(office.employer(reissue_referral, wanted))


def misses(office: Office, referral_id: str) -> None:
    office.doctor(report_absence, ReportAbsence(referral_id=referral_id))


def signed(office: Office) -> str:
    referral_id = office.refers(1)
    office.agrees(referral_id)
    return office.signs(referral_id)


STORIES: Final[tuple[tuple[Callable[[Office], object], tuple[ReferralStatus, ...], int], ...]] = (
    (referred_and_invited, (_S.ISSUED,), 2),
    (chosen_by_link, INVITED, 2),
    (chosen_while_the_clinic_is_silent, INVITED, 2),
    (chosen_and_the_slot_is_gone, INVITED, 2),
    (examined_and_certified, (_S.EXAMINED,), 2),
    (signed_in_two_tabs_of_one_doctor, (_S.EXAMINED,), 2),
    (called_back_after_a_time_was_chosen, (_S.REVOKED,), 2),
    (called_back_while_the_clinic_is_asked, (_S.REVOKED,), 2),
    (written_anew_after_a_time_was_chosen, (_S.REVOKED, *INVITED), 2),
    (written_anew_while_the_clinic_is_asked, (_S.REVOKED, *INVITED), 2),
    (refused_by_the_person, (_S.REFUSED,), 2),
    (missed_and_paid_again, (_S.SCHEDULED,), 1),
    (two_want_the_last_unit, (_S.ISSUED,), 1),
    (the_last_unit_is_called_back_and_used_again, (_S.REVOKED, _S.ISSUED), 1),
    (appealed_and_confirmed, (_S.EXAMINED,), 2),
    (appealed_and_decided_otherwise, (_S.EXAMINED,), 2),
    (certified_and_made_void_at_once, (_S.EXAMINED,), 2),
    (certified_and_made_void_later, (_S.EXAMINED,), 2),
    (examined_elsewhere_after_a_time_was_chosen, (_S.EXAMINED,), 2),
)
"""Each with the ends that its referrals may have, whichever call goes wrong, and the units bought."""


def _play(
    act: Callable[[Office], object], ends: tuple[ReferralStatus, ...], units: int, machine: Machine
) -> Office:
    office = Office(machine, frozenset(ends))
    office.opens(people=2, units=units)
    machine.timeline.start(lambda: act(office), 5.0)
    return office


SCENARIOS = tuple(
    Scenario(act.__name__, partial(_play, act, ends, units), breaches, 15, 25, modules=MODULES)
    for act, ends, units in STORIES
)
