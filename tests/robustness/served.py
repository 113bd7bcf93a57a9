"""A world behind the real gateway: every call over HTTP, every token looked at, some of everything on file.

`store`: "memory", or "firestore" for an emulator's. Phones, mail and clinics are played in this process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from uuid import uuid4

import requests

from functions.directory.domain.sync import SetAsideRow, SyncCursor
from functions.house_visits.book_visit import BookVisit, book_visit
from functions.house_visits.complete_visit import CompleteVisit, complete_visit
from functions.house_visits.domain.cascade import AskNextDoctor
from functions.house_visits.domain.plan_request import PlanRequest
from functions.house_visits.domain.visit import Visit
from functions.house_visits.open_outside_process import OpenOutsideProcess, open_outside_process
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.house_visits.start_cascade import start_cascade
from functions.patients.register_patient import register_patient
from infra.local.gateway import Gateway
from shared.adapters.firebase_identity import FirebaseIdentity
from shared.adapters.firestore import FirestoreDocuments
from shared.adapters.sign_in_events import IdentityPlatformEvents
from shared.contracts.customer_rows import Collection
from shared.kernel.effects import Later
from shared.runtime import letters, wiring
from shared.runtime.dead_letters import DeadLetter
from shared.runtime.settings import Settings
from tests.bench.meter import emulator
from tests.clinic_twin import MemoryClinics, Trouble
from tests.functions.house_visits.clinics_around import clinic, settle_in
from tests.functions.identity.sign_ins import POLICIES
from tests.functions.patients.people import maria
from tests.members import member_of
from tests.outside import START, MemoryIdentity
from tests.people import AFTERNOON, ANNA, EWA, HOME, JAN, PHONES, PIOTR, doctor, patient
from tests.recorder import RecordingDocuments
from tests.robustness import certificate_cases
from tests.robustness.callers import SIGN_IN_TENANTS, members
from tests.robustness.chat_around import chat_around
from tests.robustness.documents_around import documents_around
from tests.robustness.opinions import opinions_around
from tests.robustness.partners_around import partners_around
from tests.robustness.referrals_around import referrals_around
from tests.world import OPERATOR, SENDERS, TENANT, World

PROJECT = "demo-robustness"
THREE = AFTERNOON.starts_at + timedelta(hours=1)
KEPT = timedelta(days=90)
HALF_AN_HOUR = timedelta(minutes=30)
SECONDS_TO_FORGET = 60
COLLEAGUES = tuple(OPERATOR.but(user_id=f"colleague-{number}") for number in range(3))
"""Whom administrators may do anything to: nobody of them calls."""
NAMES = ("new", "offering", "booked", "outside", "clinic")
BEGUN = ("done", "begun")
FITTING: Mapping[str, str] = {
    "accept_offer": "offering", "decline_offer": "offering", "change_cascade": "offering",
    "withdraw_from_visit": "booked", "get_assigned_visit": "booked", "complete_visit": "begun",
    "report_no_show": "begun", "settle_booking": "silent", "claim_outside_work": "outside",
    "record_outside_booking": "outside",
}  # fmt: skip
"""The visit on which an action has something to do."""


@dataclass
class Known:
    """What is on file, by the name of the field that may speak of it; and what fits an operation: a value of
    its path, or where that names several things, all of them by their names."""

    by_name: dict[str, list[Any]] = field(default_factory=dict)

    def of(self, name: str) -> list[Any]:
        return self.by_name.get(name, [])


class ServedWorld(World):
    """Begin with `seeded`: then there is a visit in every state, and the doors ask for real tokens."""

    def __init__(self, gateway: Gateway, store: str = "memory") -> None:
        self._store = store
        self.project = PROJECT if store == "memory" else f"demo-{uuid4().hex[:12]}"
        self.gateway = gateway
        super().__init__(
            Settings(
                store="memory",
                sender_numbers=SENDERS,
                public_url=gateway.url,
                project=self.project,
                sign_in_policies=POLICIES,
                remote_for_unverified=True,
            )
        )
        self.clinics = MemoryClinics(self.clock)
        self.wiring.__dict__["clinics"] = self.clinics
        if store == "firestore":
            documents = FirestoreDocuments(self.project, emulator())
            self.wiring.__dict__["documents"] = RecordingDocuments(documents)

    def forget(self) -> None:
        """An emulator keeps whatever was written: a thousand worlds would fill it."""
        if self._store == "firestore":
            url = f"http://{emulator()}/emulator/v1/projects/{self.project}/databases/(default)/documents"
            requests.delete(url, timeout=SECONDS_TO_FORGET).raise_for_status()

    def seeded(self) -> Known:
        self.given(*(doctor(self, one, clinic_ids=("near", "next")) for one in PHONES))
        self.given(*(patient(f"p-{number}") for number in range(1, 10)))
        settle_in(self, clinic("near", 3), clinic("next", 9))
        for clinic_id in ("near", "next"):
            self.clinics.has_slot(clinic_id, THREE)
        visits = self._visits()
        self.text_from(PHONES[JAN], "si puedo")  # a condition: a person reads it
        self.settle()
        self._file_troubles()
        known = self._known(visits)
        self.given(*members(), *(member_of(one) for one in COLLEAGUES))
        self.wiring.__dict__ |= {
            "identity": _RealUsers(self.project),
            "sign_in_events": IdentityPlatformEvents(
                self.project, SIGN_IN_TENANTS, TENANT, "", emulated=True
            ),
        }
        wiring.use(self.wiring)
        return known

    def _visits(self) -> Mapping[str, str]:
        """One in every state that can be reached, by what is special about it."""
        ids = {"silent": self._wish("p-1")}
        self.clinics.will("next", "book", Trouble.SILENT_AFTER)
        self.call(book_visit, BookVisit(visit_id=ids["silent"], clinic_id="next"))
        self.settle()
        self.clinics.silent.add("next")
        self.advance(HALF_AN_HOUR)  # by then a person may settle it
        ids |= {name: self._wish(f"p-{place}") for place, name in enumerate(NAMES, 2)}
        ids |= {name: self._wish(f"p-{place}", begun=True) for place, name in enumerate(BEGUN, 7)}
        self._won(ids["booked"], ANNA)
        self._won(ids["done"], EWA)
        self._won(ids["begun"], PIOTR)
        self._search(ids["offering"], PIOTR, EWA)
        self.call(complete_visit, CompleteVisit(visit_id=ids["done"]))
        self.call(open_outside_process, OpenOutsideProcess(visit_id=ids["outside"], reason="other"))
        self.call(book_visit, BookVisit(visit_id=ids["clinic"], clinic_id="near"))
        self.settle()
        return ids

    def _wish(self, patient_id: str, *, begun: bool = False) -> str:
        window = AFTERNOON.but(begins=time(10)) if begun else AFTERNOON
        wish = RequestVisit(
            patient_id=patient_id, address=HOME, window=window, specialization="internal_medicine"
        )
        return self.call(request_visit, wish).visit_id

    def _won(self, visit_id: str, doctor_id: str) -> None:
        self._search(visit_id, doctor_id)
        self.text_from(PHONES[doctor_id], "tak")
        self.settle()

    def _search(self, visit_id: str, *doctors: str) -> None:
        wanted = PlanRequest(visit_id=visit_id, doctor_ids=doctors, intervals=(10,))
        self.call(start_cascade, wanted)
        self.settle()

    def _file_troubles(self) -> None:
        message = AskNextDoctor(visit_id="gone", epoch=1, arm=1, desk_id="gone")
        letter = letters.write(Later(key="buried", message=message, at=START), TENANT, "", START, "")
        buried = DeadLetter(
            id="d" * 32, tenant_id=TENANT, entry_point=letter.target, target=letter.target,
            envelope=letter.body, error="KeyError", buried_at=START, expires_at=START + KEPT,
        )  # fmt: skip
        aside = SetAsideRow(
            id="row-1", tenant_id=TENANT, collection=Collection.CLINICS, row_id="c-9", reason="name", at=START
        )
        self.given(buried, aside, SyncCursor.first(TENANT, Collection.CLINICS))

    def _known(self, visits: Mapping[str, str]) -> Known:
        request = self.record(Visit, visits["clinic"]).clinic_request
        assert request is not None
        maria_id = self.call(register_patient, maria()).patient_id
        letters = [one.sms.status_url.partition("?m=")[2].partition("&")[0] for one in self.phones.sent]
        cases = certificate_cases.put_on_file(self)
        fitting = {f"house_visits__{name}": [visits[which]] for name, which in FITTING.items()}
        return Known(
            {
                **fitting,
                **_all_of(
                    documents_around(self),
                    referrals_around(self),
                    partners_around(self),
                    cases,
                    chat_around(self, cases["case_id"]),
                    opinions_around(self),
                ),
                "visit_id": list(visits.values()),
                "patient_id": [*(f"p-{number}" for number in range(1, 10)), maria_id],
                "take_over": [True, False],
                "doctor_id": list(PHONES),
                "doctor_ids": [[ANNA, PIOTR], [JAN], [EWA, JAN, ANNA]],
                "clinic_id": ["near", "next"],
                "clinic_ids": [["near"], []],
                "member_id": [member_of(one).id for one in COLLEAGUES],
                "letter_id": ["d" * 32],
                "text_id": [one.sid for one in self.phones.inbound],
                "booking_key": [request.key],
                "m": letters,
                "AccountSid": [self.settings.twilio_account],
                "From": list(PHONES.values()),
                "To": list(SENDERS),
                "MessageSid": [one.sid for one in self.phones.sent],
                "MessageStatus": ["delivered", "failed", "undelivered", "sent"],
                "day": ["2026-11-24", "2026-11-25", "2026-12-01"],
            }
        )


def _all_of(*around: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """Several modules may know a name: a code opens a certificate or a link."""
    names = dict.fromkeys(name for one in around for name in one)
    return {name: [value for one in around for value in one.get(name, [])] for name in names}


class _RealUsers(MemoryIdentity):
    """App users by Firebase's own library; our services as in any world of the tests."""

    def __init__(self, project: str) -> None:
        self.user = FirebaseIdentity(project, SIGN_IN_TENANTS, TENANT, "", emulated=True).user  # type: ignore[method-assign]  # the point of it
