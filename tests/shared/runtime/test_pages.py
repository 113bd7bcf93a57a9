"""A page token opens the next page of its own list, and nothing else."""

from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest

from shared.adapters.memory import MemoryDocuments
from shared.adapters.seals import AesSeals
from shared.kernel.actors import Actor, Scope
from shared.kernel.ports import Query
from shared.kernel.records import Record
from shared.runtime.action import Page
from shared.runtime.context import Context
from shared.runtime.ledger import Ledger
from shared.runtime.pages import PageTokenInvalid, decode, encode, fingerprint, page_of
from tests.world import ADMIN, TENANT, World

SEALS = AesSeals(("local-seal-key-local-seal-key-32",))
NOON = datetime(2030, 5, 6, 12, 0, 0, 123456, tzinfo=UTC)


class Wanted(Page):
    color: str = ""


class Thing(Record):
    kind: ClassVar[str] = "things"
    logged: ClassVar[bool] = False

    color: str
    at: datetime


BY_TIME = Query("things", order=(("at", "desc"), ("id", "asc")))


@pytest.fixture
def world() -> World:
    """With a store that does not ask for indexes: nobody keeps things in production."""
    made = World()
    made.wiring.__dict__["documents"] = MemoryDocuments()
    return made


def context(world: World, actor: Actor = ADMIN) -> Context:
    wiring = world.wiring
    now = world.clock.now()
    ledger = Ledger(wiring.documents, wiring.codec, actor, Scope.TENANT, now)
    return Context(
        actor, now, ledger, wiring.ids.new, wiring, wiring.outbox, wiring.settings, "", lambda _: None, {}, []
    )


def given_things(world: World, count: int) -> None:
    # Two at each instant, so that the id has to tell them apart.
    world.given(
        *(
            Thing(
                id=f"t-{number}",
                tenant_id=TENANT,
                color="red" if number % 3 else "blue",
                at=NOON + timedelta(minutes=number // 2),
            )
            for number in range(count)
        )
    )


def all_pages(world: World, size: int, query: Query) -> list[list[str]]:
    pages: list[list[str]] = []
    token = ""
    while True:
        rows, token = page_of(context(world), Thing, Wanted(page_size=size, page_token=token), query)
        pages.append([one.id for one in rows])
        if not token:
            return pages


@pytest.mark.parametrize("size", [1, 3, 7, 8, 100])
def test_the_pages_together_are_the_list_each_row_once_and_in_order(world: World, size: int) -> None:
    given_things(world, 8)

    pages = all_pages(world, size, BY_TIME)

    assert [one for page in pages for one in page] == ["t-6", "t-7", "t-4", "t-5", "t-2", "t-3", "t-0", "t-1"]
    assert all(len(page) == size for page in pages[:-1])
    assert pages[-1]


def test_an_empty_list_is_one_empty_page(world: World) -> None:
    assert all_pages(world, 5, BY_TIME) == [[]]


def test_a_row_that_is_deleted_between_two_pages_loses_no_other(world: World) -> None:
    given_things(world, 4)
    query = Query("things", order=(("id", "asc"),))
    rows, token = page_of(context(world), Thing, Wanted(page_size=2), query)

    ctx = context(world)
    ctx.store.remove(ctx.store.get(Thing, rows[-1].id))
    world.wiring.documents.commit(ctx.store.writes("token"))

    rest, end = page_of(context(world), Thing, Wanted(page_size=2, page_token=token), query)
    assert [one.id for one in rest] == ["t-2", "t-3"]
    assert end == ""


def test_sort_keys_of_every_kind_survive_the_journey() -> None:
    after = (NOON, "Łódź", 3, 2.5, True, None, "t-1")

    assert decode(SEALS, encode(SEALS, after, "f"), "f") == after


def test_a_token_says_nothing_to_who_looks_inside() -> None:
    token = encode(SEALS, ("Zielińska", "t-1"), "f")

    assert token.replace("-", "").replace("_", "").isalnum()
    assert "Ziel" not in token


def test_a_token_of_another_filter_list_or_tenant_is_refused(world: World) -> None:
    given_things(world, 4)
    _, token = page_of(context(world), Thing, Wanted(page_size=2, color="red"), BY_TIME)

    assert page_of(context(world), Thing, Wanted(page_size=1, color="red", page_token=token), BY_TIME)
    with pytest.raises(PageTokenInvalid):
        page_of(context(world), Thing, Wanted(page_size=2, color="blue", page_token=token), BY_TIME)
    foreign = context(world, ADMIN.but(tenant_id="other"))
    with pytest.raises(PageTokenInvalid):
        page_of(foreign, Thing, Wanted(page_size=2, color="red", page_token=token), BY_TIME)


@pytest.mark.parametrize("token", ["x", "AAAA", "ż", "=" * 50, "a.b.c", "A" * 2000])
def test_a_made_up_token_is_refused(token: str) -> None:
    with pytest.raises(PageTokenInvalid):
        decode(SEALS, token, "f")


def test_a_token_with_one_letter_changed_is_refused() -> None:
    token = encode(SEALS, ("t-1",), "f")
    for place in (5, len(token) // 2, len(token) - 4):
        other = "A" if token[place] != "A" else "B"
        with pytest.raises(PageTokenInvalid):
            decode(SEALS, token[:place] + other + token[place + 1 :], "f")


def test_what_is_asked_decides_the_fingerprint_and_which_page_does_not() -> None:
    asked = Wanted(color="red")

    assert fingerprint("vm", asked) == fingerprint("vm", Wanted(color="red", page_size=7, page_token="x"))
    assert fingerprint("vm", asked) != fingerprint("vm", Wanted(color="blue"))
    assert fingerprint("vm", asked) != fingerprint("vm", Page())
