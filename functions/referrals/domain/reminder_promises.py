"""What reminders must never show, however often and late certificates are looked through (number 11).

Asked of random histories in the tests and in the simulator; the first one every night as well.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from functions.referrals.domain.digest import ReminderDigest
from functions.referrals.domain.reminders import Reminder

Spoken = tuple[str, str, str]
"""A certificate, a reason, and the date that it is about."""


def tells_once(reminders: Iterable[Reminder]) -> Iterator[str]:
    """11: one reminder per certificate, reason and threshold; what is told is not dropped as well."""
    passed: dict[Spoken, list[int]] = defaultdict(list)
    for one in reminders:
        passed[one.certificate_id, one.reason.value, one.due_on.isoformat()] += one.reached
        if one.digest_id and one.dropped:
            yield f"{one.id}: told by {one.digest_id} and dropped as {one.dropped}"
    for about, days in passed.items():
        if len(set(days)) < len(days):
            yield f"{'/'.join(about)}: a threshold was passed twice, {sorted(days)}"


def belongs_to_its_digest(reminders: Iterable[Reminder], digests: Iterable[ReminderDigest]) -> Iterator[str]:
    """Each in a digest of its own employer, of that day or later; a digest holds as many rows as it says."""
    known = {one.id: one for one in digests}
    held: dict[str, int] = defaultdict(int)
    for one in reminders:
        if one.digest_id:
            digest = known.get(one.digest_id)
            held[one.digest_id] += 1
            if digest is None or digest.employer_id != one.employer_id or digest.day < one.found_on:
                yield f"{one.id}: lies in {one.digest_id}, which is not its digest"
    for digest in known.values():
        if held[digest.id] < digest.rows or (held[digest.id] > digest.rows and not digest.more):
            yield f"{digest.id}: says {digest.rows} rows, and holds {held[digest.id]}"
