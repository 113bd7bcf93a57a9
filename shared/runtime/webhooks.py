"""Signed calls from outside: which signature each kind of webhook must carry, and its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from shared.contracts.sign_in import SignInEvent
from shared.kernel.actors import Actor
from shared.kernel.errors import Invalid, NotAdmitted, NotAllowed
from shared.kernel.records import Value
from shared.runtime import log
from shared.runtime.action import Declaration

if TYPE_CHECKING:
    from shared.runtime.incoming import Incoming
    from shared.runtime.wiring import Wiring

FIELDS_MAX = 60
BODY_MAX = 64 * 1024


def fields(action: Declaration, incoming: Incoming, wiring: Wiring) -> dict[str, Any]:
    """The webhook's fields once its signature holds. Raises NotAllowed without saying what was wrong."""
    if len(incoming.body) > BODY_MAX:
        raise Invalid("The body is too large.")
    by = {"twilio": _twilio, "clinic": _clinic, "identity": _identity, "bridge": _bridge}
    return by[action.trigger.verify](action, incoming, wiring)


def speaks_for(actor: Actor, request: Value) -> Actor:
    """Phones and clinics speak for the tenant of the deployment, a sign-in for the tenant it happened in."""
    if isinstance(request, SignInEvent):
        return actor.but(tenant_id=request.tenant_id)
    return actor


def _twilio(action: Declaration, incoming: Incoming, wiring: Wiring) -> dict[str, Any]:
    from shared.adapters.twilio_signature import BadWebhook, check_text, check_webhook

    # The URL as Twilio saw it is rebuilt from our own setting: proxies rewrite what arrives here.
    url = wiring.settings.public_url + action.path + (f"?{incoming.query}" if incoming.query else "")
    wanted = {one.alias or name for name, one in action.request.model_fields.items()}
    try:
        pairs = parse_qsl(
            incoming.body.decode("utf-8"), keep_blank_values=True, max_num_fields=FIELDS_MAX, errors="strict"
        )
        given = check_webhook(
            url,
            pairs,
            incoming.header("X-Twilio-Signature"),
            tokens=wiring.settings.twilio_tokens,
            account=wiring.settings.twilio_account,
        )
        if "Body" in wanted:
            check_text(given)
    except (BadWebhook, ValueError) as bad:
        log.event("webhook_refused", severity="WARNING", reason=type(bad).__name__)
        raise NotAllowed from None
    # The query is ours: Twilio signs the whole URL that we gave it.
    return {name: value for name, value in (*parse_qsl(incoming.query), *given.items()) if name in wanted}


def _clinic(_: Declaration, incoming: Incoming, wiring: Wiring) -> dict[str, Any]:
    from shared.adapters.clinic_signature import verify_clinic_signature

    header, now = incoming.header("Visita-Signature"), wiring.clock.now()
    verify_clinic_signature(wiring.settings.clinic_webhook_secrets, header, incoming.body, now)
    return incoming.json()


def _bridge(_: Declaration, incoming: Incoming, wiring: Wiring) -> dict[str, Any]:
    """Sealed as clinics seal theirs. While the bridge is off, nobody's seal is good."""
    from shared.adapters.clinic_signature import verify_clinic_signature

    now = wiring.settings
    secrets = () if now.in_cloud and now.bridge == "off" else now.bridge_webhook_secrets
    verify_clinic_signature(secrets, incoming.header("Visita-Signature"), incoming.body, wiring.clock.now())
    return incoming.json()


def _identity(action: Declaration, incoming: Incoming, wiring: Wiring) -> dict[str, Any]:
    data = incoming.json().get("data")
    token = data.get("jwt") if isinstance(data, dict) else None
    if not isinstance(token, str):
        raise NotAdmitted
    return wiring.sign_in_events.read(token, wiring.settings.public_url + action.path).model_dump()
