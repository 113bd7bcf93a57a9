"""Where people are examined in the tests of this module: a clinic with a system, one with a phone."""

import json
import re

import pytest

from functions.house_visits.hear_clinic import hear_clinic
from shared.adapters.clinic_signature import HEADER, sign
from shared.contracts.directory import Clinic, Hours
from shared.contracts.mail import OutboundMail
from shared.runtime import entry
from shared.runtime.incoming import Incoming
from tests.clinic_twin import MemoryClinics
from tests.functions.house_visits.clinics_around import EVERY_DAY, settle_in
from tests.functions.referrals.people import employee, employer, package
from tests.people import ANNA, EWA, WARSAW, doctor, patient
from tests.world import TENANT, World

ONLINE, PHONED = "c-online", "c-phoned"


def clinic(clinic_id: str, hours: tuple[Hours, ...] = EVERY_DAY) -> Clinic:
    return Clinic(
        id=clinic_id, tenant_id=TENANT, name="Przychodnia Lipowa", address="ul. Lipowa 1, 05-800 Pruszków",
        city="Pruszków", position=WARSAW, specializations=("occupational_medicine",), hours=hours,
        integrated=clinic_id == ONLINE,
    )  # fmt: skip


@pytest.fixture
def practice(world: World) -> World:
    """Anna examines at both clinics, Ewa at none; one employer, one employee, five units of each kind."""
    world.wiring.__dict__["clinics"] = MemoryClinics(world.clock)
    anna = doctor(
        world, ANNA, clinic_ids=(ONLINE, PHONED), specializations=("occupational_medicine",),
        license_number="7654321",
    )  # fmt: skip
    settle_in(world, clinic(ONLINE), clinic(PHONED), clinic("c-empty"))
    world.given(anna, doctor(world, EWA), employer(), employee(), package(), patient())
    return world


def clinics(world: World) -> MemoryClinics:
    found: MemoryClinics = world.wiring.__dict__["clinics"]
    return found


def mails(world: World) -> list[OutboundMail]:
    return world.mail.sent


def code_in(text: str) -> str:
    found = re.search(r"#([A-Z0-9]+)", text)
    assert found is not None, text
    return found[1]


def hears(world: World, key: str, event: str, clinic_id: str = ONLINE) -> None:
    """The clinic's webhook, signed; then what follows from it."""
    now = world.clock.now()
    said = {"event_id": f"{event}/{now}", "clinic_id": clinic_id, "booking_key": key, "event": event}
    body = json.dumps({**said, "occurred_at": now.isoformat()}).encode()
    action = hear_clinic.declaration  # type: ignore[attr-defined]  # every action carries one
    headers = {HEADER: sign(world.settings.clinic_webhook_secrets[0], body, now)}
    answer = entry.answer_to(action, Incoming("POST", action.path, "", headers, body), world.wiring)
    assert answer.status == 200, answer.body
    world.settle()
