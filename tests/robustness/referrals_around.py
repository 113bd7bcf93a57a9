"""Referrals, certificates of fitness and packages in every state that an operation may need, on file."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from functions.referrals.domain.booking import ATTENTION_AFTER
from functions.referrals.domain.examination import BookedBy, ClinicAsk, Examination
from functions.referrals.domain.exposure import ExposureGroup
from functions.referrals.domain.fitness import Appeal, AppealBy, FitnessCertificate, FitnessStatus
from functions.referrals.domain.over_limit import OverLimit
from functions.referrals.domain.package import Allowance, Entitlement, EntitlementStatus, Units
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.slot_link import SlotLink, link_id
from functions.referrals.domain.statement import Statement
from shared.contracts.clinic_booking import Slot
from shared.contracts.directory import Doctor
from shared.kernel.records import Record
from tests.functions.referrals.people import (
    WELDER,
    certificate,
    employee,
    employer,
    package,
    referral,
)
from tests.outside import START
from tests.people import ANNA, EWA, JAN, PIOTR
from tests.robustness.employers_around import employers_around
from tests.world import TENANT, World

FIRM: Final = "e-1"
DOCTORS: Final = (ANNA, PIOTR, EWA, JAN)
PEOPLE: Final = tuple(f"em-{number}" for number in range(1, 13))
LATER: Final = START + timedelta(days=3)
SLOT: Final = Slot(
    id="s-1", clinic_id="near", specialization="", starts_at=LATER, ends_at=LATER + timedelta(hours=1)
)
HELD: Final = Examination(
    clinic_id="near", doctor_ids=DOCTORS, starts_at=START, ends_at=START + timedelta(hours=1),
    booked_by=BookedBy.OPERATOR,
)  # fmt: skip
EACH: Final = ("read", "revoked", "reissued", "refused", "invited", "chosen", "moved")
BOOKED: Final = ("certified", "absent", "seen")
CODES: Final = {"chosen": "LINKLINKLINK001", "invited": "LINKLINKLINK002"}


def referrals_around(world: World) -> Mapping[str, list[Any]]:
    """What fits the operations, by the names that the robustness run goes by."""
    world.given(
        employer(FIRM), package("pk-1", 500, employer_id=FIRM), *_people(), *_referrals(), *_certificates(),
        *_money(), *_links(world), *_examiners(world),
    )  # fmt: skip
    by_state = {f"referrals__{name}": [f"r-{state}"] for name, state in _FITTING.items()}
    return {**employers_around(world, FIRM), **by_state, **_BY_NAME}


_FITTING: Final = {
    "get_referral": "read", "read_referral": "read", "download_referral": "read",
    "revoke_referral": "revoked",
    "reissue_referral": "reissued", "record_refusal": "refused", "invite_again": "invited",
    "schedule_examination": "moved", "settle_examination": "asking", "issue_fitness_certificate": "certified",
    "report_absence": "absent", "get_assigned_referral": "seen",
}  # fmt: skip
_BY_NAME: Final[dict[str, list[Any]]] = {
    **{f"referrals__{one}": ["fc-read"] for one in (
        "get_fitness_certificate", "download_fitness", "read_signed_fitness",
    )},
    "referrals__record_outside_certificate": [PEOPLE[-1]],
    "referrals__appeal_certificate": ["fc-new"],
    "referrals__decide_appeal": ["fc-contested"],
    "referrals__void_fitness_certificate": ["fc-void"],
    "employee_id": list(PEOPLE), "employee_ids": [list(PEOPLE[:3])], "employer_id": [FIRM],
    "month": ["2026-10"],
    "referral_id": ["r-read", "r-seen"], "certificate_id": ["fc-read", "fc-new", "fc-contested"],
    "decisions": [[{"position": WELDER, "decision": "fit"}]],
    "next_dues": [[{"reason": "periodic", "due_on": "2028-11-24"}]],
    "package_id": ["pk-1"], "service": ["periodic"], "over_limit_id": ["ol-1"], "entitlement_id": ["r-used"],
    "code": list(CODES.values()), "revision": [1], "position": [WELDER], "positions": [[WELDER]],
    **{group.value: [[]] for group in ExposureGroup}, "examination_type": ["periodic"],
    "starts_at": [LATER.isoformat()], "ends_at": [SLOT.ends_at.isoformat()],
    "examined_on": ["2026-11-18"], "issued_on": ["2026-11-18"],
}  # fmt: skip


def _people() -> list[Record]:
    return [employee(one, employer_id=FIRM) for one in PEOPLE]


def _referrals() -> list[Record]:
    ask = ClinicAsk(
        key="ref-r-asking-e2", slot=SLOT, booked_by=BookedBy.LINK, asked_at=START, tries=ATTENTION_AFTER
    )
    return [
        *(_referral(state, link_round=1) for state in EACH),
        *(_referral(state, status=ReferralStatus.SCHEDULED, examination=HELD) for state in BOOKED),
        _referral("asking", status=ReferralStatus.UNKNOWN_OUTCOME, clinic_ask=ask),
        *(_unit(f"r-{state}") for state in (*EACH, *BOOKED, "asking")),
    ]


def _referral(state: str, **facts: object) -> Referral:
    return referral(
        f"r-{state}", employer_id=FIRM, employee_id=PEOPLE[-1], positions=(WELDER,), package_id="pk-1",
        entitlement_id=f"r-{state}", paper_generation=1, paper_sha256="0" * 64,
    ).but(**facts)  # fmt: skip


def _unit(key: str, **facts: object) -> Entitlement:
    return Entitlement(
        id=key, tenant_id=TENANT, allowance_id="pk-1.periodic", package_id="pk-1", employer_id=FIRM,
        service="periodic", reserved_at=START,
    ).but(**facts)  # fmt: skip


def _certificates() -> list[FitnessCertificate]:
    appeal = Appeal(by=AppealBy.EMPLOYEE, lodged_at=START, lodged_on=START.date(), examine_by=LATER.date())
    facts: dict[str, Any] = {"employer_id": FIRM, "employee_id": PEOPLE[-1], "paper_generation": 1}
    return [
        certificate("fc-read", doctor_id=ANNA, **facts),
        certificate("fc-new", **facts),
        certificate("fc-void", **{**facts, "referral_id": ""}),
        certificate("fc-contested", status=FitnessStatus.APPEALED, appeal=appeal, **facts),
    ]


def _money() -> list[Record]:
    open_ones = len((*EACH, *BOOKED, "asking"))
    return [
        Allowance(
            id="pk-1.periodic", tenant_id=TENANT, package_id="pk-1", employer_id=FIRM, service="periodic",
            sold=500, included=Units(granted=500, reserved=open_ones, consumed=1),
        ),
        _unit("r-used", status=EntitlementStatus.CONSUMED, consumed_at=START),
        OverLimit(
            id="ol-1", tenant_id=TENANT, employer_id=FIRM, package_id="pk-1", service="periodic", units=1,
            asked_at=START, asked_by="hr",
        ),
        Statement(
            id=f"{FIRM}.2026-10", tenant_id=TENANT, employer_id=FIRM, month="2026-10", lines=0, over_limit=0,
            credits=0, total=Decimal(0), currency="PLN", generation=1, sha256="0" * 64, made_at=START,
        ),
    ]  # fmt: skip


def _links(world: World) -> list[Record]:
    seals = world.wiring.seals
    return [
        SlotLink(
            id=link_id(seals, TENANT, code),
            tenant_id=TENANT,
            referral_id=f"r-{state}",
            round=1,
            made_at=START,
        )
        for state, code in CODES.items()
    ]


def _examiners(world: World) -> list[Doctor]:
    found = [world.record(Doctor, one) for one in DOCTORS]
    more = ("internal_medicine", "occupational_medicine")
    return [one.but(specializations=more, license_number="7654321") for one in found]
