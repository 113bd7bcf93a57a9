"""Who acts: roles, scopes, and the actor that every call carries."""

from enum import StrEnum

from shared.kernel.records import Value


class Role(StrEnum):
    OPERATOR = "operator"
    DOCTOR = "doctor"
    PATIENT = "patient"
    EMPLOYER = "employer"
    PARTNER = "partner"
    ADMIN = "admin"
    SYSTEM = "system"  # tasks, schedules, topics, signed webhooks: everything that happens by itself

    @property
    def is_staff(self) -> bool:
        return self in STAFF


STAFF = frozenset({Role.OPERATOR, Role.ADMIN, Role.SYSTEM})


class Scope(StrEnum):
    """Which records of the actor's tenant an action may touch; the records say who that is."""

    TENANT = "tenant"  # any record of the tenant
    OFFERED = "offered"  # a visit that was offered to this doctor
    ASSIGNED = "assigned"  # a record this doctor works on
    OWN = "own"  # a record about, or belonging to, this actor
    CASE = "case"  # a record of a case that this actor works on


class Actor(Value):
    """`record_id` is the doctor, patient, employer or partner the person stands for; "" for staff."""

    role: Role
    tenant_id: str
    user_id: str
    record_id: str = ""

    @property
    def is_staff(self) -> bool:
        return self.role.is_staff


def system(tenant_id: str, name: str) -> Actor:
    return Actor(role=Role.SYSTEM, tenant_id=tenant_id, user_id=name)
