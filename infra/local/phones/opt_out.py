"""Who said STOP to whom. Twilio reads these words itself, before the application does.

Sources: support.twilio.com/hc/en-us/articles/223134027, twilio.com/docs/messaging/tutorials/advanced-opt-out.
Only a message that is the word and nothing else counts, in any case.
"""

import threading
from typing import Final, Literal

STOP: Final = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
START: Final = frozenset({"START", "YES", "UNSTOP"})
HELP: Final = frozenset({"HELP", "INFO"})

OptOutType = Literal["STOP", "START", "HELP", ""]

CONFIRMATION: Final[dict[str, str]] = {
    "STOP": "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe.",
    "START": "You have successfully been re-subscribed to messages from this number. Reply HELP for help. "
    "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    "HELP": "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
}


def keyword(body: str) -> OptOutType:
    word = body.strip().upper()
    if word in STOP:
        return "STOP"
    if word in START:
        return "START"
    return "HELP" if word in HELP else ""


class OptOuts:
    """Pairs of (what was stopped, phone): a number of ours, or the whole messaging service."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped: set[tuple[str, str]] = set()

    def hear(self, scope: str, phone: str, said: OptOutType) -> bool:
        """Whether the words call for Twilio's own reply: a YES of somebody who never stopped does not."""
        with self._lock:
            was_stopped = (scope, phone) in self._stopped
            if said == "STOP":
                self._stopped.add((scope, phone))
            elif said == "START":
                self._stopped.discard((scope, phone))
        return said in {"STOP", "HELP"} or (said == "START" and was_stopped)

    def holds(self, scope: str, phone: str) -> bool:
        with self._lock:
            return (scope, phone) in self._stopped

    def of(self, phone: str) -> list[str]:
        with self._lock:
            return sorted(scope for scope, other in self._stopped if other == phone)

    def clear(self) -> None:
        with self._lock:
            self._stopped.clear()
