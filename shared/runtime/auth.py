"""Who is calling: a token of an app user, a token of one of our own services, or a provider's signature.

A user's token proves who they are; their member record says what they may do.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from shared.kernel.actors import Actor, system
from shared.kernel.addresses import inner_door
from shared.kernel.errors import NotAdmitted, NotAllowed
from shared.runtime.action import Declaration

if TYPE_CHECKING:
    from shared.runtime.incoming import Incoming
    from shared.runtime.wiring import Wiring

SERVICES = {"task": "cloud-tasks", "topic": "pubsub", "schedule": "scheduler"}
"""The service account, one per kind of trigger, that alone may call such functions."""
RECENT: Final = timedelta(minutes=10)
"""How long after signing in somebody may do what asks for a recent sign-in."""
SKEW: Final = timedelta(seconds=30)
"""By how much the clock of who issued the token may differ from ours."""


def admit(action: Declaration, incoming: Incoming, wiring: Wiring) -> Actor:
    """Raises NotAdmitted (401) or NotAllowed (403)."""
    match action.trigger.kind:
        case "http":
            return _user(action, _bearer(incoming), wiring)
        case "public":
            return system(wiring.settings.tenant_id, "anybody")
        case "webhook":
            return system(wiring.settings.tenant_id, action.trigger.verify)  # signed: see webhooks.py
        case kind:
            account = f"{SERVICES[kind]}@{wiring.settings.service_domain}"
            now = wiring.settings
            door = inner_door(action.entry_point, action.path, now.public_url, now.internal_url)
            wiring.identity.service(_bearer(incoming), door.audience, account)
            return system(wiring.settings.tenant_id, SERVICES[kind])


def _user(action: Declaration, token: str, wiring: Wiring) -> Actor:
    claims = wiring.identity.user(token, ask=action.asks_account)
    actor = wiring.members.actor_for(claims)
    if actor.role not in action.roles:
        raise NotAllowed(f"This is not open to the role '{actor.role}'.")
    if action.recent_sign_in and not -SKEW <= claims.signed_in_ago <= RECENT + SKEW:
        from shared.contracts.members import SignInAgain

        raise SignInAgain
    return actor


def _bearer(incoming: Incoming) -> str:
    kind, _, token = incoming.header("Authorization").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise NotAdmitted("Send an Authorization header: Bearer and your ID token.")
    return token.strip()
