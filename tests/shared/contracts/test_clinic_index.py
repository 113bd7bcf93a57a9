"""Who is found, in which order, and what stands over a snapshot until it is rebuilt."""

from shared.contracts.clinic_entry import ClinicEntry
from shared.contracts.clinic_index import ClinicIndex
from shared.contracts.clinic_snapshot import pack
from shared.kernel.places import Position, distance_km
from tests.bench.clinics import clinics, questions
from tests.shared.contracts.a_clinic import CARDIOLOGY, MONDAY, PEDIATRICS, SUNDAY, WARSAW, clinic, found


def index_of(*entries: ClinicEntry) -> ClinicIndex:
    return ClinicIndex(pack(entries, 1))


def test_only_clinics_with_the_specialization_and_open_that_day_are_found() -> None:
    index = index_of(
        clinic("heart"),
        clinic("child", skills=PEDIATRICS),
        clinic("both", skills=f"{CARDIOLOGY} {PEDIATRICS}", days=range(7)),
    )

    assert found(index) == ["both", "heart"]
    assert found(index, PEDIATRICS) == ["both", "child"]
    assert found(index, CARDIOLOGY, SUNDAY) == ["both"]
    assert found(index, "surgery") == []


def test_a_clinic_is_found_only_as_far_as_it_drives_itself() -> None:
    lodz = Position(lat=52.2297, lon=20.7)  # 21.3 km west
    far = distance_km(WARSAW, lodz)
    index = index_of(
        clinic("drives-15", lodz.lat, lodz.lon, drives_km=15),
        clinic("drives-22", lodz.lat, lodz.lon, drives_km=22),
        clinic("drives-anywhere", lodz.lat, lodz.lon),
        clinic("stays", drives_km=0),
    )

    assert 21 < far < 22
    assert found(index) == ["stays", "drives-22", "drives-anywhere"]


def test_the_nearest_come_first_and_equals_by_their_id() -> None:
    index = index_of(clinic("b"), clinic("c", lat=52.3), clinic("a"), clinic("d", lat=52.25))

    answer = index.near(WARSAW, CARDIOLOGY, MONDAY)

    assert [one.clinic_id for one in answer] == ["a", "b", "d", "c"]
    assert answer[0].distance_km == 0.0
    assert answer[3].distance_km == distance_km(WARSAW, Position(lat=52.3, lon=WARSAW.lon))
    assert index.near(WARSAW, CARDIOLOGY, MONDAY, limit=3) == answer[:3]
    assert index.near(WARSAW, CARDIOLOGY, MONDAY, limit=1) == answer[:1]


def test_where_nobody_is_inside_the_nearest_beyond_is_told_with_its_distance() -> None:
    index = index_of(
        clinic("krakow", 50.0647, 19.945),
        clinic("wellington", -41.29, 174.78),
        clinic("gdansk-stays-home", 54.352, 18.6466, drives_km=30),
        clinic("closed", 52.9, 21.0, days=range(5, 7)),
    )

    assert found(index) == []
    assert [one.clinic_id for one in index.nearest_beyond(WARSAW, CARDIOLOGY, MONDAY)] == ["krakow"]
    both = index.nearest_beyond(WARSAW, CARDIOLOGY, MONDAY, limit=5)
    assert [(one.clinic_id, one.distance_km // 100) for one in both] == [("krakow", 2), ("wellington", 176)]
    assert index.nearest_beyond(WARSAW, "surgery", MONDAY) == []


def test_what_lies_inside_is_never_told_as_beyond() -> None:
    index = index_of(clinic("inside"), clinic("outside", 53.2))

    assert [one.clinic_id for one in index.nearest_beyond(WARSAW, CARDIOLOGY, MONDAY)] == ["outside"]


def test_whether_a_clinic_can_be_booked_directly_is_told() -> None:
    index = index_of(clinic("a", integrated=True), clinic("b"))

    assert [one.integrated for one in index.near(WARSAW, CARDIOLOGY, MONDAY)] == [True, False]


def test_an_index_of_nothing_finds_nothing() -> None:
    assert found(index_of()) == []
    assert index_of().nearest_beyond(WARSAW, CARDIOLOGY, MONDAY) == []


def test_the_same_questions_give_the_same_answers_over_changes_as_over_a_rebuild() -> None:
    before, after = clinics(2_000, seed=1), clinics(2_000, seed=5)
    changed, gone = after[:300], [one.clinic_id for one in before[300:400]]
    twice = after[:50]
    overlaid = ClinicIndex(pack(before, 1), pack(twice, 0, removed=[one.clinic_id for one in before[60:80]]),
                           pack(changed, 0, removed=gone))  # fmt: skip
    rebuilt = ClinicIndex(pack([*changed, *before[400:]], 2))

    for asked in questions(200):
        assert overlaid.near(*asked) == rebuilt.near(*asked)
        assert overlaid.nearest_beyond(*asked, limit=3) == rebuilt.nearest_beyond(*asked, limit=3)
