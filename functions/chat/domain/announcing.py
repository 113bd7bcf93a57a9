"""What follows every message, where it is switched on: a push, and the bridge."""

from datetime import datetime

from functions.chat.domain.crossing import carrying
from functions.chat.domain.device import pushed
from functions.chat.domain.writing import Written
from shared.kernel.effects import Effect


def announced(written: Written | None, now: datetime, *, push: str, bridge: str) -> tuple[Effect, ...]:
    """Nothing where nothing new was written."""
    if written is None or not written.is_new:
        return ()
    thread_id, number = written.thread.id, written.message.number
    told = (pushed(thread_id, number, now),) if push != "off" and written.message.is_from_person else ()
    return (*written.effects, *told, *((carrying(thread_id, number, now),) if bridge != "off" else ()))
