"""Operators and doctors in the simulator: what they ask for, and how they answer."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, Final, TypeVar

from functions.house_visits.accept_offer import AcceptOffer, accept_offer
from functions.house_visits.domain.desk import Desk
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from shared.contracts.directory import Clinic, Doctor, DoctorPhone
from shared.kernel.records import Record, Value
from shared.kernel.times import PreferredWindow, QuietHours
from shared.runtime.problem import Answer
from tests.outside import START
from tests.people import HOME, WARSAW, as_doctor, patient
from tests.sim.machine import CODEC, SEALS, Machine
from tests.sim.phones import doctors_phone, patients_phone
from tests.world import OPERATOR, TENANT

TODAY: Final = START.date()
PATIENCE_MINUTES: Final = 10
R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class AppAnswer:
    """What a doctor's app showed after a yes."""

    visit_id: str
    doctor_id: str
    status: int
    code: str


@dataclass
class Cast:
    """Who is in a story, and what they have seen on screens."""

    machine: Machine
    visits: list[str] = field(default_factory=list)
    app_answers: list[AppAnswer] = field(default_factory=list)
    wanted: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The visits that each doctor has ever said yes to, as the doctor meant it."""

    def doctor(self, doctor_id: str, clinic_ids: tuple[str, ...] = ()) -> None:
        number = phone_of(doctor_id)
        key = SEALS.lookup_key(TENANT, number)
        phone = DoctorPhone(number=number, phone_key=key, verified_on=date(2026, 10, 1))
        self.machine.given(
            Doctor(
                id=doctor_id,
                tenant_id=TENANT,
                given_name="Ola",
                family_name="Nowak",
                language="pl",
                specializations=("internal_medicine",),
                clinic_ids=clinic_ids,
                phones=(phone,),
                quiet_hours=QuietHours(),
            )
        )

    def integrated_clinic(self, clinic_id: str) -> None:
        self.machine.given(
            Clinic(
                id=clinic_id,
                tenant_id=TENANT,
                name="Przychodnia",
                address="ul. Długa 1",
                city="Warszawa",
                position=WARSAW,
                specializations=("internal_medicine",),
                integrated=True,
            )
        )

    def operator(self, run: Callable[[Any, Any], Any], request: Value) -> Answer | None:
        return self.machine.call(run, request, OPERATOR)

    def asks_for_visit(self, number: int, *, day: date = TODAY, begins: int = 14, hours: int = 4) -> str:
        """The id of the new visit; "" where the app gave up."""
        patient_id = f"p-{number}"
        mail = "zofia@example.org" if number % 2 else ""
        self.machine.given(patient(patient_id, phone=patients_phone(number), email=mail))
        window = PreferredWindow(day=day, begins=time(begins), ends=time(begins + hours))
        wanted = RequestVisit(
            patient_id=patient_id, address=HOME, window=window, specialization="internal_medicine"
        )
        answer = self.operator(request_visit, wanted)
        if answer is None or answer.status != 200:
            return ""
        visit_id = request_visit.declaration.response.model_validate_json(answer.body).visit_id  # type: ignore[attr-defined]  # every action carries one
        self.visits.append(visit_id)
        return str(visit_id)

    def visit(self, visit_id: str) -> Visit:
        """As it stands in the store."""
        return self._kept(Visit, visit_id)

    def visit_of_code(self, doctor_id: str, code: str) -> str:
        """The app shows the offer whose code the text names."""
        desk = self._kept(Desk, SEALS.lookup_key(TENANT, phone_of(doctor_id)))
        return next(one.visit_id for one in desk.entries if one.code == code)

    def _kept(self, kind: type[R], key: str) -> R:
        found = self.machine.store.read([kind.place(key)])[kind.place(key)]
        assert found is not None
        return CODEC.decode(kind, found.fields)

    def starts(
        self, visit_id: str, *doctors: str, intervals: tuple[int, ...] = (5,), **how: Any
    ) -> Answer | None:
        plan = PlanRequest(visit_id=visit_id, doctor_ids=doctors, intervals=intervals, **how)
        return self.operator(start_cascade, plan)

    def says(self, doctor_id: str, body: str) -> None:
        """To the number that texted last; whoever has not been texted yet waits for it."""
        self.wanted[doctor_id].update(self.visits)  # whichever the story is about
        phone = phone_of(doctor_id)
        for _ in range(PATIENCE_MINUTES):
            senders = [one.sms.sender for one in self.machine.provider.sent if one.sms.to == phone]
            if senders:
                self.machine.provider.text_from(phone, body, senders[-1])
                return
            self.machine.wait(minutes=1)

    def takes_in_app(self, doctor_id: str, visit_id: str) -> None:
        self.wanted[doctor_id].add(visit_id)
        answer = self.machine.call(accept_offer, AcceptOffer(visit_id=visit_id), as_doctor(doctor_id))
        if answer is not None:
            code = "" if answer.status == 200 else code_of(answer)
            self.app_answers.append(AppAnswer(visit_id, doctor_id, answer.status, code))


def code_of(answer: Answer) -> str:
    return str(json.loads(answer.body).get("code", ""))


def phone_of(doctor_id: str) -> str:
    """`d-7` -> a mobile number that belongs to nobody."""
    return doctors_phone(int(doctor_id.partition("-")[2]))


def tomorrow() -> date:
    return TODAY + timedelta(days=1)
