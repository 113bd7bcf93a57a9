"""Sign-ins of invented people, and the policies of two tenants with two providers each."""

from datetime import timedelta
from itertools import count
from typing import Any

from shared.contracts.sign_in import GroupRole, SignInEvent, SignInPolicy
from shared.kernel.actors import Role
from tests.outside import START

STAFF, PARTNERS = "oidc.staff", "saml.partners"
POLICIES = (
    SignInPolicy(
        tenant_id="vm",
        provider=STAFF,
        record_claim="employee_id",
        roles=(
            GroupRole(group="visita-admins", role=Role.ADMIN),
            GroupRole(group="visita-operators", role=Role.OPERATOR),
            GroupRole(group="visita-doctors", role=Role.DOCTOR),
        ),
    ),
    SignInPolicy(
        tenant_id="vm",
        provider=PARTNERS,
        groups_claim="memberOf",
        record_claim="organisation",
        roles=(
            GroupRole(group="hr", role=Role.EMPLOYER),
            GroupRole(group="partner", role=Role.PARTNER),
            GroupRole(group="patients", role=Role.PATIENT),
        ),
    ),
    SignInPolicy(
        tenant_id="other", provider=STAFF, roles=(GroupRole(group="visita-operators", role=Role.OPERATOR),)
    ),
)
_numbers = count(1)


def sign_in(*groups: str, later: timedelta = timedelta(0), **facts: Any) -> SignInEvent:
    """Somebody in these groups comes by the staff's provider; each time a new event."""
    number = next(_numbers)
    told: dict[str, Any] = {
        "event_id": f"event-{number}",
        "tenant_id": "vm",
        "user_id": "u-1",
        "provider": STAFF,
        "email": "operator@example.org",
        "email_verified": True,
        "at": START + later,
        **facts,
    }
    claim = "memberOf" if told["provider"] == PARTNERS else "groups"
    attributes = {claim: groups, **told.pop("attributes", {})}
    return SignInEvent.model_validate(
        {**told, "attributes": {name: one for name, one in attributes.items() if one}}
    )
