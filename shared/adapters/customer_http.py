"""The customer's systems over HTTP: what changed since the cursor, one page at a time."""

from collections.abc import Mapping
from typing import Any, Final

from shared.adapters.customer_wire import ANSWER_SECONDS, Answer, CustomerWire, NoAnswer, NothingSent
from shared.contracts.customer import (
    CHANGES_LIMIT_MAX,
    ChangesPage,
    CursorExpired,
    CustomerRefused,
    CustomerUnavailable,
    parse_rows,
)
from shared.contracts.customer_rows import Collection

CURSOR_LENGTH_MAX: Final = 500
TRY_LATER: Final = (408, 425, 429)


class CustomerHttp:
    def __init__(self, base_url: str, api_key: str, answer_seconds: float = ANSWER_SECONDS) -> None:
        self._wire = CustomerWire(base_url, api_key, answer_seconds)

    def changes(self, collection: str, cursor: str, limit: int) -> ChangesPage:
        """Rows of a `Collection` that changed after `cursor`; "" is the beginning.

        Raises CustomerUnavailable (ask again later), CursorExpired (begin again), CustomerRefused.
        """
        kind = Collection(collection)
        query = {"limit": str(min(limit, CHANGES_LIMIT_MAX))} | ({"cursor": cursor} if cursor else {})
        try:
            answer = self._wire.get(f"/v1/changes/{kind.value}", query)
        except (NothingSent, NoAnswer) as trouble:
            raise CustomerUnavailable(str(trouble)) from None
        _refuse_unless_ok(answer)
        return _page(kind, answer.body or {}, cursor)


def _refuse_unless_ok(answer: Answer) -> None:
    if answer.status == 410:
        raise CursorExpired(answer.code)
    if 400 <= answer.status < 500 and answer.status not in TRY_LATER:
        raise CustomerRefused(f"{answer.status} {answer.code}".strip())
    if answer.status != 200:
        raise CustomerUnavailable(str(answer.status))


def _page(kind: Collection, body: Mapping[str, Any], cursor: str) -> ChangesPage:
    items, next_cursor, more = body.get("items"), body.get("next_cursor"), body.get("more")
    if not isinstance(items, list) or len(items) > CHANGES_LIMIT_MAX:
        raise CustomerUnavailable("no list of items, or too long")
    if not isinstance(next_cursor, str) or len(next_cursor) > CURSOR_LENGTH_MAX or not isinstance(more, bool):
        raise CustomerUnavailable("no cursor to go on from")
    if more and next_cursor == cursor:
        raise CustomerUnavailable("the cursor does not move: this would never end")
    rows, set_aside = parse_rows(kind, items)
    return ChangesPage(rows=rows, set_aside=set_aside, next_cursor=next_cursor, more=more)
