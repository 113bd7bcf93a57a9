"""The SMS provider and the phones behind it: takes texts, carries them, reports, brings answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from shared.contracts.sms import InboundSms, OutboundSms, SmsAccepted, SmsRefused
from tests import doors, leaks

if TYPE_CHECKING:
    from tests.sim.machine import Machine

OPTED_OUT, NOT_MOBILE, UNREACHABLE = 21610, 21614, 30003
STOPS: Final = frozenset({"stop", "cancel", "end", "quit"})
STARTS: Final = frozenset({"start", "yes", "unstop"})


@dataclass(frozen=True)
class Texted:
    sid: str
    sms: OutboundSms
    at: datetime


class Provider:
    """`hears[phone]` is what somebody does who reads a text. `landlines` are refused at once, `unreachable`
    phones only when a text is carried to them."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.sent: list[Texted] = []
        self.inbound: list[InboundSms] = []
        self.opted_out: set[str] = set()
        self.landlines: set[str] = set()
        self.unreachable: set[str] = set()
        self.hears: dict[str, Callable[[str, str], None]] = {}
        self._to: dict[str, list[Texted]] = defaultdict(list)

    # The port

    def send(self, sms: OutboundSms) -> SmsAccepted:
        if sms.to in self.opted_out:
            raise SmsRefused(OPTED_OUT, permanent=True)
        if sms.to in self.landlines:
            raise SmsRefused(NOT_MOBILE, permanent=True)
        if self._machine.is_watched:
            leaks.asked(sms.status_url)
        texted = Texted(f"SM{len(self.sent) + 1:032x}", sms, self._machine.timeline.now())
        self.sent.append(texted)
        self._to[sms.to].append(texted)
        self._machine.story.note(f"text to {sms.to} from {sms.sender}: {sms.body}")
        self._machine.timeline.start(lambda: self._carry(texted))
        return SmsAccepted(texted.sid, 1)

    def find_sent(self, to: str, since: datetime, containing: str) -> SmsAccepted | None:
        for one in self._to[to]:
            if containing in one.sms.body and (one.at - since).total_seconds() > -SLACK_SECONDS:
                return SmsAccepted(one.sid, 1)
        return None

    def inbound_since(self, since: datetime, limit: int) -> Sequence[InboundSms]:
        return [one for one in self.inbound if one.received_at >= since][:limit]

    # The phones

    def text_from(self, phone: str, body: str, to: str) -> InboundSms:
        """Somebody texts one of our numbers."""
        word = body.strip().lower()
        if word in STOPS:
            self.opted_out.add(phone)
        elif word in STARTS:
            self.opted_out.discard(phone)
        sid = f"SM{len(self.inbound) + 1:030x}ff"
        sms = InboundSms(sid, phone, to, body, self._machine.timeline.now())
        self.inbound.append(sms)
        self._machine.story.note(f"text from {phone}: {body}")
        incoming = doors.text_from(self._machine.settings, sms)
        self._machine.post.bring_webhook(f"text {sid}", "messaging__receive_sms", incoming, tries=2)
        return sms

    def texts_to(self, phone: str) -> list[str]:
        return [one.sms.body for one in self._to[phone]]

    def _carry(self, texted: Texted) -> None:
        machine, sms = self._machine, texted.sms
        machine.timeline.sleep(machine.dice.between(f"carrier/{texted.sid}", 0.5, 6.0))
        if machine.dice.share(f"tells/{texted.sid}") < TELLS_OF_SENDING:
            self._report(texted, "sent")
        machine.timeline.sleep(machine.dice.between(f"phone/{texted.sid}", 0.5, 6.0))
        if sms.to in self.unreachable:
            self._report(texted, "undelivered", UNREACHABLE)
            return
        self._report(texted, "delivered")
        if sms.to in self.hears:
            self.hears[sms.to](sms.body, sms.sender)

    def _report(self, texted: Texted, status: str, code: int = 0) -> None:
        settings = self._machine.settings
        incoming = doors.report_of(settings, texted.sms.status_url, texted.sid, status, code)
        name = f"report {texted.sid} {status}"
        self._machine.post.bring_webhook(name, "messaging__note_sms_status", incoming, tries=1)


TELLS_OF_SENDING: Final = 0.3
"""The share of texts with a report on their way: it decides nothing, and costs as much as the others."""
SLACK_SECONDS: Final = 60.0
"""Clocks of ours and theirs differ; texts are looked for from a little before the letter was written."""
