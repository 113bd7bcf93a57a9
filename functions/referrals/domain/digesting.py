"""What goes into a digest: each reminder is told or dropped by what is true now, by what the law allows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from functions.referrals.domain.digest import ReminderDigest, digest_id
from functions.referrals.domain.digest_texts import DigestRow, digest_mail
from functions.referrals.domain.employment import Employee, Standing
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.jurisdiction import PROFILES
from functions.referrals.domain.reminders import Dropped, Reminder, ReminderSettings, told_threshold
from shared.contracts.directory import Employer
from shared.contracts.notice_letters import mail_letter
from shared.contracts.notice_words import speech_of
from shared.kernel.effects import SendMail
from shared.kernel.plurals import Speech
from shared.kernel.records import Decision

TAKES: Final = frozenset({"next_dues"})
"""What the law must let an employer see before anybody reminds them."""


@dataclass(frozen=True)
class Desk:
    """Whom the digest is for, and where its links lead."""

    employer: Employer
    settings: ReminderSettings
    page: str

    @property
    def contacts(self) -> tuple[str, ...]:
        named = tuple(one.email for one in self.settings.contacts)
        own = (self.employer.email,) if self.employer.email else ()
        return tuple(dict.fromkeys((*named, *own)))

    @property
    def speech(self) -> Speech:
        return speech_of(self.settings.language or self.employer.language)


@dataclass(frozen=True)
class Facts:
    """What the reminders speak of, as it is now."""

    certificates: Mapping[str, FitnessCertificate]
    employees: Mapping[str, Employee]


def why_not(one: Reminder, desk: Desk | None, facts: Facts, day: date) -> Dropped:
    """Why nobody needs to hear it any more, or ""."""
    if desk is None or not desk.employer.active or not desk.contacts:
        return "employer_gone"
    certificate = facts.certificates.get(one.certificate_id)
    if certificate is None or not certificate.to_renew:
        return "renewed"
    person = facts.employees.get(one.employee_id)
    if person is None or person.standing_on(day) == Standing.FORMER:
        return "left"
    profile = PROFILES.get(certificate.jurisdiction)
    sees = profile is not None and profile.employer_sees >= TAKES
    return "" if sees and told_threshold(one, desk.settings.thresholds) is not None else "not_chosen"


def written(
    desk: Desk, day: date, told: Sequence[Reminder], facts: Facts, more: bool
) -> Decision[ReminderDigest]:
    digest = ReminderDigest(
        id=digest_id(desk.employer.id, day),
        tenant_id=desk.employer.tenant_id,
        employer_id=desk.employer.id,
        day=day,
        rows=len(told),
        more=more,
    )
    return Decision(digest, "sent", {"rows": len(told), "more": more}, (mail(digest, desk, told, facts),))


def tried_next(
    digest: ReminderDigest, letter_id: str, desk: Desk | None, told: Sequence[Reminder], facts: Facts
) -> Decision[ReminderDigest] | None:
    """The next contact gets the same mail. None for news of a contact that is not the last one tried."""
    if digest.failed or letter_id != digest.letter_key:
        return None
    if desk is None or digest.tried >= len(desk.contacts) or not told:
        return Decision(digest.but(failed=True), "undeliverable", {"tried": digest.tried})
    after = digest.but(tried=digest.tried + 1)
    return Decision(after, "next_contact", {"tried": after.tried}, (mail(after, desk, told, facts),))


def mail(digest: ReminderDigest, desk: Desk, told: Sequence[Reminder], facts: Facts) -> SendMail:
    rows = [_row(one, desk, facts) for one in told if one.certificate_id in facts.certificates]
    said = digest_mail(desk.speech, digest.day, rows, desk.page, digest.more)
    to = desk.contacts[digest.tried - 1]
    return mail_letter(said, key=digest.letter_key, to=to, about=digest.id)


def _row(one: Reminder, desk: Desk, facts: Facts) -> DigestRow:
    """By what the law lets the employer see; the name is what the employer told us."""
    certificate, person = facts.certificates[one.certificate_id], facts.employees.get(one.employee_id)
    sees = PROFILES[certificate.jurisdiction].employer_sees
    return DigestRow(
        name=f"{person.family_name} {person.given_name}" if person else "",
        positions=tuple(it.position for it in certificate.decisions) if "positions" in sees else (),
        reason=one.reason,
        due_on=one.due_on,
        link=f"{desk.page}/{one.certificate_id}",
    )
