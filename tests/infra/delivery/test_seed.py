"""Staging gets people whom nobody is, through the doors that people use; production gets none."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.directory.domain.rows import KINDS
from functions.directory.domain.sync import SyncCursor
from infra import seed
from infra.going_back import GENERATED
from infra.local.demos.people import PATIENTS
from infra.local.gateway import Gateway
from infra.seed import NotSeeded, reachable_by
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.kernel.ports import Query
from shared.runtime import wiring
from tests.infra.delivery.staged import deploy, elsewhere, told
from tests.outside import START
from tests.world import ADMIN, OPERATOR, TENANT, World

TOKENS = {"VISITA_TOKEN": "an-operator's", "VISITA_ADMIN_TOKEN": "an-administrator's"}
SPOKEN: dict[str, str] = {
    Role.OPERATOR: f"{OPERATOR.role}/{TENANT}/{OPERATOR.user_id}/",
    Role.ADMIN: f"{ADMIN.role}/{TENANT}/{ADMIN.user_id}/",
}


@pytest.fixture
def staging(world: World) -> Iterator[str]:
    for one in (OPERATOR, ADMIN):
        world.join(one)
    gateway = Gateway()
    wiring.use(world.wiring)
    gateway.start()
    try:
        yield gateway.url
    finally:
        gateway.stop()
        wiring.use(None)


def directory_came(world: World) -> None:
    world.given(*(SyncCursor.first(TENANT, one).moved("c", START) for one in KINDS))


def on_file(world: World) -> list[Patient]:
    found = world.wiring.documents.query(Query(Patient.kind, where=(("tenant_id", "==", TENANT),)))
    return [world.wiring.codec.decode(Patient, one.fields) for one in found]


def test_everybody_is_there_once_and_has_the_phone_of_who_tests(world: World, staging: str) -> None:
    directory_came(world)
    everybody = len(PATIENTS)
    first = seed.seed(staging, SPOKEN, "+48512000099")
    again = seed.seed(staging, SPOKEN, "+48512000099")
    assert first.endswith(f"{everybody} patients, {everybody} of them new")
    assert again.endswith(f"{everybody} patients, 0 of them new")
    people = on_file(world)
    assert len(people) == everybody
    guardians = [one.guardian.phone for one in people if one.guardian]
    assert {one for one in (*(one.phone for one in people), *guardians) if one} == {"+48512000099"}


def test_without_a_phone_nobody_can_be_texted() -> None:
    """A number that was invented may be somebody's."""
    for one in PATIENTS:
        reached = reachable_by("", one)
        assert (reached.phone, reached.guardian and reached.guardian.phone) in (("", None), ("", ""))


def test_a_directory_that_does_not_come_is_told(staging: str) -> None:
    waited: list[float] = []
    with pytest.raises(NotSeeded, match="doctors"):
        seed.seed(staging, SPOKEN, "", rest=waited.append)
    assert sum(waited) == seed.SECONDS_MAX


def test_staging_is_seeded_from_the_customers_test_system_and_over_the_api(stage: dict[str, str]) -> None:
    done = deploy({**stage, **TOKENS}, "seed", "staging")
    assert done.returncode == 0, done.stderr
    synced, seeded = told(stage, "")
    job = json.loads(GENERATED.read_text())["functions"]["directory__sync_directory"]["service"]
    assert synced.startswith(f"gcloud scheduler jobs run {job} --project visita-staging --location europe-")
    assert seeded == "python -m infra.seed https://api.staging.visita.example"


def test_production_is_refused_whatever_its_file_is_called(stage: dict[str, str], tmp_path: Path) -> None:
    called_staging = elsewhere(tmp_path / "checkout", 'environment = "production"')
    for done in (
        deploy({**stage, **TOKENS}, "seed", "production"),
        deploy({**stage, **TOKENS}, "seed", "staging", script=called_staging),
    ):
        assert done.returncode == 1
        assert "nobody is invented in production" in done.stderr
    assert told(stage, "") == []


@pytest.mark.parametrize("missing", TOKENS)
def test_without_its_tokens_nothing_is_touched(stage: dict[str, str], missing: str) -> None:
    done = deploy({**stage, **TOKENS, missing: ""}, "seed", "staging")
    assert done.returncode == 2
    assert missing in done.stderr
    assert told(stage, "") == []
