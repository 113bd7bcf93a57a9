"""A certificate of fitness as a row: for an employer by the allow-list of the certificate's own law."""

from datetime import date

from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.projection import EmployerView, employer_view, staff_view


class CertificateRow(EmployerView):
    """What the reader may not see is null. Of the person the name alone, which the employer gave.

    `next_due_on`: the earliest of the dates. `renewed`: there is a later certificate.
    """

    employer_id: str
    given_name: str
    family_name: str
    department: str
    next_due_on: date | None
    renewed: bool


def row_of(certificate: FitnessCertificate, *, for_employer: bool) -> CertificateRow:
    view = employer_view(certificate) if for_employer else staff_view(certificate)
    return CertificateRow(
        **dict(view),
        employer_id=certificate.employer_id,
        given_name=certificate.given_name,
        family_name=certificate.family_name,
        department=certificate.department,
        next_due_on=certificate.next_due_on if view.next_dues is not None else None,
        renewed=certificate.renewed_by != "",
    )
