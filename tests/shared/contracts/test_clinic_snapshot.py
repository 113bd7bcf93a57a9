"""Entries: what the directory gives and what a snapshot keeps of them."""

from datetime import time

import pytest
from pydantic import ValidationError

from shared.contracts.clinic_entry import CLINIC_ID_MAX, entry_of
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_index_head import PART_BYTES_MAX, PARTS_MAX, parts_of, unpack
from shared.contracts.clinic_snapshot import SPECIALIZATIONS_MAX, ClinicSnapshot, pack
from shared.contracts.directory import Clinic, Hours
from tests.bench.clinics import clinics
from tests.shared.contracts.a_clinic import CARDIOLOGY, WARSAW, clinic, found


def test_a_clinic_of_the_directory_becomes_an_entry_unless_no_search_may_find_it() -> None:
    listed = Clinic(
        id="c1", tenant_id="vm", name="Vistula Care", address="Polna 1", city="Warszawa", position=WARSAW,
        specializations=(CARDIOLOGY,), hours=(Hours(weekday=0, opens=time(8), closes=time(12)),),
        visit_radius_km=2_000,
    )  # fmt: skip

    assert entry_of(listed) == clinic("c1", days=range(1), drives_km=600)
    assert entry_of(listed.but(position=None)) is None
    assert entry_of(listed.but(active=False)) is None


def test_an_entry_the_index_could_not_keep_is_refused_at_the_door() -> None:
    for broken in ("", "x" * (CLINIC_ID_MAX + 1), "two words", "łódź"):
        with pytest.raises(ValidationError):
            clinic(broken)
    with pytest.raises(ValidationError):
        clinic("c", drives_km=-1)
    with pytest.raises(ValidationError):
        clinic("c", days=range(8))


def test_a_packed_snapshot_comes_back_entry_for_entry() -> None:
    entries = [
        *clinics(300),
        clinic("edge-1", 90, 180, drives_km=0.01),
        clinic("edge-2", -90, -180, days=range(7)),
    ]

    snapshot = pack(entries, 3, removed=["gone-1", "gone-2"])
    again = ClinicSnapshot.from_bytes(snapshot.to_bytes())

    assert again == snapshot
    assert sorted(again.entries(), key=lambda one: one.clinic_id) == sorted(
        entries, key=lambda one: one.clinic_id
    )
    assert again.removed() == {"gone-1", "gone-2"}
    assert pack(reversed(entries), 3, removed=["gone-2", "gone-1"]) == snapshot


def test_more_specializations_than_one_plane_holds_stay_apart() -> None:
    codes = [f"s{number:03d}" for number in range(SPECIALIZATIONS_MAX)]
    index = ClinicIndex(pack([clinic(f"c-{code}", skills=code) for code in codes], 1))

    assert [found(index, code) for code in codes] == [[f"c-{code}"] for code in codes]
    with pytest.raises(ValueError, match="specializations"):
        pack([clinic("c", skills=" ".join([*codes, "one-more"]))], 1)


def test_a_clinic_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        pack([clinic("a"), clinic("a", lat=50)], 1)
    with pytest.raises(ValueError, match="twice"):
        pack([clinic("a")], 1, removed=["a"])


def test_a_hundred_thousand_clinics_fit_the_documents_they_are_kept_in() -> None:
    some = clinics(20_000)
    longest_id = max(len(one.clinic_id) for one in some)
    bytes_a_clinic = len(pack(some, 1).to_bytes()) / len(some)

    assert bytes_a_clinic <= 44 + longest_id
    assert 100_000 * (44 + CLINIC_ID_MAX) <= PARTS_MAX * PART_BYTES_MAX
    parts = parts_of(pack(some, 1), "vm")
    assert all(len(part.data) <= PART_BYTES_MAX for part in parts)
    assert len({part.id for part in parts}) == len(parts) == 2


def test_parts_make_one_snapshot_in_any_order_or_none() -> None:
    snapshot = pack(clinics(20_000), 1)
    first, second = parts_of(snapshot, "vm")

    assert unpack([second, first]) == snapshot
    for broken in ([], [first], [second], [first, first], [first, second.but(build=2)]):
        with pytest.raises(ValueError, match="snapshot"):
            unpack(broken)
