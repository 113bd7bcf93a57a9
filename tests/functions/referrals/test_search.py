"""Searches: filters that compose, pages that stay, totals, and refusals that say what to drop."""

import json
from collections.abc import Mapping
from datetime import timedelta
from itertools import chain, combinations
from typing import Any

import pytest

from functions.referrals.count_certificates import count_certificates
from functions.referrals.count_referrals import CountReferrals, count_referrals
from functions.referrals.domain import certificate_search, employee_search, referral_search
from functions.referrals.domain.certificate_search import Asker, CertificateFilter, certificates_where
from functions.referrals.domain.combining import CombinationNotServed, NotYoursToAsk, Served
from functions.referrals.domain.employee_search import EmployeeFilter, employees_where
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate, FitnessDecision, NextDue, NextDueReason
from functions.referrals.domain.jurisdiction import POLAND
from functions.referrals.domain.names import name_keys
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.referral_search import ReferralFilter, referrals_where
from functions.referrals.search_certificates import SearchCertificates, search_certificates
from functions.referrals.search_referrals import SearchReferrals, search_referrals
from shared.kernel.ports import Write
from shared.runtime.pages import PageTokenInvalid
from shared.runtime.staging import of_tenant
from tests.functions.referrals.people import (
    DRIVER,
    HUTA,
    MLYN,
    TODAY,
    WELDER,
    as_employer,
    certificate,
    employer,
    referral,
)
from tests.outside import START
from tests.world import OPERATOR, TENANT, World

DAY = timedelta(days=1)
NEWEST = START - 10 * DAY
ASKER = Asker(TENANT, TODAY, "Europe/Warsaw")
PEOPLE = (("Łukasz", "Żak"), ("Lucyna", "Nowak-Lis"), ("Zofia", "Malinowska"))


@pytest.fixture
def files(firm: World) -> World:
    """Six referrals, one a day: of three people in two departments, the last of another employer."""
    for number in range(6):
        given, family = PEOPLE[number % 3]
        one = referral(
            f"r-{number}", issued_at=NEWEST - number * DAY, issued_on=(NEWEST - number * DAY).date()
        )
        firm.given(
            one.but(
                employee_id=f"em-{number % 3}",
                employer_id=MLYN if number == 5 else HUTA,
                person=one.person.but(given_name=given, family_name=family),
                name_keys=name_keys(firm.wiring.seals, TENANT, given, family),
                department="Biuro" if number % 2 else "Produkcja",
                positions=(DRIVER,) if number == 3 else (WELDER,),
                certificate_id="fc-1" if number == 4 else "",
            )
        )
    return firm


def found(world: World, by: str = HUTA, **filters: Any) -> list[str]:
    """Numbers of the referrals, in the order in which they come, all pages."""
    ids, token = [], ""
    while True:
        asked = SearchReferrals(page_size=2, page_token=token, **filters)
        page = world.call(search_referrals, asked, as_=as_employer(by) if by else OPERATOR)
        ids += [one.referral_id.removeprefix("r-") for one in page.referrals]
        token = page.next_page_token
        if not token:
            return ids


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "01234"),
        ({"employee_id": "em-1"}, "14"),
        ({"department": "Biuro"}, "13"),
        ({"department": "Biuro", "employee_id": "em-0"}, "3"),
        ({"position": DRIVER}, "3"),
        ({"exposure_group": "physical"}, "01234"),
        ({"exposure_group": "dust"}, ""),
        ({"has_certificate": True}, "4"),
        ({"status": "revoked"}, ""),
        ({"examination_type": "periodic", "status": "issued"}, "01234"),
        ({"issued_from": TODAY - 13 * DAY, "issued_until": TODAY - 11 * DAY}, "123"),
        ({"issued_from": TODAY - 11 * DAY, "position": WELDER}, "01"),
        ({"order_by": "department,-issued_at"}, "13024"),
        ({"name": "malin"}, "2"),
        ({"name": "lu"}, "0134"),
        ({"name": "łu"}, "03"),
        ({"name": "ŁUKASZ żak"}, "03"),
        ({"name": "lukasz zak"}, "03"),
        ({"name": "lis"}, "14"),
        ({"name": "lucyna zak"}, ""),
        ({"name": "malinowskaa"}, ""),
    ],
)
def test_filters_compose(files: World, filters: dict[str, Any], expected: str) -> None:
    assert "".join(found(files, **filters)) == expected


def test_staff_find_those_of_every_employer(files: World) -> None:
    assert "".join(found(files, by="")) == "012345"
    assert found(files, by="", employer_id=MLYN) == ["5"]
    assert found(files, by=MLYN) == ["5"]


def test_pages_neither_skip_nor_repeat_while_rows_change_come_and_go(files: World) -> None:
    first = files.call(search_referrals, SearchReferrals(page_size=2), as_=as_employer())
    files.given(files.record(Referral, "r-1").but(department="Magazyn", attention="late"))
    files.given(referral("r-9", issued_at=START + DAY))
    files.wiring.documents.commit(_gone("r-1"))  # the very row at which the page ended
    asked = SearchReferrals(page_size=4, page_token=first.next_page_token)
    rest = files.call(search_referrals, asked, as_=as_employer())
    assert [one.referral_id for one in rest.referrals] == ["r-2", "r-3", "r-4"]


def test_a_page_token_opens_no_other_search_and_nobody_elses(files: World) -> None:
    token = files.call(search_referrals, SearchReferrals(page_size=2), as_=as_employer()).next_page_token
    with pytest.raises(PageTokenInvalid):
        files.call(search_referrals, SearchReferrals(page_token=token, department="Biuro"), as_=as_employer())
    theirs = files.call(search_referrals, SearchReferrals(page_token=token), as_=as_employer(MLYN))
    assert {one.referral_id for one in theirs.referrals} <= {"r-5"}


def test_a_total_is_of_the_same_rows(files: World) -> None:
    total = files.call(count_referrals, CountReferrals(department="Produkcja"), as_=as_employer())
    assert (total.total, total.more, total.exact) == (3, False, True)
    total = files.call(count_referrals, CountReferrals(name="lukasz z"), as_=as_employer())
    assert (total.total, total.exact) == (2, False)


@pytest.mark.parametrize(
    ("filters", "dropped"),
    [
        ({"position": WELDER, "name": "lu"}, {"/name"}),
        ({"exposure_group": "dust", "department": "Biuro"}, {"/department"}),
        ({"order_by": "valid_until", "employee_id": "em-1"}, {"/employee_id"}),
        ({"order_by": "valid_until", "issued_from": "2026-11-01", "name": "lu"}, {"/issued_from", "/name"}),
    ],
)
def test_what_cannot_be_served_is_refused_with_what_to_drop(
    files: World, filters: dict[str, Any], dropped: set[str]
) -> None:
    told = problem(files, search_referrals, filters)
    assert told["code"] == CombinationNotServed.code()
    assert {one["pointer"] for one in told["errors"]} == dropped


@pytest.mark.parametrize(
    ("filters", "pointer"),
    [
        ({"no_such_field": "x"}, "/no_such_field"),
        ({"status": "asleep"}, "/status"),
        ({"has_certificate": "perhaps"}, "/has_certificate"),
        ({"issued_from": "2026-02-30"}, "/issued_from"),
        ({"order_by": "name"}, "/order_by"),
        ({"name": "a"}, "/name"),
        ({"issued_from": "2026-11-02", "issued_until": "2026-11-01"}, "/"),
    ],
)
def test_what_makes_no_sense_is_named(files: World, filters: dict[str, Any], pointer: str) -> None:
    told = problem(files, search_referrals, filters)
    assert [one["pointer"] for one in told["errors"]] == [pointer]


@pytest.mark.parametrize("filters", [{"doctor_id": "d-anna"}, {"clinic_id": "c-1"}, {"employer_id": MLYN}])
def test_an_employer_asks_by_nothing_that_it_does_not_see(files: World, filters: dict[str, Any]) -> None:
    for action in (search_referrals, count_referrals, search_certificates, count_certificates):
        assert problem(files, action, filters)["code"] == NotYoursToAsk.code()


def due(days: int) -> NextDue:
    return NextDue(reason=NextDueReason.PERIODIC, due_on=TODAY + days * DAY)


@pytest.fixture
def expiring(firm: World) -> World:
    """Certificates with a date 5, 10 ... 25 days ahead; one renewed, one undated, one of another law."""
    for number in range(1, 6):
        one = certificate(f"fc-{number}", issued_at=NEWEST - number * DAY, next_dues=(due(5 * number),))
        firm.given(one.but(department="Biuro" if number % 2 else "Produkcja"))
    firm.given(certificate("fc-6", next_dues=(due(1),), renewed_by="fc-1"), certificate("fc-7", next_dues=()))
    unfit = certificate("fc-8").decisions[0].but(decision=FitnessDecision.UNFIT)
    firm.given(certificate("fc-8", jurisdiction="DE", decisions=(unfit,), next_dues=(due(900),)))
    return firm


def dues(world: World, **filters: Any) -> str:
    page = world.call(search_certificates, SearchCertificates(**filters), as_=as_employer())
    return "".join(one.certificate_id.removeprefix("fc-") for one in page.certificates)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"expiring_within_days": 15}, "123"),
        ({"expiring_within_days": 15, "department": "Biuro"}, "13"),
        ({"next_due_from": TODAY + 10 * DAY, "next_due_until": TODAY + 20 * DAY}, "234"),
        ({"order_by": "next_due_on", "to_renew": True}, "123458"),
        ({"order_by": "department,next_due_on", "to_renew": True}, "813524"),
        ({"order_by": "next_due_on"}, "6123458"),
        ({"expiring_within_days": 15, "position": WELDER}, "123"),
        ({"decision": "unfit"}, ""),
        ({"issued_until": TODAY - 14 * DAY}, "45"),
    ],
)
def test_certificates_are_found_by_what_is_due(
    expiring: World, filters: dict[str, Any], expected: str
) -> None:
    assert dues(expiring, **filters) == expected


def test_what_the_law_of_a_certificate_hides_is_not_in_its_row(expiring: World) -> None:
    page = expiring.call(search_certificates, SearchCertificates(), as_=as_employer())
    rows = {one.certificate_id: one for one in page.certificates}
    assert rows["fc-8"].decisions is None
    assert rows["fc-8"].next_dues is not None
    assert rows["fc-1"].decisions is not None
    staff = expiring.call(search_certificates, SearchCertificates(decision="unfit"))
    assert [one.decisions is not None for one in staff.certificates] == [True]


def test_nobody_asks_by_a_decision_that_the_law_of_their_country_hides(expiring: World) -> None:
    expiring.given(employer(country="DE"))
    for action in (search_certificates, count_certificates):
        told = problem(expiring, action, {"decision": "unfit"})
        assert (told["code"], told["errors"][0]["pointer"]) == (NotYoursToAsk.code(), "/decision")


def test_due_filters_ask_for_their_order(expiring: World) -> None:
    told = problem(expiring, search_certificates, {"next_due_from": "2026-12-01", "order_by": "-issued_at"})
    assert told["errors"][0]["pointer"] == "/next_due_from"


def problem(world: World, run: Any, fields: dict[str, Any]) -> dict[str, Any]:
    answer = world.answer(run.declaration, fields, as_employer())
    assert answer.status in (403, 422)
    told: dict[str, Any] = json.loads(answer.body)
    return told


VALUES: dict[str, Any] = {
    "employer_id": HUTA, "employee_id": "em-1", "department": "Biuro", "examination_type": "periodic",
    "clinic_id": "c-1", "package_id": "pk-1", "has_certificate": True, "unreached": True,
    "waits_for_person": True, "doctor_id": "d-anna", "name": "lu",
    "position": WELDER, "exposure_group": "dust", "decision": "fit", "to_renew": True,
    "issued_from": TODAY, "issued_until": TODAY, "next_due_from": TODAY, "next_due_until": TODAY,
    "expiring_within_days": 30,
}  # fmt: skip
STATUS = {"referrals": "issued", "certificates": "valid"}


def served(table: Mapping[str, Served], of: str) -> list[dict[str, Any]]:
    """Every combination of filters that is served, in every order."""
    found = []
    for order, one in table.items():
        for names in _subsets(one.equals):
            found.append(names)
        for listed in one.lists:
            found += [(*names, listed) for names in _subsets(one.beside)]
        plain = [name for name in one.ranges if name != "expiring_within_days"]
        found += [(*names, *plain) for names in list(found) if order and plain]
    values = VALUES | {"status": STATUS[of]}
    return [{name: values[name] for name in names} for names in dict.fromkeys(found)]


def _subsets(names: frozenset[str]) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(sorted(names), size) for size in range(len(names) + 1)))


def test_every_combination_of_referrals_that_is_served_has_its_indexes(world: World) -> None:
    for order in referral_search.SERVED:
        for filters in served({order: referral_search.SERVED[order]}, "referrals"):
            asked = ReferralFilter(**filters, order_by=order)
            for employer_id in ("", HUTA):
                try:
                    query = referrals_where(asked, employer_id, world.wiring.seals, TENANT, "Europe/Warsaw")
                except NotYoursToAsk:
                    continue
                world.wiring.documents.query(of_tenant(TENANT, Referral, query))  # the recorder looks at it


def test_every_combination_of_certificates_that_is_served_has_its_indexes(world: World) -> None:
    for order in certificate_search.SERVED:
        for filters in served({order: certificate_search.SERVED[order]}, "certificates"):
            asked = CertificateFilter(**filters, order_by=order)
            for asker in (ASKER, Asker(TENANT, TODAY, "Europe/Warsaw", HUTA, POLAND)):
                try:
                    query = certificates_where(asked, asker, world.wiring.seals)
                except NotYoursToAsk:
                    continue
                world.wiring.documents.query(of_tenant(TENANT, FitnessCertificate, query))


def test_every_combination_of_employees_that_is_served_has_its_indexes(world: World) -> None:
    for filters in served(employee_search.SERVED, "referrals"):
        asked = EmployeeFilter(**{name: one for name, one in filters.items() if name != "employer_id"})
        for employer_id in ("", HUTA):
            query = employees_where(asked, employer_id, world.wiring.seals, TENANT)
            world.wiring.documents.query(of_tenant(TENANT, Employee, query))


def _gone(referral_id: str) -> list[Any]:
    return [Write(f"referrals/{referral_id}", None)]
