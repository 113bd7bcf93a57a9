"""A patient texts STOP: no more texts from any module, a mail instead, and a person where they must hear."""

from functions.certificates.domain.case import CertificateCase
from functions.certificates.void_certificate import VoidCertificate, void_certificate
from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.visit import Visit
from functions.messaging.list_texts import ListTexts, list_texts
from shared.contracts.opt_outs import OptOut
from shared.contracts.patients import Patient
from tests.functions.certificates.signing import PATIENT, at_work, issued
from tests.functions.chat.talk import won
from tests.people import ANNA, PHONES, phone_key
from tests.world import World

MAIL = "zofia@example.org"


def texts_in(world: World, body: str) -> None:
    """From the patient's phone, which is no doctor's."""
    world.text_from(PATIENT, body)
    world.settle()


def ours(world: World) -> list[str]:
    """What we texted them; the carrier's own answer to STOP is none of it."""
    return [one for one in world.texts_to(PATIENT) if one.startswith("Visita")]


def without_mail(world: World) -> None:
    world.given(world.record(Patient, "p-1").but(email=""))


def test_who_texted_stop_is_mailed_and_an_operator_sees_that_no_text_went(
    staffed: World, visit_id: str
) -> None:
    staffed.tasks_come_twice()
    texts_in(staffed, "STOP")
    assert staffed.record(OptOut, phone_key(staffed, PATIENT)).opted_out
    visit = staffed.record(Visit, won(staffed, visit_id))
    assert ours(staffed) == []
    assert len(staffed.mails_to(MAIL)) == 1
    assert visit.attention == "patient_wants_no_texts"
    line = staffed.lines_of(visit)[-1]
    assert line.details == {"news": "booked", "letters": 1, "by_mail": True, "no_sms": "stopped"}
    assert staffed.call(list_texts, ListTexts()).texts == ()  # nobody has to read a STOP


def test_who_texted_stop_and_has_no_mail_is_phoned(staffed: World, visit_id: str) -> None:
    without_mail(staffed)
    texts_in(staffed, "Stop!")
    visit = staffed.record(Visit, won(staffed, visit_id))
    assert ours(staffed) == []
    assert visit.attention == "patient_not_told"
    assert staffed.lines_of(visit)[-1].details == {"news": "booked", "reason": "phone_wants_no_texts"}


def test_start_brings_the_texts_back(staffed: World, visit_id: str) -> None:
    texts_in(staffed, "STOP")
    won(staffed, visit_id)
    texts_in(staffed, "START")
    before = len(ours(staffed))
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    staffed.settle()
    assert len(ours(staffed)) == before + 1
    assert not staffed.record(OptOut, phone_key(staffed, PATIENT)).opted_out


def test_the_stop_of_a_patient_is_nobody_elses(staffed: World, visit_id: str) -> None:
    texts_in(staffed, "STOP")
    won(staffed, visit_id)
    assert staffed.texts_to(PHONES[ANNA])


def test_a_certificate_that_may_be_refused_goes_by_mail_and_troubles_nobody(world: World) -> None:
    at_work(world)
    texts_in(world, "STOP")
    certificate = issued(world)
    assert (ours(world), len(world.mails_to(MAIL))) == ([], 1)
    assert world.record(CertificateCase, certificate.case_id).attention == ""
    details = world.lines_of(certificate)[-1].details
    assert details == {"news": "ready", "letters": 1, "no_sms": "stopped"}


def test_a_certificate_that_is_withdrawn_must_be_heard_of(world: World) -> None:
    at_work(world)
    certificate = issued(world)
    texts_in(world, "STOP")
    wrong = VoidCertificate(certificate_id=certificate.id, reason="wrong_patient", note="Pomylone kartoteki.")
    world.call(void_certificate, wrong)
    world.settle()
    assert (len(ours(world)), len(world.mails_to(MAIL))) == (1, 2)
    case = world.record(CertificateCase, certificate.case_id)
    assert case.attention == "certificate_void"  # somebody phones anyway


def test_a_certificate_of_which_nothing_can_be_said_waits_for_a_person(world: World) -> None:
    at_work(world)
    without_mail(world)
    texts_in(world, "STOP")
    certificate = issued(world)
    assert world.record(CertificateCase, certificate.case_id).attention == "patient_not_told"
