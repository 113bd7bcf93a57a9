"""Made void: a certificate that should never have been, taken out of everybody's hands.

Nothing is opened again by it: who needs a certificate after all gets a new case. The team lead hears of every
one, because somebody may have read what was not theirs to read.
"""

from datetime import datetime
from typing import Final, Literal

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.certificate import Certificate, CertificateEvent, CertificateStatus, News
from functions.certificates.domain.certificate_news import tell_patient
from functions.certificates.domain.texts import incident_mail
from shared.contracts.notice_letters import mail_letter
from shared.kernel.effects import Effect
from shared.kernel.errors import Conflict
from shared.kernel.records import Decision

VoidReason = Literal["wrong_patient", "wrong_content", "issued_by_mistake", "fraud", "other"]
ATTENTION: Final = "certificate_void"


class NewerOneExists(Conflict):
    """A newer certificate has taken the place of this one: make that one void, and this one goes with it."""


def made_void(
    certificate: Certificate, reason: VoidReason, note: str, team_lead: str, now: datetime
) -> Decision[Certificate]:
    """The incident: who, why, and what was said about it. Raises NewerOneExists, NotPossibleNow."""
    if certificate.status == CertificateStatus.SUPERSEDED:
        raise NewerOneExists(hint=certificate.superseded_by)
    after = _void(certificate, reason, now)
    letters: list[Effect] = [tell_patient(after, News.VOID, now)]
    if team_lead:
        key = f"incident-{certificate.id}"
        letters.append(mail_letter(incident_mail(after), key=key, to=team_lead, about=certificate.id))
    details = {"reason": reason, "number": after.number}
    return Decision(after, "made_void", details, tuple(letters), note=note, manual=True)


def goes_with(
    earlier: Certificate, newest: Certificate, reason: VoidReason, now: datetime
) -> Decision[Certificate] | None:
    """An earlier version of what was made void; None where it is void already."""
    if earlier.status == CertificateStatus.VOID:
        return None
    details = {"reason": reason, "with": newest.id}
    return Decision(_void(earlier, reason, now), "made_void", details)


def noted(case: CertificateCase, certificate: Certificate, reason: VoidReason) -> Decision[CertificateCase]:
    """The case stays issued, and waits for a person: somebody has to phone, and perhaps to begin anew."""
    details = {"certificate_id": certificate.id, "number": certificate.number, "reason": reason}
    return Decision(case.but(attention=ATTENTION), "certificate_made_void", details)


def _void(certificate: Certificate, reason: VoidReason, now: datetime) -> Certificate:
    return certificate.after(CertificateEvent.MAKE_VOID, void_reason=reason, voided_at=now)
