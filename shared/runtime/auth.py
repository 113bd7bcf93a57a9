"""Who is calling: a token of an app user, a token of one of our own services, or a provider's signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shared.kernel.actors import Actor, Role, system
from shared.kernel.errors import NotAdmitted, NotAllowed
from shared.runtime.action import Declaration

if TYPE_CHECKING:
    from shared.runtime.incoming import Incoming
    from shared.runtime.wiring import Wiring

SERVICES = {"task": "tasks", "topic": "pubsub", "schedule": "scheduler"}
"""The service account, one per kind of trigger, that alone may call such functions."""


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
            audience = wiring.settings.public_url + action.path
            wiring.identity.service(_bearer(incoming), audience, account)
            return system(wiring.settings.tenant_id, SERVICES[kind])


def _user(action: Declaration, token: str, wiring: Wiring) -> Actor:
    claims = wiring.identity.user(token)
    try:
        role = Role(claims.role)
    except ValueError:
        raise NotAllowed("Your account has no role here yet: ask your administrator for one.") from None
    if role not in action.roles or role == Role.SYSTEM:
        raise NotAllowed(f"This is not open to the role '{role}'.")
    if not role.is_staff and not claims.record_id:
        raise NotAllowed(f"Your account is not linked to a {role} yet: ask your administrator to link it.")
    return Actor(role=role, tenant_id=claims.tenant_id, user_id=claims.user_id, record_id=claims.record_id)


def _bearer(incoming: Incoming) -> str:
    kind, _, token = incoming.header("Authorization").partition(" ")
    if kind.lower() != "bearer" or not token.strip():
        raise NotAdmitted("Send an Authorization header: Bearer and your ID token.")
    return token.strip()
