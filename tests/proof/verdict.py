"""What a visit must keep, whatever failed: its own promises and what hangs on it."""

from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.visit import Visit
from tests.world import World


def on(world: World, visit: Visit) -> list[str]:
    """What is wrong, in words and ids; empty where nothing is."""
    try:
        lines = world.lines_of(visit)
    except LookupError as gap:
        return [str(gap)]
    return [*broken(visit, lines, world.clock.now()), *_wrong_diaries(world, visit)]


def _wrong_diaries(world: World, visit: Visit) -> list[str]:
    """The visit stands in the winner's diary and in no other."""
    doctors = sorted({one.doctor_id for one in visit.offers})
    found = world.wiring.documents.read([f"{Diary.kind}/{one}" for one in doctors])
    held = []
    for one in doctors:
        snapshot = found[f"{Diary.kind}/{one}"]
        taken = world.wiring.codec.decode(Diary, snapshot.fields).taken if snapshot else ()
        held += [one for each in taken if each.visit_id == visit.id]
    wanted = [visit.winner.doctor_id] if visit.winner and visit.winner.doctor_id else []
    return [] if held == wanted else [f"the visit stands in the diaries of {held}, not of {wanted}"]
