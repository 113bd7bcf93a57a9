"""A company that looks for an institute: what we know of it, and what it is about to send."""

from collections.abc import Mapping
from typing import ClassVar, Final, Self

from pydantic import Field

from functions.partners.domain.institute import Words
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.weights import Weights
from shared.kernel.actors import Actor, Role, Scope
from shared.kernel.records import Record

FILES_MAX: Final = 30


def belongs_to(partner_id: str, actor: Actor, scope: Scope) -> bool:
    """Whether this actor may touch what is this partner's: the partner itself, and staff."""
    if actor.role == Role.PARTNER:
        return scope == Scope.OWN and actor.record_id == partner_id != ""
    return actor.is_staff


class Partner(Record):
    """`weights` None: the usual ones."""

    kind: ClassVar[str] = "partners"

    name: Words
    language: Spoken = "pl"
    weights: Weights | None = None

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return belongs_to(self.id, actor, scope)


class UploadDesk(Record):
    """What came in for one partner (or of price lists, for the tenant): `newest` is the highest number that
    has arrived, `reading` the upload that is being read, `files` the uploads by the hash of their content."""

    kind: ClassVar[str] = "upload_desks"
    logged: ClassVar[bool] = False

    partner_id: str = ""
    given: int = 0
    newest: int = 0
    reading: str = ""
    files: Mapping[str, str] = Field(default_factory=dict)

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return belongs_to(self.partner_id, actor, scope)

    def knowing(self, sha256: str, upload_id: str) -> Self:
        kept = {key: value for key, value in self.files.items() if key != sha256} | {sha256: upload_id}
        return self.but(files=dict(list(kept.items())[-FILES_MAX:]))
