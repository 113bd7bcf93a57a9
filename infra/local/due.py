"""The words in which the parts tell what is due: asked by GET /next, waited for by POST /drain."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

PATIENCE_SECONDS_MAX = 600.0


class NextDue(BaseModel):
    """When a part will act by itself next, by the movable clock; None when nothing waits."""

    model_config = ConfigDict(frozen=True)

    next: datetime | None


class Patience(BaseModel):
    """How long a drain may take, in real time."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    seconds: float = Field(default=10.0, ge=0, le=PATIENCE_SECONDS_MAX)


class Drained(BaseModel):
    """Whether nothing that is due was left when the patience ended."""

    model_config = ConfigDict(frozen=True)

    drained: bool
