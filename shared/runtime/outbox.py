"""The outbox: performs letters after their commit, and finds those that somebody left behind.

The protocol for texts: claim (the letter is born claimed, or claimed by a compare-and-set) -> send ->
record. A sender that dies leaves `sending`; after its lease the provider's log is asked for our marker
before anything is sent again (texting.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from shared.contracts.messaging import SmsStatus
from shared.kernel.ports import MISSING, Collision, OutcomeUnknown, Query, Task, Write
from shared.runtime import catalog, letters, log, spans
from shared.runtime.codec import TOKEN
from shared.runtime.letter_news import news_of, note
from shared.runtime.letters import Letter, LetterStatus
from shared.runtime.mailing import post_mail
from shared.runtime.staging import path_of
from shared.runtime.texting import send_text

if TYPE_CHECKING:
    from shared.runtime.wiring import Wiring

SWEEP_MAX = 200


@dataclass(frozen=True)
class Claimed:
    """A letter whose lease we hold, and the stamp of the version in which we hold it."""

    letter: Letter
    stamp: Any
    fresh: bool = True  # nobody can have sent it before us
    swept: bool = False  # time has passed since it was written: its guard may no longer hold


class Outbox:
    def __init__(self, wiring: Wiring) -> None:
        self._wiring = wiring

    def perform(self, claimed: Sequence[Claimed]) -> None:
        """Do what the letters say and record the results in one commit.

        Never raises for a letter: what goes wrong stays in the outbox for the sweeper.
        """
        # Timers and news first: they are quick, and a provider that hangs must not hold them up.
        in_order = sorted(claimed, key=lambda one: one.letter.keeps)
        results = [(one, self._try(one)) for one in in_order]
        for one, after in results:
            note(one.letter, after)
        news = [report for one, after in results for report in self._reports(one.letter, after)]
        writes = [self._result(one, after) for one, after in results if after is not one.letter]
        born = [self._write(report, MISSING) for report in news]
        stamps = self._record(writes, born)
        if stamps and born:
            self.perform(
                [Claimed(letter, stamp) for letter, stamp in zip(news, stamps[len(writes) :], strict=True)]
            )

    def sweep(self, now: datetime) -> int:
        """Claim and perform what is due; the number of letters found."""
        wanted = Query(
            Letter.kind,
            where=(("open", "==", True), ("due_at", "<=", now)),
            order=(("due_at", "asc"), ("id", "asc")),
            limit=SWEEP_MAX,
        )
        due = self._wiring.documents.query(wanted)
        for snapshot in due:
            try:
                letter = self._wiring.codec.decode(Letter, snapshot.fields)
            except ValueError as error:
                log.crash("letter_not_understood", error)
                continue  # one that cannot be read must not keep the others
            claim = self._claim(letter, snapshot.stamp)
            if claim is not None:
                self.perform([claim])
        return len(due)

    def _claim(self, letter: Letter, stamp: Any) -> Claimed | None:
        """For a lease from now on: a sweep of many letters takes its time."""
        interrupted = letter.status == LetterStatus.SENDING
        # Counted before anything is sent: a sender that dies again must not begin at one.
        mine = letter.but(
            status=LetterStatus.SENDING,
            lease=self._wiring.ids.new(),
            due_at=self._wiring.clock.now() + letters.LEASE,
            attempt=letter.attempt + 1,
        )
        try:
            stamps = self._wiring.documents.commit([self._write(mine, stamp)])
        except (Collision, OutcomeUnknown):
            return None  # another sender has it, or will be found by the next sweep
        return Claimed(mine, stamps[0], fresh=not interrupted, swept=True)

    # One letter

    def _try(self, one: Claimed) -> Letter:
        letter = one.letter
        try:
            if self._wiring.clock.now() > letter.due_at - letters.LEASE_LEFT_MIN:
                return letter  # too long under way: after the lease the sweeper asks what became of it
            if one.swept and self._is_void(letter):
                return letter.but(status=LetterStatus.WITHDRAWN)
            origin = spans.Origin(letter.trace, letter.span)
            with spans.sending(letter.way, "client" if letter.keeps else "producer", origin, self._wiring):
                return self._send(one)
        except Exception as error:
            # One bad letter must not keep the others from being sent; it is looked at again after its lease.
            log.crash("letter_failed", error)
            return letter

    def _send(self, one: Claimed) -> Letter:
        if one.letter.sms is not None:
            return send_text(one.letter, self._wiring, fresh=one.fresh)
        if one.letter.mail is not None:
            return post_mail(one.letter, self._wiring)
        self._hand_over(one.letter)
        return one.letter.but(status=LetterStatus.SENT)

    def _is_void(self, letter: Letter) -> bool:
        if letter.guard is None:
            return False
        path = f"{letter.guard.kind}/{letter.guard.record_id}"
        record = self._wiring.documents.read([path])[path]
        if record is None or record.fields.get("epoch") != letter.guard.epoch:
            return True
        listed_in = letter.guard.listed_in
        return bool(listed_in) and letter.guard.entry not in record.fields.get(listed_in, ())

    def _hand_over(self, letter: Letter) -> None:
        kind, _, name = letter.target.partition(":")
        if kind == "topic":
            self._wiring.topics.publish(name, letter.body.encode(), {"event_id": letter.id})
            return
        queue = catalog.find(letter.target).trigger.queue
        at = letter.at or letter.written_at
        self._wiring.queue.add(Task(letter.id, queue, letter.target, letter.body.encode(), at))

    # The results

    def _reports(self, before: Letter, after: Letter) -> list[Letter]:
        clock, ids = self._wiring.clock, self._wiring.ids
        return [
            letters.write(one, after.tenant_id, after.trace, clock.now(), ids.new())
            for one in news_of(before, after)
        ]

    def _result(self, one: Claimed, after: Letter) -> Write:
        if after.status == LetterStatus.SENT and not after.keeps:
            return Write(path_of(Letter, after.id), None, one.stamp)
        delayed = after.sms is not None and after.is_open
        return self._write(after.but(reported=SmsStatus.DELAYED) if delayed else after, one.stamp)

    def _write(self, letter: Letter, stamp: Any) -> Write:
        return Write(path_of(Letter, letter.id), fields_of(letter, self._wiring), stamp)

    def _record(self, writes: list[Write], born: list[Write]) -> list[Any]:
        """All results at once; where one of them is no longer ours, each on its own."""
        batch = [*writes, *born]
        if not batch:
            return []
        try:
            return self._wiring.documents.commit(batch)
        except (Collision, OutcomeUnknown):
            pass
        for write in batch:
            try:
                self._wiring.documents.commit([write])
            except (Collision, OutcomeUnknown):
                log.event("letter_result_refused", severity="WARNING", letter=write.path)
        return []


def fields_of(letter: Letter, wiring: Wiring) -> dict[str, Any]:
    """A letter as stored."""
    return {**wiring.codec.encode(letter), TOKEN: letter.lease}
