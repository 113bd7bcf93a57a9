"""A world with the settings and the token verification of production, and a store in memory.

Who is calling is decided by shared/adapters/firebase_identity.py exactly as in the cloud; only the records,
the clock and what lies outside (phones, mail, clinics) are invented.
"""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shared.adapters.memory import MemoryDocuments
from shared.adapters.no_bridge import NoBridge
from shared.contracts.members import Member, member_id
from shared.kernel.actors import Actor, Role
from shared.kernel.effects import ForeignMessage
from shared.kernel.ports import Write
from shared.runtime import entry
from shared.runtime.action import Declaration
from shared.runtime.auth import SERVICES
from shared.runtime.incoming import Incoming
from shared.runtime.letters import Envelope
from shared.runtime.problem import Answer
from shared.runtime.settings import from_environment
from shared.runtime.wiring import Wiring
from tests.authorization.tokens import IDP_TENANTS, PROJECT
from tests.clinic_twin import MemoryClinics
from tests.functions.identity.sign_ins import POLICIES
from tests.recorder import RecordingDocuments
from tests.world import World

TWILIO_TOKENS = ("the-token-of-today", "the-token-of-yesterday")
BRIDGE_SECRET = "the-bridge-secret"
CLINIC_SECRETS = ("the-secret-of-today", "the-secret-of-yesterday")
CLOUD = {
    "K_SERVICE": "any-function",
    "GOOGLE_CLOUD_PROJECT": PROJECT,
    "VISITA_STORE": "memory",
    "VISITA_PUBLIC_URL": "https://api.visita.example",
    "VISITA_TENANT": "vm",
    "VISITA_TENANTS": ",".join(f"{theirs}={ours}" for ours, theirs in IDP_TENANTS.items()),
    "VISITA_SIGN_IN": json.dumps([one.model_dump(mode="json") for one in POLICIES]),
    "VISITA_SENDER_NUMBERS": "+48732230001,+48732230002,+48732230003",
    "VISITA_SEAL_KEYS": "a-seal-key-of-more-than-32-characters",
    "TWILIO_ACCOUNT_SID": "AC" + "7" * 32,
    "TWILIO_AUTH_TOKEN": ",".join(TWILIO_TOKENS),
    "CLINIC_WEBHOOK_SECRET": ",".join(CLINIC_SECRETS),
    "VISITA_ANTIVIRUS": "off",
    "VISITA_BRIDGE": "rocket_chat",
    "VISITA_BRIDGE_WEBHOOK_SECRET": BRIDGE_SECRET,
}


class WatchedDocuments(MemoryDocuments):
    """Remembers every document that was written, by its path."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.seeded: dict[str, str] = {}

    def seed(self, writes: Sequence[Write]) -> None:
        """What there is before anybody calls; `seeded` remembers the tenant of each."""
        super().commit(writes)
        self.seeded |= {one.path: str(one.fields["tenant_id"]) for one in writes if one.fields}

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        stamps = super().commit(writes)
        self.written += [one.path for one in writes]
        return stamps


class Production(World):
    """Called with whole requests: what they carry decides who is calling."""

    def __init__(self) -> None:
        self.watched = WatchedDocuments()
        super().__init__(from_environment(CLOUD))

    def _plug(self) -> None:
        super()._plug()
        self.wiring.__dict__["documents"] = RecordingDocuments(self.watched)
        real = Wiring(self.settings)
        self.wiring.__dict__ |= {
            "identity": real.identity,
            "sign_in_events": real.sign_in_events,
            "clinics": MemoryClinics(self.clock),
            "bridge": NoBridge(),
        }

    def knows(self, actor: Actor, member: Callable[[Actor], Member | None]) -> None:
        """What the register says of this actor from now on; nothing that was remembered lasts."""
        mine = member_id(actor.tenant_id, actor.user_id)
        found = member(actor)
        self.watched.seed([Write(f"{Member.kind}/{mine}", None)])
        if found is not None and actor.role != Role.SYSTEM:
            self.watched.seed([Write(f"{found.kind}/{found.id}", self.wiring.codec.encode(found))])
        self.wiring.__dict__.pop("members", None)

    def send(
        self, action: Declaration, body: bytes, headers: Mapping[str, str], query: str = "", path: str = ""
    ) -> Answer:
        """One request to this function, letter by letter."""
        incoming = Incoming(action.trigger.method, path or action.path, query, headers, body)
        return entry.answer_to(action, incoming, self.wiring)

    def foreign_to(self, tenant_id: str) -> set[str]:
        return {path for path, tenant in self.watched.seeded.items() if tenant != tenant_id}

    def account_of(self, action: Declaration) -> str:
        """The service account that alone may call it."""
        return f"{SERVICES[action.trigger.kind]}@{self.settings.service_domain}"

    def url_of(self, action: Declaration) -> str:
        return self.settings.public_url + action.path


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def parcel(action: Declaration, fields: Mapping[str, Any], tenant_id: str = "vm") -> bytes:
    """A message as its queue or topic brings it; a schedule brings nothing."""
    if action.trigger.kind == "schedule":
        return b"{}"
    if issubclass(action.request, ForeignMessage):  # no envelope of ours
        return _pushed(json.dumps(fields).encode())
    envelope = Envelope(id=f"parcel-{action.entry_point}", tenant_id=tenant_id, message=json.dumps(fields))
    body = envelope.model_dump_json().encode()
    return body if action.trigger.kind == "task" else _pushed(body)


def _pushed(body: bytes) -> bytes:
    return json.dumps({"message": {"data": base64.b64encode(body).decode()}}).encode()
