"""Each function is given the secrets it asks for and no others: read from its source, seen in stories."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from infra.rendering.secrets_of import OF_PORTS, run_at_once, secrets_of
from shared.runtime import catalog, log
from shared.runtime.setting_names import LISTS, NAMES
from shared.runtime.wiring import Wiring
from tests.bench import module_stories, stories
from tests.world import World

SETTINGS = {**NAMES, **LISTS}
PATIENT_STORIES = (
    stories.visit,
    stories.certificate,
    stories.document,
    module_stories.referral,
    module_stories.partner,
    module_stories.talk,
)


class Asked(Wiring):
    """Remembers which function asked for which socket."""

    by_function: dict[str, set[str]]

    def __getattribute__(self, name: str) -> Any:
        if name in OF_PORTS:
            self.by_function[log.function.get()].add(name)
        return super().__getattribute__(name)


@pytest.mark.parametrize("story", PATIENT_STORIES, ids=[one.__name__ for one in PATIENT_STORIES])
def test_what_a_story_asks_for_was_given(world: World, story: Callable[[World], None]) -> None:
    seen = Asked.by_function = defaultdict(set)
    world.wiring.__class__ = Asked
    story(world)
    assert story in (stories.document, module_stories.partner) or seen
    for function, ports in seen.items():
        asked = {SETTINGS[one] for port in ports for one in OF_PORTS[port]}
        assert asked <= set(secrets_of(catalog.find(function))), function


def test_every_setting_that_is_a_secret_is_known() -> None:
    """A new adapter with a key of its own: its line in OF_PORTS is missing."""
    secret = {one for ports in OF_PORTS.values() for one in ports}
    kept = {"seal_keys", "smtp_password", "clinic_webhook_secrets", "bridge_webhook_secrets"}
    named = {
        one
        for one in SETTINGS
        if one.endswith(("_key", "_keys", "_token", "_tokens", "_secrets", "_password"))
    }
    assert named - secret - kept == set()


@pytest.mark.parametrize(
    ("entry_point", "secrets"),
    [
        ("house_visits__get_visit", ["VISITA_SEAL_KEYS"]),
        ("house_visits__cancel_visit", ["SMTP_PASSWORD", "TWILIO_AUTH_TOKEN", "VISITA_SEAL_KEYS"]),
        ("messaging__receive_sms", ["SMTP_PASSWORD", "TWILIO_AUTH_TOKEN", "VISITA_SEAL_KEYS"]),
        (
            "house_visits__hear_clinic",
            ["CLINIC_WEBHOOK_SECRET", "SMTP_PASSWORD", "TWILIO_AUTH_TOKEN", "VISITA_SEAL_KEYS"],
        ),
        (
            "directory__sync_page",
            ["CUSTOMER_API_KEY", "SMTP_PASSWORD", "TWILIO_AUTH_TOKEN", "VISITA_SEAL_KEYS"],
        ),
        ("referrals__propose_slots", ["CUSTOMER_API_KEY", "VISITA_GEOCODER_KEY", "VISITA_SEAL_KEYS"]),
        (
            "chat__fetch_messages",
            ["ROCKET_CHAT_TOKEN", "SMTP_PASSWORD", "TWILIO_AUTH_TOKEN", "VISITA_SEAL_KEYS"],
        ),
        (
            "certificates__print_certificate",
            [
                "SMTP_PASSWORD",
                "TWILIO_AUTH_TOKEN",
                "VISITA_SEAL_KEYS",
                "VISITA_SIGNING_CERT",
                "VISITA_SIGNING_KEY",
            ],
        ),
    ],
)
def test_a_function_is_given_what_it_asks_for(entry_point: str, secrets: list[str]) -> None:
    assert secrets_of(catalog.find(entry_point)) == secrets


@pytest.mark.parametrize(
    ("sweeper", "tasks"),
    [
        ("house_visits__sweep_cascades", {"ask_next_doctor", "resolve_booking"}),
        ("certificates__sweep_appointments", {"resolve_appointment"}),
        ("certificates__sweep_papers", {"print_certificate"}),
        ("chat__sweep_bridges", {"carry_messages", "fetch_messages"}),
        ("referrals__sweep_work_papers", {"print_fitness", "print_referral"}),
        ("house_visits__get_visit", set()),
    ],
)
def test_a_sweeper_is_given_what_the_tasks_ask_which_it_runs_itself(sweeper: str, tasks: set[str]) -> None:
    assert {one.name for one in run_at_once(catalog.find(sweeper))} == tasks


def test_only_who_checks_a_clinics_signature_is_given_its_secret() -> None:
    for one in catalog.all_actions():
        assert ("CLINIC_WEBHOOK_SECRET" in secrets_of(one)) is (one.trigger.verify == "clinic")
