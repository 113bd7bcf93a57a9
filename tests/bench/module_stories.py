"""A referral until its certificate is found, a questionnaire until its offer is taken, a talk on a visit."""

from datetime import UTC, datetime, timedelta

from functions.chat.close_thread import CloseThread, close_thread
from functions.partners.accept_recommendation import AcceptRecommendation, accept_recommendation
from functions.referrals.choose_slot import ChooseSlot, choose_slot
from functions.referrals.domain.referral import Referral
from functions.referrals.propose_slots import ProposeSlots, propose_slots
from functions.referrals.search_certificates import SearchCertificates, search_certificates
from shared.contracts.circles import Circle, Stage
from tests.bench.stories import reported
from tests.clinic_twin import MemoryClinics
from tests.functions.chat.talk import messages, opened, read, row, say
from tests.functions.house_visits.clinics_around import settle_in
from tests.functions.partners.desk import PARTNER_USER, a_market, brought, recommend
from tests.functions.referrals.certified import certificate_of, certify
from tests.functions.referrals.orders import issue
from tests.functions.referrals.people import as_employer, employee, employer, package
from tests.functions.referrals.places import ONLINE, clinic, code_in
from tests.people import ANNA, PHONES, as_doctor, doctor, patient
from tests.world import TENANT, World

AT = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
UNREAD = timedelta(minutes=15)
ANSWER = "Dobrze, zadzwonię za kwadrans"


def referral(world: World) -> None:
    """Issued; the employee follows the link and takes a time; the doctor certifies; the employer finds it."""
    world.wiring.__dict__["clinics"] = clinics = MemoryClinics(world.clock)
    settle_in(world, clinic(ONLINE))
    examines = ("occupational_medicine",)
    anna = doctor(world, ANNA, clinic_ids=(ONLINE,), specializations=examines, license_number="7654321")
    world.given(anna, employer(), employee(), package(), patient())
    seen = issue(world)
    world.settle()
    code = code_in(world.texts_to(employee().phone)[-1])
    slot = clinics.has_slot(ONLINE, AT)
    world.call(propose_slots, ProposeSlots(code=code))
    wish = ChooseSlot(code=code, clinic_id=ONLINE, slot_id=slot.id, starts_at=AT, ends_at=slot.ends_at)
    world.call(choose_slot, wish)
    world.settle()
    reported(world)
    world.set_clock(AT)
    certified = certify(world, world.record(Referral, seen.referral_id).id)
    world.settle()
    found = world.call(search_certificates, SearchCertificates(), as_=as_employer())
    assert [one.certificate_id for one in found.certificates] == [certificate_of(world, certified).id]


def partner(world: World) -> None:
    """A questionnaire is downloaded, filled in, brought back and read; one of two institutes is taken."""
    a_market(world)
    best = recommend(world, brought(world).upload_id)
    wish = AcceptRecommendation(recommendation_id=best.recommendation_id, institute_id="")
    world.call(accept_recommendation, wish, as_=PARTNER_USER)
    world.settle()


def talk(world: World) -> None:
    """An operator asks the doctor of a visit, who does not look, gets a text and answers it."""
    thread = "v-1"
    around = Circle(id=thread, tenant_id=TENANT, case_kind="visit", stage=Stage.BOOKED, worker_id=ANNA)
    world.given(around, doctor(world, ANNA))
    opened(world, thread)
    say(world, thread, "Proszę zadzwonić przed wizytą", message_id="question-1")
    world.settle()
    world.advance(UNREAD)
    world.text_from(PHONES[ANNA], ANSWER)
    world.settle()
    reported(world)
    row(world, thread, as_=as_doctor(ANNA))
    seen = messages(world, thread)
    assert [one.text for one in seen][-1] == ANSWER
    assert read(world, thread, len(seen), as_=as_doctor(ANNA)) == 0
    world.call(close_thread, CloseThread(thread_id=thread))
    world.settle()
