"""What the matrix asks of occupational medicine: a person at an employer, referrals in each state, papers."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from functions.referrals.domain.booking import ATTENTION_AFTER
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.examination import BookedBy, ClinicAsk, Examination
from functions.referrals.domain.fitness import Appeal, AppealBy, FitnessCertificate, FitnessStatus
from functions.referrals.domain.over_limit import OverLimit
from functions.referrals.domain.package import Allowance, Entitlement, EntitlementStatus, Units
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.slot_link import SlotLink, link_id
from functions.referrals.domain.statement import Statement
from shared.contracts.clinic_booking import Slot
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OWN, Ask, Asks, Party, listed, named, told
from tests.authorization.subjects import employers
from tests.functions.referrals.people import EXPOSED, WELDER, certificate, employee, referral
from tests.outside import START

LATER = START + timedelta(days=3)
SLOT_ENDS = LATER + timedelta(minutes=30)
ORDER: dict[str, Any] = {
    "examination_type": "periodic",
    "exposures": EXPOSED.model_dump(mode="json"),
    "positions": [WELDER],
}
VERDICT: dict[str, Any] = {
    "revision": 1,
    "decisions": [{"position": WELDER, "decision": "fit"}],
    "next_dues": [{"reason": "periodic", "due_on": "2028-11-24"}],
}
PAPER: dict[str, Any] = {
    "number": "12/2026",
    "issuer": "NZOZ Zdrowie",
    "examination_type": "periodic",
    "examined_on": "2026-11-18",
    "issued_on": "2026-11-18",
    "decisions": [{"position": WELDER, "decision": "fit"}],
}


def employer(it: Party) -> str:
    """Foreign records speak of the caller's employer by every name but the tenant's."""
    return f"employer-{it.owner or it.name}"


def code(it: Party) -> str:
    return f"LINK{it.number}"


def records(it: Party, wiring: Wiring) -> list[Record]:
    held = Examination(
        clinic_id=it.id("clinic"), doctor_ids=(it.doctor,), starts_at=START,
        ends_at=START + timedelta(hours=1), booked_by=BookedBy.OPERATOR,
    )  # fmt: skip
    slot = Slot(id="s-1", clinic_id=it.id("clinic"), specialization="", starts_at=LATER, ends_at=SLOT_ENDS)
    ask = ClinicAsk(
        key=f"ref-{it.id('referral-asking')}-e2", slot=slot, booked_by=BookedBy.LINK, asked_at=START,
        tries=ATTENTION_AFTER,
    )  # fmt: skip
    issued, taken = _referral(it, "issued", link_round=1), _referral(it, "taken")
    scheduled = _referral(it, "scheduled", status=ReferralStatus.SCHEDULED, examination=held)
    asking = _referral(it, "asking", status=ReferralStatus.UNKNOWN_OUTCOME, clinic_ask=ask)
    key = link_id(wiring.seals, it.tenant_id, code(it))
    link = SlotLink(id=key, tenant_id=it.tenant_id, referral_id=issued.id, round=1, made_at=START)
    units = [_unit(it, one.id) for one in (issued, taken, scheduled, asking)]
    used = _unit(it, it.id("unit-used"), status=EntitlementStatus.CONSUMED, consumed_at=START)
    return [
        *_people(it), issued, taken, scheduled, asking, link, *units, used, _account(it, len(units)),
        *_papers(it), *employers.records(it, wiring),
        OverLimit(
            id=it.id("over"), tenant_id=it.tenant_id, employer_id=it.id("employer"),
            package_id=it.id("package"),
            service="periodic", units=1, asked_at=START, asked_by="hr",
        ),
        Statement(
            id=f"{it.id('employer')}.2026-10", tenant_id=it.tenant_id, employer_id=employer(it),
            month="2026-10", lines=0, over_limit=0, credits=0, total=Decimal(0), currency="PLN",
            generation=1, sha256="0" * 64, made_at=START,
        ),
    ]  # fmt: skip


def _people(it: Party) -> list[Employee]:
    facts = {"tenant_id": it.tenant_id, "employer_id": employer(it), "patient_id": it.patient}
    return [employee(it.id(word), **facts) for word in ("employee", "worker")]


def _referral(it: Party, word: str, **facts: object) -> Referral:
    return referral(
        it.id(f"referral-{word}"),
        tenant_id=it.tenant_id,
        number=f"S/2026/{it.id(word)}",
        employer_id=employer(it),
        employee_id=it.id("worker"),
        patient_id=it.patient,
        positions=(WELDER,),
        entitlement_id=it.id(f"referral-{word}"),
        package_id=it.id("package"),
        paper_generation=1,
        paper_sha256="0" * 64,
    ).but(**facts)


def _unit(it: Party, key: str, **facts: object) -> Entitlement:
    return Entitlement(
        id=key,
        tenant_id=it.tenant_id,
        allowance_id=f"{it.id('package')}.periodic",
        package_id=it.id("package"),
        employer_id=employer(it),
        service="periodic",
        reserved_at=START,
    ).but(**facts)


def _account(it: Party, reserved: int) -> Allowance:
    return Allowance(
        id=f"{it.id('package')}.periodic",
        tenant_id=it.tenant_id,
        package_id=it.id("package"),
        employer_id=employer(it),
        service="periodic",
        sold=100,
        included=Units(granted=100, reserved=reserved, consumed=1),
    )


def _papers(it: Party) -> list[FitnessCertificate]:
    facts: dict[str, Any] = {
        "tenant_id": it.tenant_id, "employer_id": employer(it), "employee_id": it.id("worker"),
        "patient_id": it.patient, "doctor_id": it.doctor, "number": f"VM-MP/{it.id('number')}",
        "referral_id": it.id("referral-scheduled"), "paper_generation": 1, "paper_sha256": "0" * 64,
    }  # fmt: skip
    appeal = Appeal(
        by=AppealBy.EMPLOYEE, lodged_at=START, lodged_on=START.date(), examine_by=date(2026, 12, 8)
    )
    return [
        certificate(it.id("fitness"), **facts),
        certificate(it.id("contested"), status=FitnessStatus.APPEALED, appeal=appeal, **facts),
    ]


def of(word: str, **more: Any) -> tuple[Ask, ...]:
    return named(f"referral-{word}", "referral_id", **more)


def paper(word: str, **more: Any) -> tuple[Ask, ...]:
    return named(word, "certificate_id", **more)


def slot(it: Party) -> dict[str, Any]:
    return {
        "clinic_id": it.id("clinic"),
        "slot_id": "s-9",
        "starts_at": LATER.isoformat(),
        "ends_at": SLOT_ENDS.isoformat(),
    }


ASKS: Asks = {
    **employers.ASKS,
    "appeal_certificate": paper("fitness", reason="Badanie było za krótkie."),
    "ask_over_limit": named("package", service="periodic", units=1),
    "begin_statements": listed(shows=False),
    "book_slot": told(lambda it: {"referral_id": it.id("referral-asking"), "key": "none"}),
    "choose_slot": listed(shows=False, code=code(OWN), **slot(OWN)),
    "credit_unit": named("unit-used", "entitlement_id", reason="goodwill"),
    "decide_appeal": paper("contested", outcome="confirmed"),
    "decide_over_limit": named("over", "over_limit_id", approve=False),
    "download_fitness": paper("fitness"),
    "download_referral": of("issued"),
    "download_statement": (
        Ask(lambda it: {"employer_id": it.id("employer"), "month": "2026-10"}, shows=False),
    ),
    "expire_referral": told(lambda it: {"referral_id": it.id("referral-issued")}),
    "expire_referrals": listed(shows=False),
    "file_fitness": told(lambda it: {"certificate_id": it.id("fitness")}),
    "get_assigned_referral": of("scheduled"),
    "get_fitness_certificate": paper("fitness"),
    "get_referral": of("issued"),
    "hear_slot_change": told(
        lambda it: {"clinic_id": it.id("clinic"), "booking_key": "ref-none-e1", "event": "cancelled"}
    ),
    "invite_again": of("issued"),
    "issue_fitness_certificate": of("scheduled", **VERDICT),
    "issue_referral": named("employee", **ORDER),
    "issue_referrals": (
        Ask(lambda _: {"employee_ids": [OWN.id("employee")], **ORDER}, names="caller", shows=False),
    ),
    "list_examinations": listed(),
    "list_my_fitness": listed(),
    "list_my_packages": listed(),
    "list_over_limits": listed(),
    "make_statement": told(lambda it: {"employer_id": it.id("employer"), "month": "2026-10"}),
    "make_statements": told(lambda _: {"month": "2026-10"}),
    "note_mail_lost": told(lambda it: {"letter_id": "none", "about": it.id("referral-issued")}),
    "note_text_lost": told(lambda it: {"letter_id": "none", "about": it.id("referral-issued")}),
    "print_fitness": told(lambda it: {"certificate_id": it.id("fitness")}),
    "print_referral": told(lambda it: {"referral_id": it.id("referral-issued")}),
    "propose_slots": listed(shows=False, code=code(OWN)),
    "read_referral": of("issued"),
    "read_signed_fitness": paper("fitness"),
    "record_outside_certificate": named("employee", **PAPER),
    "record_refusal": of("issued", reason="other"),
    "reissue_referral": of("taken", **ORDER),
    "release_slot": told(
        lambda it: {"referral_id": it.id("referral-issued"), "clinic_id": "none", "key": "k"}
    ),
    "report_absence": of("scheduled"),
    "report_figures": listed(shows=False),
    "resolve_slot": told(lambda it: {"referral_id": it.id("referral-asking"), "key": "none", "tries": 0}),
    "revoke_referral": of("issued", reason="other"),
    "schedule_examination": (Ask(lambda it: {"referral_id": it.id("referral-issued"), **slot(it)}),),
    "settle_examination": of("asking", outcome="booked"),
    "sweep_slots": listed(shows=False),
    "sweep_work_papers": listed(shows=False),
    "tell_employee": told(
        lambda it: {"referral_id": it.id("referral-issued"), "epoch": 1, "news": "called_off"}
    ),
    "tell_fitness": told(lambda it: {"certificate_id": it.id("fitness")}),
    "tell_employer": told(
        lambda it: {"referral_id": it.id("referral-issued"), "epoch": 1, "news": "missed", "unit_back": True}
    ),
    "verify_fitness": listed(shows=False, number="VM-MP/1", code="X"),
    "void_fitness_certificate": paper("fitness", reason="other", note="Pomylone kartoteki."),
}
