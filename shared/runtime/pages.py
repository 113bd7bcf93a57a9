"""Pages of a list: where the next one begins, in a token that only we can read and only this list takes.

The token holds the sort keys of the last row, which may be names or dates of people: it is sealed, bound
to the tenant, the action and the filter. It carries no authority: the list checks rights on every page.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, TypeVar

from shared.kernel.errors import FieldError, Invalid
from shared.kernel.ports import Query, Seals
from shared.kernel.records import Record
from shared.runtime.action import Page

if TYPE_CHECKING:
    from shared.runtime.context import Context

TOKEN_MAX: Final = 2000

R = TypeVar("R", bound=Record)


class PageTokenInvalid(Invalid):
    """This page token belongs to another list or filter: begin again with the first page."""


def page_of(ctx: Context, kind: type[R], request: Page, query: Query) -> tuple[list[R], str]:
    """One page of the tenant's records and the token of the next, "" after the last.

    `query` says where and in which order, the id last; rows are seen as `ctx.store.select` sees them.
    The filter must leave only rows the actor may see, or a page may end early.
    """
    mark = fingerprint(ctx.actor.tenant_id, request)
    after = decode(ctx.ports.seals, request.page_token, mark) if request.page_token else ()
    wanted = replace(query, after=after, limit=request.page_size + 1)
    found = ctx.store.select(kind, wanted)
    rows = found[: request.page_size]
    if len(found) <= request.page_size:
        return rows, ""
    stored = ctx.ports.codec.encode(rows[-1])
    return rows, encode(ctx.ports.seals, tuple(stored[name] for name, _ in query.order), mark)


def fingerprint(tenant_id: str, request: Page) -> str:
    """What a token is bound to: everything that was asked except which page."""
    asked = request.model_dump_json(exclude={"page_size", "page_token"})
    kind = type(request)
    return hashlib.sha256(f"{tenant_id}|{kind.__module__}.{kind.__name__}|{asked}".encode()).hexdigest()


def encode(seals: Seals, after: tuple[Any, ...], fingerprint: str) -> str:
    """`after`: the sort keys of the last row as they are stored, the id last."""
    text = json.dumps([_plain(one) for one in after], separators=(",", ":"))
    return base64.urlsafe_b64encode(seals.seal(text, _context(fingerprint)).encode()).decode().rstrip("=")


def decode(seals: Seals, token: str, fingerprint: str) -> tuple[Any, ...]:
    """Raises PageTokenInvalid where the token was made for something else, or not by us."""
    try:
        sealed = base64.urlsafe_b64decode(token[:TOKEN_MAX] + "=" * (-len(token) % 4)).decode()
        return tuple(_value(one) for one in json.loads(seals.unseal(sealed, _context(fingerprint))))
    except ValueError:
        raise PageTokenInvalid(errors=[FieldError("/page_token", "is not of this list")]) from None


def _context(fingerprint: str) -> str:
    return f"page|{fingerprint}"


def _plain(item: Any) -> Any:
    return {"at": item.isoformat()} if isinstance(item, datetime) else item


def _value(item: Any) -> Any:
    return datetime.fromisoformat(item["at"]) if isinstance(item, dict) else item
