"""What people say they want to be told is heeded by every module that tells them."""

from datetime import time, timedelta

from functions.certificates.domain.case import CertificateCase
from functions.messaging.set_notice_preferences import SetNoticePreferences, set_notice_preferences
from shared.contracts.notice_rules import Refused
from shared.contracts.notices import Channel
from shared.kernel.actors import Actor, Role
from shared.kernel.times import QuietHours
from tests.functions.certificates.signing import PATIENT, at_work, issued
from tests.functions.chat.talk import opened, say, won
from tests.people import ANNA, PHONES, as_doctor
from tests.world import TENANT, World

MAIL = "zofia@example.org"
ME = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="zofia", record_id="p-1")


def choose(
    world: World, actor: Actor, *refused: tuple[str, Channel], quiet: QuietHours | None = None
) -> None:
    wanted = tuple(Refused(notice=name, channel=way) for name, way in refused)
    world.call(set_notice_preferences, SetNoticePreferences(refused=wanted, quiet_hours=quiet), as_=actor)


def test_who_wants_no_text_of_a_certificate_gets_the_mail_alone(world: World) -> None:
    at_work(world)
    choose(world, ME, ("certificates.ready", Channel.SMS))
    certificate = issued(world)
    assert world.texts_to(PATIENT) == []
    assert len(world.mails_to(MAIL)) == 1
    line = world.lines_of(certificate)[-1]
    assert (line.did, line.details) == ("patient_told", {"news": "ready", "letters": 1, "no_sms": "refused"})


def test_who_wants_to_hear_nothing_of_it_is_nobody_to_be_phoned(world: World) -> None:
    at_work(world)
    choose(world, ME, ("certificates.ready", Channel.SMS), ("certificates.ready", Channel.MAIL))
    world.tasks_come_twice()
    certificate = issued(world)
    assert (world.texts_to(PATIENT), world.mails_to(MAIL)) == ([], [])
    assert world.log_of(certificate) == ["issued", "printed", "patient_refused"]
    assert world.record(CertificateCase, certificate.case_id).attention == ""


def test_a_notice_waits_for_the_end_of_the_patients_own_quiet_hours(world: World) -> None:
    at_work(world)
    here = world.clock.now()
    quiet = QuietHours(zone="UTC", begins=here.time(), ends=(here + timedelta(hours=3)).time())
    choose(world, ME, quiet=quiet)
    world.tasks_come_twice()
    issued(world)
    assert world.texts_to(PATIENT) == []
    world.advance(timedelta(hours=2, minutes=50))
    assert world.texts_to(PATIENT) == []
    world.advance(timedelta(minutes=11))
    assert len(world.texts_to(PATIENT)) == len(world.mails_to(MAIL)) == 1


def test_a_doctor_who_wants_no_reminder_to_read_gets_none(staffed: World, visit_id: str) -> None:
    choose(staffed, as_doctor(ANNA), ("chat.unread", Channel.SMS))
    opened(staffed, won(staffed, visit_id))
    before = len(staffed.texts_to(PHONES[ANNA]))
    say(staffed, visit_id, "Proszę o telefon")
    staffed.advance(timedelta(hours=3))
    assert len(staffed.texts_to(PHONES[ANNA])) == before


def test_a_doctors_own_quiet_hours_hold_the_reminder_back(staffed: World, visit_id: str) -> None:
    now = staffed.clock.now()
    quiet = QuietHours(zone="UTC", begins=time(now.hour), ends=time(now.hour + 2))
    choose(staffed, as_doctor(ANNA), quiet=quiet)
    opened(staffed, won(staffed, visit_id))
    before = len(staffed.texts_to(PHONES[ANNA]))
    say(staffed, visit_id, "Proszę o telefon")
    staffed.advance(timedelta(minutes=30))
    assert len(staffed.texts_to(PHONES[ANNA])) == before
    staffed.advance(timedelta(hours=2))
    assert len(staffed.texts_to(PHONES[ANNA])) == before + 1
