"""One page of the customer's changes: its rows, what was set aside, and the cursor, in one commit.

The same page may come twice: rows that say nothing new are not written again. Rows that have drifted
from the agreed shape are set aside and stop nobody else.
"""

from collections.abc import Sequence
from typing import NamedTuple

from functions.directory.domain.index import Move, move_of, overlaid, rebuild_letter
from functions.directory.domain.opt_outs import heeding
from functions.directory.domain.own_doctors import moves_of_doctors, moves_with_clinics
from functions.directory.domain.rows import KINDS, DoctorKeys, Listed, keys_of, newer, phones_of, record_of
from functions.directory.domain.sync import (
    PAGE_ROWS,
    SetAsideRow,
    SyncCursor,
    SyncPage,
    Trouble,
    cursor_id,
    next_page,
    set_aside_id,
)
from shared.contracts.clinic_index_head import ClinicIndexHead
from shared.contracts.customer import (
    ChangesPage,
    CursorExpired,
    CustomerRefused,
    CustomerUnavailable,
    SetAside,
)
from shared.contracts.customer_rows import Collection, Gone, Row
from shared.contracts.directory import Clinic, Doctor, DoctorPhone
from shared.contracts.opt_outs import OptOut
from shared.kernel.errors import Invalid
from shared.runtime.action import Response, action, task
from shared.runtime.context import Context


class PageSynced(Response):
    written: int
    set_aside: int


class _Read(NamedTuple):
    row: Row
    phones: tuple[DoctorPhone, ...]
    keys: DoctorKeys


class _Change(NamedTuple):
    before: Listed | None
    after: Listed


@action(task("directory"))
def sync_page(req: SyncPage, ctx: Context) -> PageSynced:
    """Take in one page of changes and ask for the next."""
    tenant = ctx.actor.tenant_id
    cursor = ctx.store.find(SyncCursor, cursor_id(tenant, req.collection))
    cursor = cursor or SyncCursor.first(tenant, req.collection)
    try:
        page = ctx.ports.customer.changes(req.collection, cursor.cursor, PAGE_ROWS)
    except CursorExpired:
        page = ChangesPage(rows=(), set_aside=(), next_cursor="", more=True)  # from the beginning again
    except CustomerUnavailable:
        return _noted(cursor, Trouble.UNAVAILABLE, ctx)
    except CustomerRefused:
        return _noted(cursor, Trouble.REFUSED, ctx)
    changes, set_aside = _take_in(req.collection, page, ctx)
    ctx.store.put(cursor.moved(page.next_cursor, ctx.now))
    following = next_page(tenant, req, ctx.now) if page.more else None
    if following is not None:
        ctx.store.send(following)
    if req.collection in (Collection.CLINICS, Collection.DOCTORS):
        is_last = req.collection == Collection.CLINICS and following is None
        _index(changes, req.run, ctx, is_last=is_last)
    return PageSynced(written=len(changes), set_aside=set_aside)


def _noted(cursor: SyncCursor, trouble: Trouble, ctx: Context) -> PageSynced:
    """The next scheduled run tries again; until then the cursor tells what is wrong and since when."""
    ctx.store.put(cursor.troubled(trouble, ctx.now))
    return PageSynced(written=0, set_aside=0)


def _take_in(collection: Collection, page: ChangesPage, ctx: Context) -> tuple[list[_Change], int]:
    good, bad = _understood(page, ctx)
    kind, tenant = KINDS[collection], ctx.actor.tenant_id
    ctx.store.prefetch(
        *((kind, one.row.id) for one in good),
        *((OptOut, phone.phone_key) for one in good for phone in one.phones),
        *((SetAsideRow, set_aside_id(tenant, collection, one.row.id, "")) for one in good),
        *((SetAsideRow, set_aside_id(tenant, collection, *one)) for one in bad),
    )
    changes = [change for one in good if (change := _change(kind, one, ctx)) is not None]
    for change in changes:
        ctx.store.put(change.after)
    for one in good:
        cured = ctx.store.find(SetAsideRow, set_aside_id(tenant, collection, one.row.id, ""))
        if cured is not None:
            ctx.store.remove(cured)
    _keep_set_aside(collection, bad, ctx)
    return changes, len(bad)


def _understood(page: ChangesPage, ctx: Context) -> tuple[list[_Read], list[SetAside]]:
    """Rows whose phones and personal numbers exist, and everything else with the reason why not."""
    good, bad = [], list(page.set_aside)
    for row in page.rows:
        try:
            phones = phones_of(row, ctx.actor.tenant_id, ctx.ports.seals, ctx.ports.phones)
        except Invalid as wrong:
            bad.append(SetAside(row.id, f"phones: {wrong.title()}"))
            continue
        try:
            keys = keys_of(row, ctx.actor.tenant_id, ctx.ports.seals, ctx.ports.identifiers)
        except Invalid as wrong:
            bad.append(SetAside(row.id, f"identifiers: {wrong.title()}"))
            continue
        good.append(_Read(row, phones, keys))
    return good, bad


def _change(kind: type[Listed], read: _Read, ctx: Context) -> _Change | None:
    held = ctx.store.find(kind, read.row.id)
    opt_outs = {one.id: one for one in ctx.store.find_many(OptOut, [one.phone_key for one in read.phones])}
    phones = heeding(read.phones, opt_outs, held.phones if isinstance(held, Doctor) else ())
    made = None if isinstance(read.row, Gone) else record_of(read.row, ctx.actor.tenant_id, phones, read.keys)
    after = newer(read.row, made, held)
    return None if after is None else _Change(held, after)


def _keep_set_aside(collection: Collection, bad: Sequence[SetAside], ctx: Context) -> None:
    tenant = ctx.actor.tenant_id
    for one in bad:
        key = set_aside_id(tenant, collection, one.id, one.reason)
        known = ctx.store.find(SetAsideRow, key)
        if known is None or known.reason != one.reason:
            ctx.store.put(
                SetAsideRow(
                    id=key,
                    tenant_id=tenant,
                    collection=collection,
                    row_id=one.id,
                    reason=one.reason,
                    at=ctx.now,
                )
            )


def _index(changes: Sequence[_Change], run: str, ctx: Context, *, is_last: bool) -> None:
    """Searches find a changed clinic or doctor at once; a rebuild waits for the run's last page of
    clinics, which every run has."""
    tenant = ctx.actor.tenant_id
    head = ctx.store.find(ClinicIndexHead, tenant) or ClinicIndexHead.first(tenant)
    over = overlaid(head, _moves(changes, ctx))
    if over != head:
        ctx.store.put(over)
    if is_last and over.rebuild_due:
        ctx.store.send(rebuild_letter(tenant, run, ctx.now))


def _moves(changes: Sequence[_Change], ctx: Context) -> list[Move]:
    clinics = [
        move_of(before if isinstance(before, Clinic) else None, after)
        for before, after in changes
        if isinstance(after, Clinic)
    ]
    doctors = [
        (before if isinstance(before, Doctor) else None, after)
        for before, after in changes
        if isinstance(after, Doctor)
    ]
    return [*clinics, *moves_with_clinics(clinics, ctx.store), *moves_of_doctors(doctors, ctx.store)]
