"""The organisations of the local cloud: two tenants, each with two identity providers, and what those say.

As plain data: the environment of every command is made of it.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

SECOND: Final = "nova"
STAFF: Final = "oidc.staff"
PARTNERS: Final = "saml.partners"
GROUPS: Final[Mapping[str, tuple[str, str]]] = {
    "admin": (STAFF, "visita-admins"),
    "operator": (STAFF, "visita-operators"),
    "doctor": (STAFF, "visita-doctors"),
    "employer": (PARTNERS, "hr"),
    "partner": (PARTNERS, "partner"),
    "patient": (PARTNERS, "patients"),
}
"""By whom people of a role sign in, and the group that makes them it."""
CLAIMS: Final = {STAFF: ("groups", "employee_id"), PARTNERS: ("memberOf", "recordId")}
"""What a provider calls the groups, and the record that somebody stands for."""


def idp_tenant(tenant: str) -> str:
    """What Identity Platform calls our tenant."""
    return f"idp-{tenant}"


def tenants(home: str) -> str:
    """As VISITA_TENANTS says it."""
    return ",".join(f"{idp_tenant(one)}={one}" for one in dict.fromkeys((home, SECOND)))


def policies(home: str) -> str:
    """As VISITA_SIGN_IN says it."""
    return json.dumps(
        [_policy(one, provider) for one in dict.fromkeys((home, SECOND)) for provider in CLAIMS]
    )


def _policy(tenant: str, provider: str) -> dict[str, Any]:
    groups_claim, record_claim = CLAIMS[provider]
    roles = [{"group": group, "role": role} for role, (by, group) in GROUPS.items() if by == provider]
    return {
        "tenant_id": tenant,
        "provider": provider,
        "groups_claim": groups_claim,
        "record_claim": record_claim,
        "roles": roles,
    }
