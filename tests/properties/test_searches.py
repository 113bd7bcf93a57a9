"""Searches on random referrals find what brute force finds, page by page, in the order that was asked for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from functions.referrals.count_referrals import CountReferrals, count_referrals
from functions.referrals.domain.exposure import Exposures
from functions.referrals.domain.names import begins_so, name_keys
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.referral_search import SERVED
from functions.referrals.search_referrals import SearchReferrals, search_referrals
from tests.functions.referrals.people import DRIVER, EXPOSED, HUTA, MLYN, WELDER, as_employer, referral
from tests.outside import START
from tests.world import TENANT, World

NAMES: Final = ("Łoś", "Los", "Żak", "Zakrzewska", "Nowak-Lis", "Świst")
BASE: Final = START - timedelta(days=12)
REFERRAL: Final = some.fixed_dictionaries(
    {
        "employer_id": some.sampled_from((HUTA, MLYN)),
        "employee_id": some.sampled_from(("em-1", "em-2")),
        "department": some.sampled_from(("Biuro", "Magazyn", "Żwirownia")),
        "status": some.sampled_from((ReferralStatus.ISSUED, ReferralStatus.REVOKED)),
        "positions": some.sampled_from(((WELDER,), (DRIVER,), (WELDER, DRIVER))),
        "exposures": some.sampled_from((EXPOSED, Exposures())),
        "certificate_id": some.sampled_from(("", "fc-1")),
        "name": some.sampled_from(NAMES),
        "hours": some.integers(0, 4),
    }
)
FILTERS: Final = some.fixed_dictionaries(
    {},
    optional={
        "employee_id": some.sampled_from(("em-1", "em-2")),
        "department": some.sampled_from(("Biuro", "Żwirownia")),
        "status": some.sampled_from(("issued", "revoked")),
        "has_certificate": some.booleans(),
        "position": some.sampled_from((WELDER, DRIVER)),
        "exposure_group": some.sampled_from(("physical", "dust")),
        "name": some.sampled_from(("lo", "ło", "zak", "żak", "lis", "swist")),
        "order_by": some.sampled_from(tuple(SERVED)),
    },
)


def made(world: World, number: int, facts: Mapping[str, Any]) -> Referral:
    fields = dict(facts)
    name, hours = fields.pop("name"), fields.pop("hours")
    base = referral(f"r-{number:02d}", issued_at=BASE + timedelta(hours=hours))
    person = base.person.but(family_name=name, given_name="Ola")
    return base.but(person=person, name_keys=name_keys(world.wiring.seals, TENANT, name, "Ola"), **fields)


def is_meant(one: Referral, asked: Mapping[str, Any]) -> bool:
    held = {
        "position": asked.get("position") in one.positions,
        "exposure_group": asked.get("exposure_group") in one.exposures.met,
        "has_certificate": asked.get("has_certificate") == (one.certificate_id != ""),
        "name": "name" in asked and begins_so(asked["name"], one.person.family_name, one.person.given_name),
    }
    plain = {name: getattr(one, name) == asked.get(name) for name in ("employee_id", "department", "status")}
    return one.employer_id == HUTA and all((held | plain)[name] for name in asked if name != "order_by")


def in_order(found: list[Referral], order: str) -> list[str]:
    ids = sorted(found, key=lambda one: (one.issued_at, one.id), reverse=True)
    if order == "department,-issued_at":
        ids = sorted(ids, key=lambda one: one.department)
    if order == "valid_until":
        ids = sorted(found, key=lambda one: (one.valid_until, one.id))
    return [one.id for one in ids]


@given(some.lists(REFERRAL, max_size=14), FILTERS, some.integers(1, 5))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_search_finds_what_brute_force_finds(
    rows: list[dict[str, Any]], asked: dict[str, Any], size: int
) -> None:
    world = World()
    kept = [made(world, number, facts) for number, facts in enumerate(rows)]
    world.given(*kept)
    served = SERVED[asked.get("order_by", "-issued_at")]
    lists = [name for name in asked if name in served.lists]
    allowed = (served.beside | set(lists[:1])) if lists else served.equals
    asked = {name: one for name, one in asked.items() if name in allowed or name == "order_by"}
    found, token = [], ""
    while True:
        page = world.call(
            search_referrals, SearchReferrals(page_size=size, page_token=token, **asked), as_=as_employer()
        )
        found += [one.referral_id for one in page.referrals]
        token = page.next_page_token
        if not token:
            break
    owed = [one for one in kept if is_meant(one, asked)]
    assert found == in_order(owed, asked.get("order_by", "-issued_at"))
    total = world.call(count_referrals, CountReferrals(**asked), as_=as_employer())
    assert (total.total, total.exact) == (len(owed), True)
