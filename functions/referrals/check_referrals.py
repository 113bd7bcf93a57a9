"""A page of the nightly look at the referrals: what is wrong with one waits there for a person.

Asked of each: its log, its unit, and once it has ended, that it lies still; of its certificate: its log, what
its employer is shown, and by what it is renewed.
"""

from collections.abc import Iterator

from functions.referrals.domain.checking import (
    LINES_MAX,
    CheckReferrals,
    next_referrals,
    referrals_of,
)
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.package import Entitlement
from functions.referrals.domain.promises import (
    has_a_whole_log,
    is_at_rest,
    is_renewed_by_what_holds,
    pays_as_it_stands,
    shows_no_more_than_the_law,
)
from functions.referrals.domain.referral import Referral
from shared.kernel.promises import FOUND, PROMISES, names_of, news, told
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("nightly"), needs=Needs(timeout_seconds=300))
def check_referrals(req: CheckReferrals, ctx: Context) -> Done:
    """Ask each referral of this page, its unit and its certificate whether they keep their promises."""
    found = ctx.store.select(Referral, referrals_of(req), to_change=True)
    ctx.store.prefetch(
        *((Entitlement, one.entitlement_id) for one in found if one.entitlement_id),
        *((FitnessCertificate, one.certificate_id) for one in found if one.certificate_id),
    )
    for referral in found:
        lines = ctx.store.activity(referral, 0, LINES_MAX)
        wrong = [*told(has_a_whole_log, referral, lines), *_of_referral(referral, ctx)]
        if details := news(wrong, names_of(wrong), lines):
            ctx.store.apply(Decision(referral.but(attention=referral.attention or FOUND), FOUND, details))
            ctx.promise_broken(referral, details[PROMISES])
    ctx.store.send(*next_referrals(req, found, ctx.now))
    return Done()


def _of_referral(referral: Referral, ctx: Context) -> Iterator[str]:
    unit = ctx.store.find(Entitlement, referral.entitlement_id) if referral.entitlement_id else None
    yield from told(pays_as_it_stands, referral, unit)
    certificates = _named(referral.certificate_id, ctx)
    if not referral.is_open:
        yield from told(is_at_rest, referral, certificates)
    for certificate in certificates:
        yield from told(has_a_whole_log, certificate, ctx.store.activity(certificate, 0, LINES_MAX))
        yield from told(shows_no_more_than_the_law, certificate)
        later = {one.id: one for one in _named(certificate.renewed_by, ctx)}
        yield from told(is_renewed_by_what_holds, certificate, later)


def _named(certificate_id: str, ctx: Context) -> list[FitnessCertificate]:
    return ctx.store.find_many(FitnessCertificate, [certificate_id] if certificate_id else [])
