"""Letters: effects as they rest in the outbox, with who is sending them and until when."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from pydantic import ConfigDict, Field

from shared.kernel.effects import Effect, Guard, Later, Message, Publish, SendAgain, SendMail, SendSms
from shared.kernel.records import Record, Value
from shared.runtime import catalog, log

LEASE = timedelta(seconds=120)
"""How long one sender may take; after it the sweeper asks the provider before anything else."""
LEASE_LEFT_MIN = timedelta(seconds=70)
"""A sender begins no letter with less of its lease than this: a provider may take eight seconds, and the
clocks of two machines differ. A process that was frozen meanwhile must not text what a sweeper has texted."""
KEEP = timedelta(days=30)
ATTEMPTS_MAX = 2
BACK_OFF = timedelta(seconds=60)


class LetterStatus(StrEnum):
    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"  # its guard no longer held, or it was too late to send


OPEN = (LetterStatus.PENDING, LetterStatus.SENDING)


class Letter(Record):
    """One effect. `open` and `due_at` are what the sweeper looks for; `lease` fences the sender:
    only who holds it may write the result."""

    kind: ClassVar[str] = "outbox"
    logged: ClassVar[bool] = False

    sms: SendSms | None = None
    mail: SendMail | None = None
    target: str = ""  # of a task: the entry point; of a topic: the topic
    body: str = ""
    at: datetime | None = None
    guard: Guard | None = None
    trace: str = ""
    span: str = ""  # of the trace: the call that wrote this
    module: str = ""  # whose action wrote this, and who pays for it
    written_at: datetime
    status: LetterStatus = LetterStatus.PENDING
    attempt: int = 0
    lease: str = ""
    due_at: datetime  # when somebody must look at it again, while it is open
    provider_id: str = ""
    segments: int = 0
    error_code: int = 0
    reported: str = ""  # the last status that we announced
    delivery: str = ""  # the last status that the provider reported
    expires_at: datetime  # the broom takes it after this

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def index_fields(self) -> Mapping[str, str | bool]:
        return {"open": self.is_open}

    @property
    def way(self) -> str:
        return self.target or ("text" if self.sms is not None else "mail")

    @property
    def keeps(self) -> bool:
        """Texts and mails stay for their delivery reports; tasks and messages vanish when handed over."""
        return self.sms is not None or self.mail is not None


class Envelope(Value):
    """How a message travels in a task or topic: whose it is, and its own id for telling copies apart.
    What a newer release adds to it is passed over."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1, max_length=200)
    tenant_id: str
    trace: str = ""
    span: str = ""
    message: str


def write(effect: Effect, tenant_id: str, trace: str, now: datetime, lease: str) -> Letter:
    """The letter for an effect, claimed from birth by who writes it: a crash leaves it to the sweeper."""
    letter = Letter(
        id=effect.key,
        tenant_id=tenant_id,
        trace=trace,
        span=log.span.get(),
        module=log.function.get().partition("__")[0],
        written_at=now,
        guard=effect.guard,
        status=LetterStatus.SENDING if lease else LetterStatus.PENDING,
        attempt=1 if lease else 0,
        lease=lease,
        due_at=now + LEASE if lease else now,
        expires_at=now + KEEP,
    )
    match effect:
        case SendSms():
            return letter.but(sms=effect)
        case SendMail():
            return letter.but(mail=effect)
        case Later(message=message, at=at):
            return letter.but(
                target=catalog.doer_of(type(message)).entry_point, body=_pack(letter, message), at=at
            )
        case Publish(message=message):
            return letter.but(target=f"topic:{catalog.topic_of(type(message))}", body=_pack(letter, message))
        case SendAgain(target=target, body=body):
            return letter.but(target=target, body=body)
    raise TypeError(f"no letter can hold a {type(effect).__name__}")


def _pack(letter: Letter, message: Message) -> str:
    envelope = Envelope(
        id=letter.id,
        tenant_id=letter.tenant_id,
        trace=letter.trace,
        span=letter.span,
        message=message.model_dump_json(),
    )
    return envelope.model_dump_json()


unpack = Envelope.model_validate_json
