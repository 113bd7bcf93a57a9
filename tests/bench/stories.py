"""One month of one patient, as people live it: what the capacity model multiplies."""

from datetime import date, timedelta

from functions.certificates.list_worklist import ListWorklist, list_worklist
from functions.certificates.request_certificate import Remote, RequestCertificate, request_certificate
from functions.certificates.reserve_certificate import ReserveCertificate, reserve_certificate
from functions.documents.download_document import DownloadDocument, download_document
from functions.documents.finish_upload import FinishUpload, finish_upload
from functions.documents.start_upload import StartUpload, start_upload
from functions.house_visits.complete_visit import CompleteVisit, complete_visit
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.find_candidates import FindCandidates, find_candidates
from functions.house_visits.get_visit import GetVisit, get_visit
from functions.house_visits.list_visits import ListVisits, list_visits
from functions.house_visits.preview_cascade import preview_cascade
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from shared.contracts.documents import Shelf
from shared.contracts.patients import Identifier
from tests.functions.certificates.signing import OPINION, licensed, signs, writes
from tests.functions.documents.papers import PDF, a_pdf
from tests.functions.patients.people import MARIA_PESEL
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, PHONES, PIOTR, as_doctor, doctor, patient
from tests.world import OPERATOR, TENANT, World

ASKED = (ANNA, PIOTR, EWA, JAN)
TEN_MINUTES = timedelta(minutes=10)
REPORTS = ("sent", "delivered")


def visit(world: World) -> None:
    """Four doctors are asked: two say nothing, one says no, the fourth comes."""
    world.given(patient(), *(doctor(world, one) for one in ASKED))
    wish = RequestVisit(patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine")
    visit_id = world.call(request_visit, wish).visit_id
    world.call(find_candidates, FindCandidates(visit_id=visit_id))
    plan = PlanRequest(visit_id=visit_id, doctor_ids=ASKED, intervals=(10,))
    world.call(preview_cascade, plan)
    world.call(start_cascade, plan)
    world.settle()
    world.advance(TEN_MINUTES)
    world.advance(TEN_MINUTES)
    world.text_from(PHONES[EWA], "nie")
    world.settle()
    world.call(list_visits, ListVisits())
    world.text_from(PHONES[JAN], "tak")
    world.settle()
    world.call(get_visit, GetVisit(visit_id=visit_id))
    reported(world)
    assert world.record(Visit, visit_id).status == VisitStatus.BOOKED
    world.set_clock(AFTERNOON.ends_at)
    world.call(complete_visit, CompleteVisit(visit_id=visit_id), as_=as_doctor(JAN))
    world.settle()


def reported(world: World) -> None:
    """Twilio tells twice of each text."""
    for one in list(world.phones.sent):
        for status in REPORTS:
            answer = world.reported(one, status)
            assert answer.status == 200, answer.body
    world.settle()


def certificate(world: World) -> None:
    """Ordered, taken from the list, written in two sittings, signed and printed."""
    key = world.wiring.seals.lookup_key(TENANT, f"pl-pesel:{MARIA_PESEL}")
    number = Identifier(system="pl-pesel", key=key, value=MARIA_PESEL, verified=True)
    world.given(patient(identifiers=(number,)))
    licensed(world, ANNA)
    wanted = RequestCertificate(
        patient_id="p-1",
        certificate_kind="health_damage",
        purpose="insurance_claim",
        how=Remote(kind="remote", due_on=date(2026, 11, 27)),
    )
    case_id = world.call(request_certificate, wanted).case_id
    world.settle()
    me = as_doctor(ANNA)
    world.call(list_worklist, ListWorklist(), as_=me)
    world.call(reserve_certificate, ReserveCertificate(case_id=case_id), as_=me)
    world.settle()
    version = writes(world, OPINION, case_id=case_id)
    signs(world, writes(world, OPINION, version=version, case_id=case_id), case_id)
    world.settle()
    reported(world)


def document(world: World) -> None:
    """Uploaded, checked, opened once by a colleague."""
    world.given(Shelf(id="case-1", tenant_id=TENANT, doctor_ids=(ANNA,)))
    content = a_pdf()
    wanted = StartUpload(shelf_id="case-1", name="wynik", content_type=PDF, size=len(content))
    started = world.call(start_upload, wanted, as_=as_doctor(ANNA))
    world.upload(started.url, content, started.headers)
    world.call(finish_upload, FinishUpload(document_id=started.document_id), as_=as_doctor(ANNA))
    world.settle()
    world.call(download_document, DownloadDocument(document_id=started.document_id), as_=OPERATOR)
