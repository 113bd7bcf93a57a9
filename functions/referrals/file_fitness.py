"""A certificate of fitness is filed with the person: older ones whose dates it meets are renewed by it.

One that was made void is taken out again: what it had renewed counts again.
"""

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.filing import after_filing, change, filed
from functions.referrals.domain.fitness import FitnessCertificate
from functions.referrals.domain.fitness_letters import FileFitness
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("referrals"))
def file_fitness(req: FileFitness, ctx: Context) -> Done:
    """File a certificate of fitness with the person it is about."""
    certificate = ctx.store.find(FitnessCertificate, req.certificate_id)
    if certificate is None:
        return Done()
    employee = ctx.store.get(Employee, certificate.employee_id)
    gone = _gone(certificate, ctx)
    renewed = (key for one in gone for key in one.renews)
    ids = dict.fromkeys((*employee.certificate_ids, certificate.id, *renewed))
    before = ctx.store.find_many(FitnessCertificate, tuple(ids))
    after = after_filing(certificate.id, before, [one.id for one in gone])
    for old, new in zip(before, after, strict=True):
        changed = change(old, new)
        if changed is not None:
            ctx.store.apply(changed)
    kept = [one for one in after if one.is_in_force and not one.renewed_by]
    decision = filed(employee, certificate.id, kept)
    if decision is not None:
        ctx.store.apply(decision)
    return Done()


def _gone(certificate: FitnessCertificate, ctx: Context) -> list[FitnessCertificate]:
    """Where it does not hold: itself, and the one that it had taken the place of."""
    if certificate.is_in_force or certificate.superseded_by:
        return []
    earlier = ctx.store.find(FitnessCertificate, certificate.supersedes) if certificate.supersedes else None
    return [certificate, *((earlier,) if earlier is not None else ())]
