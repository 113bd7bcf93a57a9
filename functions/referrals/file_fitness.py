"""A new certificate of fitness is filed with the person: older ones whose dates it meets are renewed by it.

Filed in any order and twice, the same stays: who is newer is told by when they were issued.
"""

from functions.referrals.domain.certifying import filed, renewals, renewed
from functions.referrals.domain.employment import Employee
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
    ids = dict.fromkeys((*employee.certificate_ids, certificate.id))
    known = ctx.store.find_many(FitnessCertificate, tuple(ids))
    by = renewals(known)
    for one in known:
        if one.id in by:
            ctx.store.apply(renewed(one, by[one.id]))
    kept = [one for one in known if one.is_in_force and one.id not in by and not one.renewed_by]
    decision = filed(employee, certificate.id, kept)
    if decision is not None:
        ctx.store.apply(decision)
    return Done()
