"""What a visit must keep, whatever failed: its own promises and what hangs on it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from functions.house_visits.domain.diary import Diary
from functions.house_visits.domain.offer import OfferStatus
from functions.house_visits.domain.promises import broken
from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.messaging.domain.inbox import texts_with
from shared.kernel.ports import Query
from shared.runtime.letters import Letter
from tests.world import World

AT_REST: Final = (VisitStatus.BOOKED, VisitStatus.OUTSIDE)
WON, CLOSED, OFFERED = "jest Twoja", "obsadzona", "Odpisz TAK"
"""What tells our texts apart."""
UNREAD: Final = texts_with("")
OPEN: Final = Query(Letter.kind, (("open", "==", True),), (("due_at", "asc"), ("id", "asc")))


def on(world: World, visit: Visit) -> list[str]:
    """What is wrong, in words and ids; empty where nothing is."""
    try:
        lines = world.lines_of(visit)
    except LookupError as gap:
        return [str(gap)]
    return [*broken(visit, lines, world.clock.now()), *_wrong_diaries(world, visit)]


def in_the_end(world: World, visit: Visit) -> list[str]:
    """Besides, when all who act have acted: the visit rests, everybody was told, nothing is left undone."""
    found = on(world, visit)
    if visit.status not in AT_REST:
        found.append(f"the visit is still {visit.status}")
    found += [f"{one.path} is open" for one in world.wiring.documents.query(OPEN)]
    unread = replace(UNREAD, where=(("tenant_id", "==", visit.tenant_id), *UNREAD.where))
    found += [f"{one.path} was not read" for one in world.wiring.documents.query(unread)]
    return [*found, *_wrong_texts(world, visit)]


def _wrong_texts(world: World, visit: Visit) -> Iterator[str]:
    """Offers once each; "yours" to the winner, and no oftener than won: who gave it back before the text
    went out need not read it. "Filled" once to whoever lost."""
    won = Counter(line.details["doctor_id"] for line in world.lines_of(visit) if line.did == "booked")
    for phone, doctor_id in {one.phone: one.doctor_id for one in visit.offers}.items():
        texts = world.texts_to(phone)
        offers = [text for text in texts if OFFERED in text]
        if len(set(offers)) != len(offers):
            yield f"{doctor_id} was texted an offer twice"
        told = sum(WON in text for text in texts)
        if not visit.is_won_by(doctor_id) <= told <= won[doctor_id]:
            yield f"{doctor_id} won {won[doctor_id]} times and was told so {told} times"
    for one in visit.offers:
        lost = one.status == OfferStatus.LOST
        told = (
            sum(CLOSED in text and one.code in text for text in world.texts_to(one.phone)) if one.code else 0
        )
        if told != lost:
            yield f"{one.doctor_id} is {one.status} and was told {told} times that it is filled"


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
