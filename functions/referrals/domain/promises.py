"""What records of this module must never show, whatever failed on the way; numbers are those of the domain.

Asked of random histories in the tests, on the emulators, in the simulator and, where a page of records
answers it, every night. Each promise looks at what is kept and says what is wrong with it, or nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus
from functions.referrals.domain.jurisdiction import profile_of
from functions.referrals.domain.package import Allowance, Entitlement, EntitlementStatus
from functions.referrals.domain.projection import employer_view
from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.contracts.numbering import NumberSeries
from shared.kernel.records import Activity

_IDS = frozenset({"certificate_id", "version", "employee_id", "referral_id"})


def counts_its_units(allowance: Allowance, units: Sequence[Entitlement]) -> Iterator[str]:
    """7: granted = free + reserved + consumed, never below zero, and as many as the entitlements say."""
    for name, over in (("included", False), ("over_limit", True)):
        account = allowance.over_limit if over else allowance.included
        found = Counter(
            one.status for one in units if one.allowance_id == allowance.id and one.is_over_limit == over
        )
        told = (found[EntitlementStatus.RESERVED], found[EntitlementStatus.CONSUMED])
        if account.free < 0 or account.granted != account.free + account.reserved + account.consumed:
            yield f"{allowance.id}: {name} does not add up"
        if (account.reserved, account.consumed) != told:
            yield f"{allowance.id}: {name} says {account.reserved}/{account.consumed}, entitlements {told}"


def says_what_is_used(allowance: Allowance, reserved: int, consumed: int) -> Iterator[str]:
    """7: as above, where the entitlements are too many to be read: they are counted, both kinds together."""
    included, over = allowance.included, allowance.over_limit
    told = (included.reserved + over.reserved, included.consumed + over.consumed)
    if told != (reserved, consumed):
        yield f"{allowance.id}: says {told[0]}/{told[1]}, entitlements {(reserved, consumed)}"


def shows_no_more_than_the_law(certificate: FitnessCertificate) -> Iterator[str]:
    """8: an employer's view holds no field outside the list of its law."""
    shown = employer_view(certificate).model_dump()
    seen = {name for name, value in shown.items() if value is not None} - _IDS
    for name in sorted(seen - profile_of(certificate.jurisdiction).employer_sees):
        yield f"{certificate.id}: shows {name}"


def pays_as_it_stands(referral: Referral, unit: Entitlement | None) -> Iterator[str]:
    """7: an open referral holds a unit, an examined one has used it, one that ended has given it back."""
    if referral.entitlement_id == "":
        return
    wanted = {
        ReferralStatus.EXAMINED: (EntitlementStatus.CONSUMED, EntitlementStatus.RELEASED),
        ReferralStatus.REVOKED: (EntitlementStatus.RELEASED,),
        ReferralStatus.EXPIRED: (EntitlementStatus.RELEASED,),
        ReferralStatus.REFUSED: (EntitlementStatus.RELEASED,),
        ReferralStatus.NO_SHOW: (EntitlementStatus.RELEASED,),
    }.get(referral.status, (EntitlementStatus.RESERVED,))
    if unit is None or unit.status not in wanted:
        yield f"{referral.id}: {referral.status}, its unit {unit.status if unit else 'missing'}"


def belongs_to_somebody(unit: Entitlement, referrals: Iterable[Referral]) -> Iterator[str]:
    """7: no unit is lost: one that is reserved pays for an open referral."""
    if unit.status != EntitlementStatus.RESERVED:
        return
    if not any(one.entitlement_id == unit.id and one.is_open for one in referrals):
        yield f"{unit.id}: reserved, and no open referral is paid with it"


def is_at_rest(referral: Referral, certificates: Sequence[FitnessCertificate]) -> Iterator[str]:
    """Asked when nothing is under way any more: no clinic is being asked, and the facts fit the status."""
    if referral.status == ReferralStatus.UNKNOWN_OUTCOME or referral.clinic_ask is not None:
        yield f"{referral.id}: {referral.status}, a clinic is still being asked: {referral.clinic_ask}"
    if referral.status == ReferralStatus.SCHEDULED and referral.examination is None:
        yield f"{referral.id}: scheduled at no time"
    made = [one.id for one in certificates if one.referral_id == referral.id]
    if made != ([referral.certificate_id] if referral.status == ReferralStatus.EXAMINED else []):
        yield f"{referral.id}: {referral.status} by {referral.certificate_id or 'none'}, there are {made}"


def is_renewed_by_what_holds(
    certificate: FitnessCertificate, by_id: Mapping[str, FitnessCertificate]
) -> Iterator[str]:
    """A void certificate takes nobody's date away."""
    later = by_id.get(certificate.renewed_by)
    if later is not None and later.status == FitnessStatus.VOID:
        yield f"{certificate.id}: renewed by {later.id}, which is void"


def numbers_have_no_gap(series: NumberSeries, certificates: Iterable[FitnessCertificate]) -> Iterator[str]:
    """From one to the last, each once; `certificates` are all that were signed in this year."""
    start = f"{series.issuer}/{series.year}/"
    given = sorted(one.number for one in certificates if not one.outside and one.number.startswith(start))
    wanted = sorted(f"{start}{number:06d}" for number in range(1, series.last + 1))
    if given != wanted:
        yield f"{start}: {series.last} numbers, given {given}"


def has_a_whole_log(
    record: Referral | FitnessCertificate | Allowance, lines: Iterable[Activity]
) -> Iterator[str]:
    """5: one line for each change, numbered without a gap."""
    numbers = [line.number for line in lines]
    if numbers != list(range(1, record.version + 1)):
        yield f"{record.id}: version {record.version}, {len(numbers)} lines"
