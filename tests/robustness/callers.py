"""Who calls: every role with a token as Firebase makes them, strangers of another tenant, and nobody."""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import parse_qsl

from requests import PreparedRequest
from twilio.request_validator import RequestValidator

from infra.local.auth import blocking
from infra.local.auth.account import Account
from infra.local.auth.tokens import Session, id_token
from shared.adapters.clinic_signature import HEADER, sign
from shared.contracts.members import Member
from shared.kernel.actors import Actor, Role
from shared.runtime.action import Declaration
from shared.runtime.settings import Settings
from tests.members import member_of
from tests.people import ANNA, EWA, PIOTR
from tests.world import TENANT

SIGN_IN_TENANTS: Final = {"sign-in-home": TENANT, "sign-in-other": "other"}
RECORDS: Final = {
    Role.DOCTOR: (ANNA, PIOTR, EWA, "nobody-we-know"),
    Role.PATIENT: ("p-1", "p-3", "nobody-we-know", ""),
    Role.EMPLOYER: ("e-1",),
    Role.PARTNER: ("partner-1",),
}
FOREIGN: Final = (Role.OPERATOR, Role.ADMIN, Role.DOCTOR, Role.PATIENT)
NO_TOKENS: Final = ("Bearer", "Bearer  ", "Bearer x", "Basic eDp4", "Bearer a.b.c", "\u00a0", "")
LONG_AGO: Final = timedelta(days=400)


@dataclass(frozen=True)
class Caller:
    """`role` is None for whom nobody vouches."""

    name: str
    authorization: str | None
    role: Role | None = None
    foreign: bool = False

    @property
    def headers(self) -> dict[str, str]:
        return {} if self.authorization is None else {"Authorization": self.authorization}

    def may_call(self, action: Declaration) -> bool:
        """For webhooks: whether the provider's signature is right."""
        if action.trigger.kind != "http":
            return self.role is not None
        return self.role in action.roles and not self.foreign

    def must_get(self, action: Declaration) -> int | None:
        """The one status this caller can get from an app's action; None where it depends on the request."""
        if action.trigger.kind != "http":
            return None
        if self.role is None:
            return 401
        return None if self.role in action.roles else 403


def callers(project: str) -> list[Caller]:
    known = [
        Caller(f"{role}/{record}", _token(project, role, record), role)
        for role in sorted(set(Role) - {Role.SYSTEM})
        for record in RECORDS.get(role, ("",))
    ]
    foreign = [
        Caller(f"foreign {role}", _token(project, role, "p-1", "sign-in-other"), role, foreign=True)
        for role in FOREIGN
    ]
    return [*known, *foreign, *_nobodies(project)]


def sign_for(
    action: Declaration, request: PreparedRequest, settings: Settings, now: datetime, caller: Caller
) -> None:
    """A webhook carries its provider's signature; one that does not fit where `caller` may not call."""
    raw = request.body.encode() if isinstance(request.body, str) else request.body or b""
    if action.trigger.verify == "twilio":
        token = settings.twilio_tokens[0] if caller.may_call(action) else "wrong"
        form = dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True))
        signature = RequestValidator(token).compute_signature(str(request.url), form)
        request.headers["X-Twilio-Signature"] = signature
    if action.trigger.verify == "identity" and caller.may_call(action):
        _let_sign_in(request, settings)
    if action.trigger.verify == "clinic":
        secret = settings.clinic_webhook_secrets[0] if caller.may_call(action) else "wrong"
        request.headers[HEADER] = sign(secret, raw, now)
    if action.trigger.verify == "bridge":
        secret = settings.bridge_webhook_secrets[0] if caller.may_call(action) else "wrong"
        request.headers[HEADER] = sign(secret, raw, now)


def members() -> list[Member]:
    """Of everybody who may call something, here and in the other tenant."""
    here = [
        _member(role, record, "sign-in-home")
        for role in sorted(set(Role) - {Role.SYSTEM})
        for record in RECORDS.get(role, ("",))
    ]
    return [*here, *(_member(role, "p-1", "sign-in-other") for role in FOREIGN)]


def _member(role: Role, record: str, tenant: str) -> Member:
    user, ours = f"{tenant}-{role}-{record}", SIGN_IN_TENANTS[tenant]
    return member_of(Actor(role=role, tenant_id=ours, user_id=user, record_id=record))


def _let_sign_in(request: PreparedRequest, settings: Settings) -> None:
    """The event of an operator, as Google's emulator sends it, in the place of what was generated."""
    account = Account("newcomer", created=datetime.now(UTC))
    now = int(datetime.now(UTC).timestamp())
    said = {"groups": ["visita-operators"]}
    told = blocking.event(
        settings.project, str(request.url), "sign-in-home", account, "oidc.staff", said, {}, now
    )
    request.prepare_body(None, None, {"data": {"jwt": blocking.sign(told, None)}})


def _nobodies(project: str) -> list[Caller]:
    unknown = _token(project, Role.ADMIN, "", "sign-in-unknown")
    old = _token(project, Role.ADMIN, "", at=datetime.now(UTC) - LONG_AGO)
    elsewhere = _token("demo-elsewhere", Role.ADMIN, "")
    empty = base64.urlsafe_b64encode(json.dumps({}).encode()).decode().rstrip("=")
    return [
        Caller("nobody", None),
        Caller("an unknown tenant", unknown),
        Caller("an old token", old),
        Caller("another project", elsewhere),
        *(
            Caller(f"header {place}", words)
            for place, words in enumerate((*NO_TOKENS, f"Bearer {empty}.{empty}."))
        ),
    ]


def _token(
    project: str, role: Role, record: str, tenant: str = "sign-in-home", at: datetime | None = None
) -> str:
    now = at or datetime.now(UTC)
    uid = f"{tenant}-{role}-{record}"
    session = Session(project, tenant, uid, "custom", {"role": role.value, "record_id": record})
    return f"Bearer {id_token(Account(uid, created=now), session, now)}"
