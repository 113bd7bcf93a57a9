"""A workbook on its way: announced, being read, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar, Final, Literal

from functions.partners.domain.answers import Answers
from functions.partners.domain.issues import CellIssue
from functions.partners.domain.partner import belongs_to
from functions.partners.domain.template_words import Spoken
from shared.kernel.actors import Actor, Scope
from shared.kernel.effects import ForeignMessage, Message
from shared.kernel.states import Stateful

ROOM: Final = "partners/"


class UploadStatus(StrEnum):
    ANNOUNCED = "announced"  # a link was given out
    READING = "reading"  # it is here
    READ = "read"
    FAULTY = "faulty"  # cells are wrong: the marked workbook says which
    REFUSED = "refused"  # it is no questionnaire of ours, or not safe
    SAME = "same"  # as one that was read before
    SUPERSEDED = "superseded"  # a newer one came
    ABANDONED = "abandoned"  # it never came


class UploadEvent(StrEnum):
    ARRIVE = "arrive"
    UNDERSTAND = "understand"
    FAULT = "fault"
    REFUSE = "refuse"
    REPEAT = "repeat"
    SUPERSEDE = "supersede"
    GIVE_UP = "give up"


_S, _E = UploadStatus, UploadEvent
TRANSITIONS: Final[Mapping[tuple[UploadStatus, UploadEvent], UploadStatus]] = {
    (_S.ANNOUNCED, _E.ARRIVE): _S.READING,
    (_S.ANNOUNCED, _E.REFUSE): _S.REFUSED,
    (_S.ANNOUNCED, _E.SUPERSEDE): _S.SUPERSEDED,
    (_S.ANNOUNCED, _E.GIVE_UP): _S.ABANDONED,
    (_S.READING, _E.UNDERSTAND): _S.READ,
    (_S.READING, _E.FAULT): _S.FAULTY,
    (_S.READING, _E.REFUSE): _S.REFUSED,
    (_S.READING, _E.REPEAT): _S.SAME,
    (_S.READING, _E.SUPERSEDE): _S.SUPERSEDED,
}
OPEN: Final = frozenset({_S.ANNOUNCED, _S.READING})
PROGRESS: Final[Mapping[UploadStatus, int]] = {_S.ANNOUNCED: 0, _S.READING: 50}
"""In percent; every end is all of it."""

Purpose = Literal["questionnaire", "price_list"]


class Upload(Stateful):
    """`number` counts the uploads of one desk; `attempt` numbers the tasks that read it. `due_at` is when
    somebody looks after it. `answers` of a questionnaire that was read, `imported` institutes of a
    price list.
    `marked_generation` 0 where there is no marked workbook."""

    kind: ClassVar[str] = "uploads"
    transitions: ClassVar[Mapping[Any, Any]] = TRANSITIONS

    partner_id: str = ""
    purpose: Purpose
    desk_id: str
    number: int
    status: UploadStatus = UploadStatus.ANNOUNCED
    language: Spoken = "pl"
    size: int
    generation: int = 0
    attempt: int = 0
    announced_at: datetime
    due_at: datetime
    sha256: str = ""
    same_as: str = ""
    reason: str = ""
    issues: tuple[CellIssue, ...] = ()
    marked_generation: int = 0
    answers: Answers | None = None
    imported: tuple[str, ...] = ()

    def admits(self, actor: Actor, scope: Scope) -> bool:
        return belongs_to(self.partner_id, actor, scope)

    def index_fields(self) -> Mapping[str, str | bool]:
        return {"open": self.is_open}

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def file(self) -> str:
        """Its name in quarantine: nothing of what it was called."""
        return f"{ROOM}{self.tenant_id}/{self.id}"

    @property
    def marked_file(self) -> str:
        return f"{ROOM}{self.tenant_id}/marked/{self.id}"

    @property
    def progress_percent(self) -> int:
        return PROGRESS.get(self.status, 100)


class ReadQuestionnaire(Message):
    """Read this questionnaire, unless another attempt is due by now."""

    upload_id: str
    attempt: int


class ReadPriceList(Message):
    upload_id: str
    attempt: int


class DiscardUpload(Message):
    """Take the file out of quarantine."""

    upload_id: str


class ChaseUpload(Message):
    """Look after an upload that is overdue."""

    upload_id: str


class UploadChanged(ForeignMessage):
    """What Cloud Storage says of any file: only ours in quarantine concern us."""

    topic_name: ClassVar[str] = "gcs-events"

    bucket: str
    name: str

    @property
    def tenant_id(self) -> str:
        return self.name.split("/")[1] if self.upload_id else ""

    @property
    def upload_id(self) -> str:
        parts = self.name.split("/")
        return parts[2] if len(parts) == 3 and f"{parts[0]}/" == ROOM else ""
