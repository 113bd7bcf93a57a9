"""State tables as wholes: all states reached, all events used, ends are ends, the rest is refused."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pytest

from functions.certificates.domain import case, certificate
from functions.house_visits.domain import cascade, offer, visit
from functions.partners.domain import recommendation, upload
from functions.referrals.domain import fitness, over_limit, package, referral
from infra.render import TABLES
from shared.contracts import members
from shared.contracts.documents import DocumentStatus
from shared.kernel.times import QuietHours
from tests.people import ANNA

STARTS: dict[str, StrEnum] = {
    "CertificateCase": case.CaseStatus.PENDING,
    "Certificate": certificate.CertificateStatus.ISSUED,
    "Visit": visit.VisitStatus.REQUESTED,
    "Cascade": cascade.CascadeStatus.RUNNING,
    "Offer": offer.OfferStatus.PLANNED,
    "Referral": referral.ReferralStatus.ISSUED,
    "FitnessCertificate": fitness.FitnessStatus.VALID,
    "Entitlement": package.EntitlementStatus.RESERVED,
    "OverLimit": over_limit.OverLimitStatus.ASKED,
    "Document": DocumentStatus.ANNOUNCED,
    "Upload": upload.UploadStatus.ANNOUNCED,
    "Recommendation": recommendation.RecommendationStatus.OFFERED,
    "Member": members.MemberStatus.ACTIVE,
}
ENDS: dict[str, set[str]] = {
    "CertificateCase": {"issued", "cancelled"},
    "Certificate": {"void"},
    "Visit": {"completed", "no_show", "closed_unfilled", "cancelled"},
    "Cascade": {"exhausted", "cancelled"},
    "Member": set(),
    "Offer": {"lost", "withdrawn", "expired"},
    "Referral": {"examined", "revoked", "expired", "refused"},
    "FitnessCertificate": {"superseded", "void"},
    "Entitlement": {"released"},
    "OverLimit": {"approved", "declined"},
    "Document": {"refused", "abandoned", "removed"},
    "Upload": {"read", "faulty", "refused", "same", "superseded", "abandoned"},
    "Recommendation": {"declined", "withdrawn"},
}


def table(name: str) -> Mapping[Any, StrEnum]:
    return TABLES[name]


@pytest.mark.parametrize("name", TABLES)
def test_every_state_can_be_reached(name: str) -> None:
    reached, before = {STARTS[name]}, set[StrEnum]()
    while reached != before:
        before = set(reached)
        reached |= {after for (state, _), after in table(name).items() if state in reached}
    assert reached == set(type(STARTS[name]))


@pytest.mark.parametrize("name", TABLES)
def test_every_event_is_used(name: str) -> None:
    event_type = type(next(iter(table(name)))[1])
    assert {str(event) for _, event in table(name)} == {str(event) for event in event_type}


@pytest.mark.parametrize("name", TABLES)
def test_ends_are_ends_and_nothing_else_is(name: str) -> None:
    left = {state for state, _ in table(name)}
    assert {str(state) for state in type(STARTS[name]) if state not in left} == ENDS[name]


@pytest.mark.parametrize("status", list(offer.OfferStatus))
def test_what_the_offers_table_does_not_name_is_refused(status: offer.OfferStatus) -> None:
    one = offer.Offer(
        id="o", doctor_id=ANNA, phone="+48512000001", phone_key="k", language="pl", quiet_hours=QuietHours(),
        delay_minutes=10, status=status,
    )  # fmt: skip
    for event in offer.OfferEvent:
        if (status, event) in offer.TRANSITIONS:
            assert one.after(event).status == offer.TRANSITIONS[status, event]
        else:
            with pytest.raises(offer.OfferClosed, match=rf"The offer is {status}\."):
                one.after(event)
