"""A certificate that is late: its team lead hears of it once, by a mail that names the case and nobody."""

from datetime import datetime

from functions.certificates.domain.case import LATE, CertificateCase
from functions.certificates.domain.texts import breach_mail
from shared.contracts.notice_letters import mail_letter
from shared.kernel.effects import Effect, Message
from shared.kernel.records import Decision


class ReportBreach(Message):
    case_id: str


def breached(case: CertificateCase, team_lead: str, now: datetime) -> Decision[CertificateCase] | None:
    """None where it is not late, or was reported for this very day; a new day may be broken anew.

    `team_lead` is a mail address, "" where nobody has been named: then the case waits for a person.
    """
    if not case.is_open or now < case.due_at or case.alarmed_for == case.due_on:
        return None
    after = case.but(alarmed_for=case.due_on, attention=case.attention or LATE)
    details = {"due_on": case.due_on.isoformat(), "status": case.status.value, "doctor_id": case.doctor_id}
    return Decision(after, "due_breached", details, _mails(case, team_lead))


def _mails(case: CertificateCase, team_lead: str) -> tuple[Effect, ...]:
    if not team_lead:
        return ()
    key = f"case-late-{case.id}-{case.due_on.isoformat()}"
    return (mail_letter(breach_mail(case), key=key, to=team_lead, about=case.id),)
