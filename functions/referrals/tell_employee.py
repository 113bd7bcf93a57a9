"""A referred person hears by text and mail what there is to choose, where to go, or that it is off.

Each message holds a new personal link; the ones before open no more.
"""

from dataclasses import replace

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.letters import TellEmployee, told_later
from functions.referrals.domain.referral import Referral
from functions.referrals.domain.slot_link import SlotLink, code_from, link_id
from functions.referrals.domain.telling import WITH_LINK, Means, Whom, is_due, told, verdict_on
from shared.contracts.directory import Clinic
from shared.contracts.notice_rules import NoticePreferences, preferences_id
from shared.contracts.opt_outs import wants_no_texts
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def tell_employee(req: TellEmployee, ctx: Context) -> Done:
    """Tell a referred person what has become of their examination."""
    referral = ctx.store.find(Referral, req.referral_id)
    if referral is None or not is_due(referral, req):
        return Done()
    whom = _whom(referral, ctx)
    code = code_from(ctx.new_id()) if req.news in WITH_LINK else ""
    page = ctx.settings.booking_url or f"{ctx.settings.public_url}/v1/examinations"
    means = Means(ctx.settings.sender_numbers, ctx.settings.mail_sender, ctx.ports.calendar.file_of, page)
    verdict = verdict_on(referral, whom, req.news, means, ctx.now)
    if verdict.waits(ctx.now):
        ctx.store.send(told_later(req, verdict.at))
        return Done()
    after = ctx.store.apply(told(referral, whom, req.news, code, means, ctx.now))
    if code:
        key = link_id(ctx.ports.seals, referral.tenant_id, code)
        link = SlotLink(
            id=key, tenant_id=referral.tenant_id, referral_id=referral.id, round=after.link_round,
            made_at=ctx.now,
        )  # fmt: skip
        ctx.store.create(link)
    return Done()


def _whom(referral: Referral, ctx: Context) -> Whom:
    held = referral.examination
    kept = preferences_id(referral.tenant_id, Role.PATIENT, referral.patient_id)
    people = ((Patient, referral.patient_id), (NoticePreferences, kept)) if referral.patient_id else ()
    where = [(Clinic, held.clinic_id)] if held else []
    ctx.store.prefetch((Employee, referral.employee_id), *people, *where)
    patient = ctx.store.find(Patient, referral.patient_id) if referral.patient_id else None
    if patient is not None and patient.merged_into:
        patient = ctx.store.find(Patient, patient.merged_into)
    clinic = ctx.store.find(Clinic, held.clinic_id) if held else None
    found = preferences_id(referral.tenant_id, Role.PATIENT, patient.id) if patient else ""
    wanted = ctx.store.find(NoticePreferences, found) if found else None
    whom = Whom(ctx.store.get(Employee, referral.employee_id), patient, clinic, wanted)
    stopped = wants_no_texts(whom.phone, referral.tenant_id, ctx.ports.seals, ctx.store)
    return replace(whom, stopped=stopped)
