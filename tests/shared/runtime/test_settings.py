"""The environment: what is unsafe is refused at the start, not discovered later."""

import subprocess
import sys
from pathlib import Path

import pytest

from shared.runtime import catalog
from shared.runtime.secrets_needed import refuse_without
from shared.runtime.setting_names import LISTS
from shared.runtime.settings import EMULATORS, RefusesToStart, from_environment

ROOT = Path(__file__).resolve().parents[3]
CLOUD = {
    "K_SERVICE": "house-visits-read-reply",
    "GOOGLE_CLOUD_PROJECT": "visita-prod",
    "TWILIO_AUTH_TOKEN": "a-real-one",
    "CLINIC_WEBHOOK_SECRET": "a-real-one-too",
    "VISITA_SEAL_KEYS": "a-real-key-of-more-than-32-characters",
    "VISITA_ANTIVIRUS": "clamd://scanner:3310",
}


@pytest.mark.parametrize("name", EMULATORS)
def test_nothing_that_redirects_us_may_be_set_in_the_cloud(name: str) -> None:
    with pytest.raises(RefusesToStart, match=name):
        from_environment({**CLOUD, name: "127.0.0.1:1"})
    assert from_environment({name: "127.0.0.1:1"}).in_cloud is False


KEYS = ["TWILIO_AUTH_TOKEN", "VISITA_SEAL_KEYS", "CLINIC_WEBHOOK_SECRET"]


@pytest.mark.parametrize("name", KEYS)
def test_keys_that_everybody_knows_are_refused_in_the_cloud(name: str) -> None:
    with pytest.raises(ValueError, match="local keys"):
        from_environment({**CLOUD, name: "local-key-local-key-local-key-32"})


@pytest.mark.parametrize("name", KEYS)
def test_no_key_of_this_machine_stands_in_for_one_that_was_not_given(name: str) -> None:
    given = from_environment({one: value for one, value in CLOUD.items() if one != name})
    assert getattr(given, {own: field for field, own in LISTS.items()}[name]) == ()


@pytest.mark.parametrize(
    ("entry_point", "needs"),
    [
        ("messaging__receive_sms", "TWILIO_AUTH_TOKEN"),
        ("house_visits__ask_next_doctor", "TWILIO_AUTH_TOKEN"),
        ("house_visits__hear_clinic", "CLINIC_WEBHOOK_SECRET"),
        ("house_visits__get_visit", "VISITA_SEAL_KEYS"),
        ("chat__hear_bridge", "VISITA_BRIDGE_WEBHOOK_SECRET"),
        ("house_visits__cancel_visit", "SMTP_PASSWORD"),
    ],
)
def test_a_function_does_not_start_without_the_secret_that_it_needs(entry_point: str, needs: str) -> None:
    third = CLOUD["CLINIC_WEBHOOK_SECRET"]
    given = {**CLOUD, "VISITA_BRIDGE": "rocket_chat", "VISITA_BRIDGE_WEBHOOK_SECRET": third}
    given |= {"SMTP_USER": "visita", "SMTP_PASSWORD": third}
    action = catalog.find(entry_point)
    refuse_without(action, from_environment(given))
    with pytest.raises(RefusesToStart, match=f"{entry_point} cannot do without {needs}"):
        refuse_without(action, from_environment({one: key for one, key in given.items() if one != needs}))


def test_a_reading_function_starts_with_the_seal_keys_alone() -> None:
    """As functions-framework looks it up, in a process of its own."""
    env = {one: CLOUD[one] for one in ("K_SERVICE", "VISITA_SEAL_KEYS", "VISITA_ANTIVIRUS")}
    ask = "import sys, main; getattr(main, sys.argv[1])"
    for entry_point, starts in (("house_visits__get_visit", True), ("house_visits__cancel_visit", False)):
        run = subprocess.run(
            [sys.executable, "-c", ask, entry_point],
            cwd=ROOT, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (run.returncode == 0) is starts, run.stderr
        assert ("TWILIO_AUTH_TOKEN" in run.stderr) is not starts


def test_a_signing_key_made_for_this_machine_is_refused_in_the_cloud() -> None:
    local = {"VISITA_SIGNING_KEY": "local-signing-key\n-----BEGIN", "VISITA_SIGNING_CERT": "-----BEGIN"}
    with pytest.raises(ValueError, match="VISITA_SIGNING_KEY"):
        from_environment({**CLOUD, **local})
    assert from_environment(local).signing_key


@pytest.mark.parametrize("name", ["VISITA_SIGNING_KEY", "VISITA_SIGNING_CERT"])
def test_a_signing_key_comes_with_its_certificate(name: str) -> None:
    with pytest.raises(ValueError, match="or neither"):
        from_environment({**CLOUD, name: "-----BEGIN"})


def test_service_accounts_are_those_of_the_project() -> None:
    assert from_environment(CLOUD).service_domain == "visita-prod.iam.gserviceaccount.com"


def test_two_tokens_are_accepted_while_one_is_on_its_way_out() -> None:
    assert from_environment({**CLOUD, "TWILIO_AUTH_TOKEN": "new,old"}).twilio_tokens == ("new", "old")


def test_who_comes_in_by_which_group_is_said_by_the_deployment() -> None:
    said = (
        '[{"tenant_id": "vm", "provider": "oidc.staff", "record_claim": "employee_id",'
        ' "roles": [{"group": "bosses", "role": "admin"}]}]'
    )
    (policy,) = from_environment({**CLOUD, "VISITA_SIGN_IN": said}).sign_in_policies
    assert (policy.provider, policy.groups_claim, policy.authoritative) == ("oidc.staff", "groups", False)
    assert (policy.roles[0].group, policy.roles[0].role) == ("bosses", "admin")
    with pytest.raises(ValueError, match="nobody signs in as the system"):
        from_environment({**CLOUD, "VISITA_SIGN_IN": said.replace('"admin"', '"system"')})
    assert from_environment(CLOUD).sign_in_policies == ()


def test_tenants_are_mapped_by_us_and_by_nobody_else() -> None:
    assert from_environment({**CLOUD, "VISITA_TENANTS": "idp-a=vm,idp-b=other"}).tenants == {
        "idp-a": "vm",
        "idp-b": "other",
    }
