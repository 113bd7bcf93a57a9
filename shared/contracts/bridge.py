"""Another chat to which conversations are carried over, and how it says no."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import Field

from shared.kernel.records import Value


@dataclass(frozen=True)
class BridgeMessage:
    """`is_ours`: we carried it there."""

    id: str
    user_id: str
    text: str
    at: datetime
    is_ours: bool


class BridgeDelayed(Exception):
    """Away, or too fast: try again after so many seconds (0 = it did not say). It may have been taken."""

    def __init__(self, retry_after_seconds: int = 0) -> None:
        super().__init__(str(retry_after_seconds))
        self.retry_after_seconds = retry_after_seconds


class BridgeRefused(Exception):
    """A definite no: asking again would bring the same no, people must act."""


class BridgeEvent(Value):
    """Somebody wrote in a room over there. A hint: what was written is read there."""

    message_id: str = Field(max_length=100)
    channel_id: str = Field(max_length=100)
