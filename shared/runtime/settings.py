"""Everything the environment tells us, read here and nowhere else."""

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Literal, Self

from pydantic import Field, model_validator

from shared.contracts.sign_in import SignInPolicy
from shared.kernel.records import Value
from shared.runtime.setting_names import LISTS, NAMES

EMULATORS = (
    "FIRESTORE_EMULATOR_HOST",
    "PUBSUB_EMULATOR_HOST",
    "STORAGE_EMULATOR_HOST",
    "FIREBASE_AUTH_EMULATOR_HOST",
    "CLOUD_TASKS_EMULATOR_HOST",
    "VISITA_CLOCK_FILE",
    "VISITA_OIDC_KEYS_URL",
    "TWILIO_BASE_URL",
    "FCM_BASE_URL",
)
"""Variables that redirect us to the local cloud; in the real one they would open every door."""


class Settings(Value):
    """Defaults fit the local cloud; production sets all of them (infra/terraform)."""

    in_cloud: bool = False
    project: str = "demo-visita"
    location: str = "europe-central2"
    function: str = "local"
    revision: str = "local"
    release: str = "local"  # the commit that was deployed
    store: Literal["firestore", "memory"] = "firestore"
    public_url: str = "http://127.0.0.1:28400"
    internal_url: str = ""  # where queues find a function, with {service} in it; empty: the public one
    tenant_id: str = "vm"  # the tenant that systems without sign-in (clinics, phones) speak for
    tenants: Mapping[str, str] = Field(default_factory=dict)  # Identity Platform tenant -> ours
    sign_in_policies: tuple[SignInPolicy, ...] = ()  # who may come in by which provider, and as what
    clock_file: str = ""
    keys_url: str = ""
    firestore_host: str = ""  # these three: the emulators; empty means Google
    pubsub_host: str = ""
    tasks_host: str = ""
    auth_emulator: str = ""
    service_domain: str = "demo-visita.iam.gserviceaccount.com"

    twilio_base_url: str = ""
    twilio_account: str = "AC00000000000000000000000000000000"
    twilio_tokens: tuple[str, ...] = (
        "local-twilio-token",
    )  # the current one first, then those on their way out
    sender_numbers: tuple[str, ...] = ()
    segment_cents: float = Field(4.6, ge=0)  # euro cents, as infra/capacity/prices.json has them

    customer_url: str = ""
    customer_key: str = ""
    clinic_webhook_secrets: tuple[str, ...] = ("local-clinic-webhook-secret",)

    smtp_host: str = ""
    smtp_port: int = 25  # in the cloud 587: Google lets nothing out by 25
    smtp_user: str = ""  # empty: the server asks nobody who they are
    smtp_password: str = ""
    mail_sender: str = "visits@visita.example"

    country: str = "PL"  # whose weekends and public holidays count, and on whose clock days end
    zone: str = "Europe/Warsaw"
    bridge: Literal["off", "rocket_chat"] = "off"  # whether conversations are carried to another chat
    rocket_chat_url: str = ""
    rocket_chat_user: str = ""
    rocket_chat_token: str = ""
    bridge_webhook_secrets: tuple[str, ...] = ("local-bridge-webhook-secret",)
    push: Literal["off", "fcm"] = "off"
    push_url: str = ""  # the twin of FCM; empty means Google
    chat_unread_minutes: int = Field(15, ge=1, le=1440)  # then a doctor who has not read gets a text
    team_lead_mail: str = ""  # who hears of certificates that are late
    remote_for_unverified: bool = False  # whether a person without a number may be judged from documents
    storage_host: str = ""  # the emulator's URL; empty means Google
    quarantine_bucket: str = "demo-visita-quarantine"
    clean_bucket: str = "demo-visita-clean"
    signer: str = ""  # the service account whose name stands under links to files
    antivirus: str = ""  # clamd://host:port, or off; in the cloud one of them must be said

    geocoder: Literal["offline", "google", "nominatim"] = "offline"
    geocoder_key: str = ""
    seal_keys: tuple[str, ...] = ("local-seal-key-local-seal-key-32",)  # newest first; at least 32 characters
    issuer_code: str = Field("VM", pattern=r"^[A-Z0-9]{1,8}$")  # begins the numbers of certificates
    issuer_name: str = "Visita Medycyna"  # the letterhead
    issuer_address: tuple[str, ...] = ("ul. Przykładowa 1", "00-001 Warszawa")
    app_url: str = ""  # the app in which people sign in; without one, the functions themselves
    booking_url: str = ""  # the page that a personal link opens; without one, the function itself
    check_url: str = ""  # the page on which strangers check a certificate; without one, the function itself
    signing_key: str = ""  # PEM without a passphrase; without one papers go out unsigned
    signing_certificates: str = ""  # PEM: the key's own first, then those above it
    timestamp_url: str = ""  # a timestamp service (RFC 3161) for signatures
    trace_url: str = ""  # an OTLP collector, e.g. https://telemetry.googleapis.com/v1/traces; empty: no spans
    trace_share: float = Field(0.1, ge=0, le=1)  # of traces that are sent there
    dispatch_inline: bool = True  # send letters right after the commit, not only by the sweeper

    @model_validator(mode="after")
    def _no_local_keys_in_the_cloud(self) -> Self:
        keys = (*self.seal_keys, *self.twilio_tokens, *self.clinic_webhook_secrets, self.signing_key)
        keys = (*keys, *(self.bridge_webhook_secrets if self.bridge != "off" else ()))
        if self.in_cloud and any(key.startswith("local-") for key in keys):
            raise ValueError(
                "local keys must not be used in the cloud: set VISITA_SEAL_KEYS, TWILIO_AUTH_TOKEN, "
                "CLINIC_WEBHOOK_SECRET and VISITA_SIGNING_KEY to keys of your own"
            )
        return self

    @model_validator(mode="after")
    def _key_with_its_certificate(self) -> Self:
        if bool(self.signing_key) != bool(self.signing_certificates):
            raise ValueError("set both VISITA_SIGNING_KEY and VISITA_SIGNING_CERT, or neither")
        return self

    @model_validator(mode="after")
    def _files_are_scanned_or_nobody_thinks_so(self) -> Self:
        if self.in_cloud and not self.antivirus:
            raise ValueError("set VISITA_ANTIVIRUS: clamd://host:port, or off if files shall not be scanned")
        return self


class RefusesToStart(Exception):
    """The environment is one in which it would be unsafe to run."""


def from_environment(env: Mapping[str, str]) -> Settings:
    """Raises RefusesToStart where an emulator variable is set in the cloud."""
    in_cloud = "K_SERVICE" in env
    redirected = [name for name in EMULATORS if env.get(name)]
    if in_cloud and redirected:
        raise RefusesToStart(
            f"unset {', '.join(redirected)}: they switch checks off and belong to the local cloud"
        )
    given: dict[str, object] = {field: env[name] for field, name in NAMES.items() if env.get(name)}
    given |= {field: tuple(env[name].split(",")) for field, name in LISTS.items() if env.get(name)}
    if in_cloud:
        given = dict.fromkeys(LISTS, ()) | given  # no key of this machine stands in for one not given
    if env.get("VISITA_TENANTS"):
        given["tenants"] = dict(pair.split("=", 1) for pair in env["VISITA_TENANTS"].split(","))
    if env.get("VISITA_SIGN_IN"):
        given["sign_in_policies"] = json.loads(env["VISITA_SIGN_IN"])
    project = str(given.get("project", "demo-visita"))
    domain = f"{project}.iam.gserviceaccount.com"
    of_project = {
        "service_domain": domain,
        "quarantine_bucket": f"{project}-quarantine",  # names of buckets are the whole world's
        "clean_bucket": f"{project}-clean",
        "signer": f"file-links@{domain}",
    }
    return Settings.model_validate({"in_cloud": in_cloud, **of_project, **given})


@cache
def current() -> Settings:
    return from_environment(os.environ)
