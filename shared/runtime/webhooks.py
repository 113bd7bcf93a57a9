"""Signed calls from outside: which signature each kind of webhook must carry, and its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from shared.kernel.errors import Invalid, NotAllowed
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
    return {"twilio": _twilio, "clinic": _clinic}[action.trigger.verify](action, incoming, wiring)


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
