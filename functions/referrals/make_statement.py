"""The statement of one employer for one month: made once, as a workbook, and kept."""

from dataclasses import replace

from functions.referrals.domain.jurisdiction import POLAND, PROFILES
from functions.referrals.domain.package import Entitlement
from functions.referrals.domain.printing import in_storage
from functions.referrals.domain.statement import (
    CONTENT_TYPE,
    PAGE,
    PAGES_MAX,
    MakeStatement,
    Statement,
    lines_of,
    settled_between,
    sheet_of,
    span_of,
    statement_id,
    total_of,
)
from functions.referrals.domain.work_words import speech_of
from shared.contracts.directory import Employer
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context


@action(task("papers"), needs=Needs(memory_mb=1024, timeout_seconds=300, concurrency=4))
def make_statement(req: MakeStatement, ctx: Context) -> Done:
    """Make the statement of an employer for a month."""
    key = statement_id(req.employer_id, req.month)
    ctx.store.prefetch((Statement, key), (Employer, req.employer_id))
    if ctx.store.find(Statement, key) is not None:
        return Done()
    employer = ctx.store.get(Employer, req.employer_id)
    law = PROFILES.get(employer.country, POLAND)
    consumed, credited = (_settled(req, field, law.zone, ctx) for field in ("consumed_at", "credited_at"))
    lines = lines_of(consumed, credited, law.zone, law.currency)
    made = Statement(
        id=key, tenant_id=employer.tenant_id, employer_id=employer.id, month=req.month, lines=len(lines),
        over_limit=sum(one.over_limit for one in lines), credits=sum(one.units < 0 for one in lines),
        total=total_of(lines), currency=law.currency, generation=0, sha256="", made_at=ctx.now,
    )  # fmt: skip
    sheet = sheet_of(employer.name, req.month, lines, law.currency, speech_of(employer.language))
    filed = in_storage(ctx.files, made.file_name, lambda: ctx.ports.sheets.file_of(sheet), CONTENT_TYPE)
    ctx.store.create(made.but(generation=filed.generation, sha256=filed.sha256))
    return Done()


def _settled(req: MakeStatement, field: str, zone: str, ctx: Context) -> list[Entitlement]:
    since, until = span_of(req.month, zone)
    query = settled_between(req.employer_id, field, since, until)
    found: list[Entitlement] = []
    for _ in range(PAGES_MAX):
        page = ctx.store.select(Entitlement, query)
        found += page
        if len(page) < PAGE:
            break
        query = replace(query, after=(getattr(page[-1], field), page[-1].id))
    return found
