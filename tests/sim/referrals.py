"""Employers, referred people and doctors in the simulator: what they ask for, and what their apps showed."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from functions.referrals.choose_slot import ChooseSlot, choose_slot
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.referral import ExaminationType, Referral, ReferralStatus
from functions.referrals.issue_fitness_certificate import IssueFitnessCertificate, issue_fitness_certificate
from functions.referrals.issue_referral import IssueReferral, issue_referral
from functions.referrals.schedule_examination import ScheduleExamination, schedule_examination
from functions.referrals.void_fitness_certificate import VoidFitnessCertificate, void_fitness_certificate
from shared.contracts.directory import Clinic, Doctor
from shared.kernel.actors import Actor, Role
from shared.kernel.records import Record, Value
from shared.runtime.problem import Answer
from tests.functions.referrals.certified import FIT, NEXT
from tests.functions.referrals.people import EXPOSED, HUTA, employee, employer, package
from tests.outside import START
from tests.people import WARSAW, as_doctor, patient
from tests.sim.machine import CODEC, Machine
from tests.sim.phones import employees_phone
from tests.world import OPERATOR, TENANT

ANNA: Final = "d-1"
ONLINE, PHONED = "c-online", "c-phoned"
MAIL: Final = "kadry@example.org"
TODAY: Final = START + timedelta(hours=4)
"""An hour at which everybody can come, and after which a doctor may sign: it is the day that counts."""
R = TypeVar("R", bound=Record)
PERSON: Final = Actor(role=Role.PATIENT, tenant_id=TENANT, user_id="u-link", record_id="p-none")
"""Whoever has a link needs no account; the door looks at none."""


def mail_of(number: int) -> str:
    return f"person{number}@example.org"


def hr(number: int = 1) -> Actor:
    """One of those who write referrals at the same employer."""
    return Actor(role=Role.EMPLOYER, tenant_id=TENANT, user_id=f"u-hr-{number}", record_id=HUTA)


@dataclass
class Office:
    """`issued`, `refused` and `numbers` are what apps showed; `ends`: how a referral may end."""

    machine: Machine
    ends: frozenset[ReferralStatus]
    issued: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    numbers: list[tuple[str, str]] = field(default_factory=list)
    certificates: list[str] = field(default_factory=list)

    def opens(self, people: int, units: int) -> None:
        """One employer with its people and package; Anna examines at a clinic with a system and at one
        with a phone."""
        signs = {"license_number": "7654321", "license_until": date(2030, 12, 31)}
        anna = Doctor(
            id=ANNA, tenant_id=TENANT, given_name="Ola", family_name="Nowak",
            clinic_ids=(ONLINE, PHONED), specializations=("occupational_medicine",),
        )  # fmt: skip
        self.machine.given(employer(email=MAIL), package(units=units), anna.but(**signs))
        self.machine.given(*(_clinic(one) for one in (ONLINE, PHONED)))
        for number in range(1, people + 1):
            reached = {"phone": employees_phone(number), "email": mail_of(number)}
            who = employee(f"em-{number}", patient_id=f"p-{number}", **reached)
            self.machine.given(who, patient(f"p-{number}", **reached))

    def had(self, number: int, certificate: FitnessCertificate) -> None:
        """That person has been certified before."""
        who = self._kept(Employee, f"em-{number}")
        self.machine.given(certificate, who.but(certificate_ids=(certificate.id,)))

    # What people do

    def employer(self, run: Callable[[Any, Any], Any], request: Value, by: int = 1) -> Answer | None:
        return self.machine.call(run, request, hr(by))

    def operator(self, run: Callable[[Any, Any], Any], request: Value) -> Answer | None:
        return self.machine.call(run, request, OPERATOR)

    def doctor(self, run: Callable[[Any, Any], Any], request: Value) -> Answer | None:
        return self.machine.call(run, request, as_doctor(ANNA))

    def refers(self, number: int, by: int = 1) -> str:
        """The id of the new referral; "" where the app showed none."""
        wanted = IssueReferral(
            employee_id=f"em-{number}", examination_type=ExaminationType.PERIODIC, exposures=EXPOSED
        )
        return self.shown(self.employer(issue_referral, wanted, by))

    def shown(self, answer: Answer | None) -> str:
        """The referral that an app was answered with."""
        said = json.loads(answer.body) if answer is not None else {}
        if answer is not None and answer.status == 200:
            self.issued.append(str(said["referral_id"]))
            return self.issued[-1]
        self.refused += [str(said["code"])] if "code" in said else []
        return ""

    def agrees(self, referral_id: str, minutes: float = 240) -> None:
        """An operator phones the clinic and keeps a time that is so far ahead."""
        at = self.machine.timeline.now() + timedelta(minutes=minutes)
        wish = ScheduleExamination(
            referral_id=referral_id, clinic_id=PHONED, starts_at=at, ends_at=at + timedelta(minutes=30)
        )
        self.operator(schedule_examination, wish)

    def chooses(self, number: int, minutes: float = 240) -> None:
        """That person takes a free time by each link to choose by, as soon as it is on their phone."""
        self.machine.provider.hears[employees_phone(number)] = lambda body, _: self._by_link(
            body, number, minutes
        )

    def _by_link(self, body: str, number: int, minutes: float) -> None:
        code = re.search(r"#([A-Z0-9]+)", body)
        if code is None or "ybierz" not in body:
            return
        at = self.machine.timeline.now() + timedelta(minutes=minutes + number)
        slot = self.machine.clinics.has_slot(ONLINE, at)
        wish = ChooseSlot(
            code=code[1], clinic_id=ONLINE, slot_id=slot.id, starts_at=slot.starts_at, ends_at=slot.ends_at
        )
        self.machine.call(choose_slot, wish, PERSON)

    def signs(self, referral_id: str) -> str:
        """The id of the certificate; "" where the app showed none."""
        wanted = IssueFitnessCertificate(
            referral_id=referral_id, revision=self.referral(referral_id).revision, decisions=(FIT,),
            next_dues=(NEXT,),
        )  # fmt: skip
        answer = self.doctor(issue_fitness_certificate, wanted)
        if answer is None or answer.status != 200:
            return ""
        said = json.loads(answer.body)
        self.numbers.append((referral_id, str(said["number"])))
        self.certificates.append(str(said["certificate_id"]))
        return self.certificates[-1]

    def makes_void(self, certificate_id: str) -> None:
        wanted = VoidFitnessCertificate(
            certificate_id=certificate_id, reason="wrong_person", note="Pomylone kartoteki."
        )
        self.operator(void_fitness_certificate, wanted)

    def referral(self, referral_id: str) -> Referral:
        """As it stands in the store."""
        return self._kept(Referral, referral_id)

    def _kept(self, kind: type[R], key: str) -> R:
        found = self.machine.store.read([kind.place(key)])[kind.place(key)]
        assert found is not None
        return CODEC.decode(kind, found.fields)


def _clinic(clinic_id: str) -> Clinic:
    return Clinic(
        id=clinic_id, tenant_id=TENANT, name="Przychodnia Lipowa", address="ul. Lipowa 1",
        city="Pruszków", position=WARSAW, specializations=("occupational_medicine",),
        integrated=clinic_id == ONLINE,
    )  # fmt: skip
