"""Certificates of fitness are filed with their person: which older ones are renewed by which later one.

Filed in any order and twice, the same stays: who is newer is told by when they were issued. One that was made
void renews nothing any more: what it had renewed counts again, unless another one meets all its dates.
"""

from collections.abc import Sequence

from functions.referrals.domain.employment import CERTIFICATES_MAX, Employee
from functions.referrals.domain.fitness import FitnessCertificate
from shared.kernel.records import Decision


def renewals(certificates: Sequence[FitnessCertificate]) -> dict[str, str]:
    """Which certificate of one person is renewed by which later one, whatever order they are filed in.

    Only where the later one meets all its dates: a driver's date is not met by another reason.
    """
    found = {}
    for old in certificates:
        reasons = {one.reason for one in old.next_dues}
        newer = [
            one.id
            for one in certificates
            if (one.issued_at, one.id) > (old.issued_at, old.id)
            and one.is_in_force
            and reasons <= {due.reason for due in one.next_dues}
        ]
        if newer and old.is_in_force and not old.renewed_by:
            found[old.id] = newer[-1]
    return found


def after_filing(
    certificate_id: str, known: Sequence[FitnessCertificate], gone: Sequence[str]
) -> list[FitnessCertificate]:
    """`known`: all that are to be renewed, and that one; `gone`: those that renew nothing any more.

    Both ends are written, so that of two that happen at once (filed, made void) one finds the other.
    """
    free = [one.but(renewed_by="") if one.renewed_by in gone else one for one in known]
    by = renewals(free)
    found = []
    for one in free:
        mine = [old for old, new in by.items() if new == one.id and old not in one.renews]
        found.append(
            one.but(
                renewed_by=by.get(one.id, one.renewed_by),
                renews=(*one.renews, *mine),
                is_filed=one.is_filed or one.id == certificate_id,
            )
        )
    return found


def change(before: FitnessCertificate, after: FitnessCertificate) -> Decision[FitnessCertificate] | None:
    """None where nothing is new."""
    if after == before:
        return None
    if after.renewed_by != before.renewed_by:
        did = "renewed" if after.renewed_by else "counts_again"
        return Decision(after, did, {"by": after.renewed_by} if after.renewed_by else {})
    return Decision(after, "filed", {"renews": len(after.renews)})


def filed(
    employee: Employee, certificate_id: str, kept: Sequence[FitnessCertificate]
) -> Decision[Employee] | None:
    """`kept`: those that still have a date of their own; the newest that fit. None where it is so already."""
    ids = tuple(one.id for one in sorted(kept, key=lambda one: one.issued_at))[-CERTIFICATES_MAX:]
    if ids == employee.certificate_ids:
        return None
    return Decision(employee.but(certificate_ids=ids), "certified", {"certificate_id": certificate_id})
