"""Person and employer hear that a certificate of fitness is ready, or void, once."""

from datetime import datetime

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_letters import TellFitness, told_later
from functions.referrals.domain.fitness_news import Readers, told
from functions.referrals.domain.referral import Referral
from shared.contracts.directory import Employer
from shared.contracts.notice_rules import NoticePreferences, preferences_id
from shared.contracts.opt_outs import wants_no_texts
from shared.contracts.patients import Patient
from shared.kernel.actors import Role
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("notices"))
def tell_fitness(req: TellFitness, ctx: Context) -> Done:
    """Tell who is concerned that a certificate of fitness is ready or void."""
    it = ctx.store.find(FitnessCertificate, req.certificate_id)
    if it is None:
        return Done()
    person, company = (
        preferences_id(it.tenant_id, Role.PATIENT, it.patient_id),
        preferences_id(it.tenant_id, Role.EMPLOYER, it.employer_id),
    )
    people = ((Patient, it.patient_id), (NoticePreferences, person)) if it.patient_id else ()
    firm = ((Employer, it.employer_id), (NoticePreferences, company))
    referrals = ((Referral, it.referral_id),) if it.referral_id else ()
    ctx.store.prefetch((Employee, it.employee_id), *referrals, *firm, *people)
    referral = ctx.store.find(Referral, it.referral_id) if it.referral_id else None
    readers = Readers(
        ctx.store.get(Employee, it.employee_id),
        ctx.store.find(Patient, it.patient_id) if it.patient_id else None,
        ctx.store.find(Employer, it.employer_id),
        referral.number if referral else "",
        ctx.store.find(NoticePreferences, person) if it.patient_id else None,
        ctx.store.find(NoticePreferences, company),
    )
    stopped = wants_no_texts(readers.phone, it.tenant_id, ctx.ports.seals, ctx.store)
    readers = readers._replace(stopped=stopped)
    decision = told(it, readers, ctx.settings.sender_numbers, ctx.now, req.news)
    if isinstance(decision, datetime):
        ctx.store.send(told_later(req, decision))
    elif decision is not None:
        ctx.store.apply(decision)
    return Done()
