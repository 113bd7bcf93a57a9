"""The head: no change is lost, none comes back, whatever is rebuilt meanwhile."""

from datetime import UTC, datetime

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_index_head import (
    CHANGES_MAX,
    ClinicIndexHead,
    ClinicIndexPart,
    compacted,
    parts_of,
    unpack,
)
from shared.contracts.clinic_snapshot import pack
from tests.bench.clinics import clinics
from tests.shared.contracts.a_clinic import WARSAW, clinic, found

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)


def loaded(head: ClinicIndexHead, store: dict[str, ClinicIndexPart]) -> ClinicIndex:
    parts = [store[part_id] for part_id in head.part_ids()]
    return ClinicIndex(unpack(parts) if parts else pack((), 0), *head.changes())


def built(head: ClinicIndexHead, store: dict[str, ClinicIndexPart], *entries: ClinicEntry) -> ClinicIndexHead:
    parts = parts_of(pack(entries, head.build), head.tenant_id)
    store.update({part.id: part for part in parts})
    return head.rebuild_ended(head.build, len(parts), NOON)


def test_a_change_is_found_at_once_and_survives_a_rebuild() -> None:
    store: dict[str, ClinicIndexPart] = {}
    head = ClinicIndexHead.first("vm")
    head = built(head.rebuild_begun(), store, clinic("stays"), clinic("moves"), clinic("goes"))
    assert found(loaded(head, store)) == ["goes", "moves", "stays"]

    head = head.changed([clinic("moves", lat=40), clinic("new")], removed=["goes"])
    assert found(loaded(head, store)) == ["new", "stays"]

    head = head.rebuild_begun()
    assert found(loaded(head, store)) == ["new", "stays"]
    head = built(head, store, clinic("stays"), clinic("moves", lat=40), clinic("new"))
    assert found(loaded(head, store)) == ["new", "stays"]
    assert head.changes() == ()
    assert (head.snapshot, head.built_at) == (2, NOON)


def test_a_clinic_that_changes_while_the_index_is_rebuilt_is_not_lost() -> None:
    store: dict[str, ClinicIndexPart] = {}
    head = ClinicIndexHead.first("vm").changed([clinic("a"), clinic("b")]).rebuild_begun()
    head = head.changed([clinic("b", lat=40)], removed=["a"]).changed([clinic("c")])

    head = built(head, store, clinic("a"), clinic("b"))  # it had read both before they changed

    assert found(loaded(head, store)) == ["c"]


def test_a_clinic_that_changes_there_and_back_during_a_rebuild_is_as_it_was_last() -> None:
    store: dict[str, ClinicIndexPart] = {}
    here, away = clinic("a"), clinic("a", lat=40)
    head = ClinicIndexHead.first("vm").changed([here]).rebuild_begun().changed([away]).changed([here])

    head = built(head, store, away)  # it had read the clinic in between

    assert found(loaded(head, store)) == ["a"]


def test_of_two_rebuilds_at_once_only_the_one_that_began_last_counts() -> None:
    store: dict[str, ClinicIndexPart] = {}
    first = ClinicIndexHead.first("vm").rebuild_begun()
    second = first.changed([clinic("late")]).rebuild_begun()

    assert second.rebuild_ended(first.build, 1, NOON) == second
    head = built(second, store, clinic("late"))
    assert found(loaded(head, store)) == ["late"]
    assert head.rebuild_ended(second.build, 9, NOON) == head


def test_compacting_gives_what_packing_all_clinics_anew_gives() -> None:
    before = clinics(500)
    after = [*before[200:], *(one.but(position=WARSAW) for one in before[:100]), *clinics(520)[500:]]
    old = pack(before, 1)
    head = ClinicIndexHead.first("vm").but(snapshot=1, build=1)
    head = head.changed([*after[300:400], *after[400:]], removed=[one.clinic_id for one in before[100:200]])

    assert compacted(head.rebuild_begun(), old) == pack(after, 2)


def test_a_rebuild_is_due_before_the_first_and_after_many_changes() -> None:
    head = ClinicIndexHead.first("vm")
    assert head.rebuild_due
    head = head.but(snapshot=1, build=1).changed(clinics(CHANGES_MAX - 1))
    assert not head.rebuild_due
    assert head.changed(removed=["another"]).rebuild_due
    assert len(head.recent) < 40_000  # every search reads it


def test_the_head_and_the_parts_travel_as_text_too() -> None:
    head = ClinicIndexHead.first("vm").changed(clinics(3))
    (part,) = parts_of(pack(clinics(3), 1), "vm")

    assert ClinicIndexHead.model_validate_json(head.model_dump_json()) == head
    assert ClinicIndexPart.model_validate_json(part.model_dump_json()) == part
