"""Signing in by an organisation's own identity provider: what is told of it, and what it may give.

A policy is the allow-list of one provider of one tenant. It is part of a deployment's settings and not of the
store, so that nobody can give themselves a role by changing data.
"""

from collections.abc import Mapping
from datetime import datetime

from pydantic import Field, field_validator

from shared.kernel.actors import Role
from shared.kernel.records import Value

GROUPS_MAX = 100


class SignInEvent(Value):
    """Somebody proved to their provider who they are, and waits to be let in.

    `attributes`: what the provider's token or assertion says of them, every value as a list of texts.
    `at`: when the event was made, by Identity Platform's clock.
    """

    event_id: str = Field(min_length=1, max_length=200)
    tenant_id: str
    user_id: str = Field(min_length=1, max_length=128)
    provider: str = Field(max_length=200)
    email: str = Field("", max_length=320)
    email_verified: bool = False
    attributes: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    at: datetime


class GroupRole(Value):
    """Who is in this group has this role."""

    group: str = Field(min_length=1)
    role: Role

    @field_validator("role")
    @classmethod
    def _of_a_person(cls, role: Role) -> Role:
        if role == Role.SYSTEM:
            raise ValueError("nobody signs in as the system")
        return role


class SignInPolicy(Value):
    """`provider` is Identity Platform's name of it, e.g. `oidc.staff` or `saml.partners`. Of several groups
    the one that is named first in `roles` counts. `record_claim` names the doctor, patient, employer or
    partner that a person stands for, by the id under which our directory keeps them. `authoritative`: an
    account that another provider brought may be taken over by whom this one vouches for, e-mail verified."""

    tenant_id: str
    provider: str
    groups_claim: str = "groups"
    record_claim: str = ""
    authoritative: bool = False
    roles: tuple[GroupRole, ...] = Field(min_length=1, max_length=GROUPS_MAX)

    def role_for(self, event: SignInEvent) -> Role | None:
        groups = set(event.attributes.get(self.groups_claim, ()))
        return next((one.role for one in self.roles if one.group in groups), None)

    def record_for(self, event: SignInEvent) -> str:
        """ "" where the provider names none, or more than one."""
        named = event.attributes.get(self.record_claim, ())
        return named[0] if len(named) == 1 else ""
