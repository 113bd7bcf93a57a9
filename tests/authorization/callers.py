"""Everybody who may try to call: people of each role, people who may not, and tokens that are none.

`expects` is what the door owes them: IN, to be treated by their role; OUTSIDE, to find nothing, because they
are of another tenant; NOT_ALLOWED 403; NOT_ADMITTED 401.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum

from infra.local.auth.token import mint
from infra.rendering.authorization import PEOPLE
from shared.adapters.firebase_identity import ASKED_ABOUT
from shared.contracts.members import Member, MemberStatus
from shared.kernel.actors import Actor, Role
from shared.runtime.action import Declaration
from tests.authorization import tokens
from tests.authorization.google import Google
from tests.authorization.parties import Party, caller
from tests.authorization.tokens import HOUR, Told, service_claims, signed, user_claims
from tests.members import member_of

Make = Callable[[Google, Actor], str]
"""The whole Authorization header; "" for none."""


class Expects(Enum):
    IN = "in"
    OUTSIDE = "outside"
    NOT_ALLOWED = 403
    NOT_ADMITTED = 401


@dataclass(frozen=True)
class Caller:
    """`role` is what the token claims, or what it would claim if it were good. `account` is theirs, if not
    the usual one of the role; `member` is what the register of members says of them."""

    name: str
    role: Role
    expects: Expects
    make: Make
    tenant_id: str = "vm"
    account: str = ""
    member: Callable[[Actor], Member | None] = member_of

    def actor(self, party: Party) -> Actor:
        """`party`: for whose record the person stands."""
        actor = caller(self.role, party).but(tenant_id=self.tenant_id)
        return actor.but(user_id=self.account) if self.account else actor

    def header(self, google: Google, party: Party) -> dict[str, str]:
        token = self.make(google, self.actor(party))
        return {"Authorization": token} if token else {}


def claiming(**changed: object) -> Make:
    """A token that Google has signed; `changed` is what is strange about it, None what is left out."""
    return lambda google, actor: f"Bearer {signed(google.key, user_claims(actor, **changed))}"


def made(by: Callable[[Google, Told], str]) -> Make:
    """The claims of a good token, and a signature that is not Google's."""
    return lambda google, actor: f"Bearer {by(google, user_claims(actor))}"


def said(header: str) -> Make:
    return lambda _, __: header


def as_account(state: str) -> Make:
    """Somebody whose account is not good any more, with a token that still is."""

    def make(google: Google, actor: Actor) -> str:
        known = {"localId": actor.user_id, "validSince": "0"}
        if state == "disabled":
            google.accounts[actor.user_id] = {**known, "disabled": True}
        if state == "revoked":
            google.accounts[actor.user_id] = {**known, "validSince": str(int(time.time()))}
        return f"Bearer {signed(google.key, user_claims(actor))}"

    return make


def good(google: Google, actor: Actor) -> str:
    google.accounts.setdefault(actor.user_id, {"localId": actor.user_id, "validSince": "0"})
    return f"Bearer {signed(google.key, user_claims(actor))}"


def _emulators(google: Google, actor: Actor) -> str:
    return f"Bearer {mint(actor.role, actor.record_id, actor.tenant_id, actor.user_id, tokens.PROJECT)}"


def _tampered(google: Google, actor: Actor) -> str:
    """A patient's good token, with the claims of whom they would like to be."""
    weak = signed(google.key, user_claims(caller(Role.PATIENT)))
    return f"Bearer {tokens.with_claims(weak, role=str(actor.role), record_id=actor.record_id)}"


def _of_a_service(google: Google, actor: Actor) -> str:
    account = f"cloud-tasks@{tokens.PROJECT}.iam.gserviceaccount.com"
    return f"Bearer {signed(google.key, service_claims(tokens.PROJECT, account))}"


NOW = int(time.time())
NO_TOKENS: dict[str, Make] = {
    "no header": said(""),
    "an empty bearer": said("Bearer "),
    "basic": said("Basic b3BlcmF0b3I6b3BlcmF0b3I="),
    "no token": said("Bearer operator"),
    "the tests' own words": lambda _, actor: f"Bearer {actor.role}/vm/{actor.user_id}/{actor.record_id}",
    "brackets without end": said(f"Bearer {tokens.nested(3000)}"),
    "a list for an object": said(f"Bearer {tokens.legacy(d=5)}"),
    "an old custom token": said(f"Bearer {tokens.legacy(d={'uid': 'u'})}"),
}
BAD_TOKENS: dict[str, Make] = {
    "expired": claiming(iat=NOW - 2 * HOUR, exp=NOW - HOUR),
    "without an end": claiming(exp=None),
    "not valid yet": claiming(iat=NOW + HOUR, exp=NOW + 2 * HOUR),
    "another audience": claiming(aud="visita-stranger"),
    "another project": claiming(aud="visita-stranger", iss="https://securetoken.google.com/visita-stranger"),
    "another issuer": claiming(iss="https://securetoken.google.com/visita-stranger"),
    "google's issuer": claiming(iss=tokens.GOOGLE),
    "nobody's": claiming(sub=None),
    "an unknown tenant": claiming(firebase={"tenant": "idp-stranger"}),
    "no tenant": claiming(firebase={}),
    "a tenant merely named": claiming(firebase={}, tenant="idp-vm", tenant_id="vm"),
    "unsigned": made(lambda _, told: tokens.unsigned(told)),
    "unsigned, with a key's name": made(
        lambda google, told: tokens.unsigned(told, kid=next(iter(google.key.certs())))
    ),
    "the emulator's": _emulators,
    "its signature cut off": made(lambda google, told: tokens.without_signature(signed(google.key, told))),
    "alg none over a signature": made(
        lambda google, told: tokens.with_header(signed(google.key, told), alg="none")
    ),
    "hmac with the public key": made(lambda google, told: tokens.hmac_with_public_key(google.key, told)),
    "hmac called RS256": made(lambda google, told: tokens.hmac_with_public_key(google.key, told, "RS256")),
    "an elliptic key": made(lambda google, told: tokens.elliptic(google.key, told)),
    "a stranger's key": made(lambda google, told: tokens.by_stranger(google.key, told)),
    "an unknown key": made(lambda _, told: tokens.by_unknown_key(told)),
    "a key without a name": made(lambda _, told: tokens.without_key_id(told)),
    "other claims": _tampered,
    "a service's": _of_a_service,
}


def people(action: Declaration) -> Iterator[Caller]:
    """Everybody who may hold a token, and everybody who has none; bad tokens claim a role that is right."""
    right = sorted(action.roles)
    yield from (Caller(role, role, Expects.IN, good) for role in PEOPLE)
    yield from (Caller(f"{role} of another tenant", role, Expects.OUTSIDE, good, "other") for role in right)
    for state in ("disabled", "revoked", "deleted"):
        for role in right:
            asked_about = action.asks_account or role in ASKED_ABOUT
            expects = Expects.NOT_ADMITTED if asked_about else Expects.IN
            yield Caller(f"{role}, {state}", role, expects, as_account(state), account=f"{state}-{role}")
    yield from (one for role in right for one in _members(role))
    if action.recent_sign_in:
        yield from (one for role in right for one in _long_signed_in(role))
    for name, claims in {"no role": None, "an unknown role": "root", "the system's role": "system"}.items():
        yield Caller(name, right[0], Expects.NOT_ALLOWED, claiming(role=claims))
    for role in right:
        if not role.is_staff:
            yield Caller(f"{role}, not linked", role, Expects.NOT_ALLOWED, claiming(record_id=None))
    for name, make in {**NO_TOKENS, **BAD_TOKENS}.items():
        yield Caller(name, right[0], Expects.NOT_ADMITTED, make)


def _members(role: Role) -> Iterator[Caller]:
    """Good tokens, and a register of members that says something else."""
    another = Role.OPERATOR if role == Role.ADMIN else Role.ADMIN
    for name, member in {
        "no member": lambda _: None,
        "a disabled member": lambda actor: member_of(actor, status=MemberStatus.DISABLED),
        "their role was removed": lambda actor: member_of(actor, role=None),
        "another role on file": lambda actor: member_of(actor, role=another),
        "another record on file": lambda actor: member_of(actor, record_id="somebody-else"),
        "a member of another tenant alone": lambda actor: member_of(actor.but(tenant_id="other")),
    }.items():
        yield Caller(f"{role}, {name}", role, Expects.NOT_ALLOWED, good, member=member)


def _long_signed_in(role: Role) -> Iterator[Caller]:
    """What asks for a recent sign-in is not open to a token that was renewed ever since."""
    for name, seconds_ago in {
        "signed in eleven minutes ago": 11 * 60,
        "signed in yesterday": 24 * HOUR,
        "signed in at no known time": None,
    }.items():
        yield Caller(f"{role}, {name}", role, Expects.NOT_ADMITTED, asked(seconds_ago))
    yield Caller(f"{role}, signed in nine minutes ago", role, Expects.IN, asked(9 * 60))


def asked(seconds_ago: int | None) -> Make:
    """A good token of whom Google knows, of somebody who signed in so long before they call."""

    def make(google: Google, actor: Actor) -> str:
        good(google, actor)
        auth_time = None if seconds_ago is None else int(time.time()) - seconds_ago
        return f"Bearer {signed(google.key, user_claims(actor, auth_time=auth_time))}"

    return make


def anybody() -> Iterator[Caller]:
    """People who call what is not for people."""
    yield from (Caller(role, role, Expects.NOT_ADMITTED, good) for role in PEOPLE)
    yield from (Caller(name, Role.ADMIN, Expects.NOT_ADMITTED, make) for name, make in NO_TOKENS.items())
