"""A draft is its author's alone, two tabs do not overwrite each other, and nothing written is lost."""

import pytest

from functions.certificates.domain.case import CaseStatus
from functions.certificates.domain.opinion import Draft, DraftMovedOn, Opinion, draft_id
from functions.certificates.read_draft import ReadDraft, read_draft
from functions.certificates.save_draft import SaveDraft, save_draft
from shared.kernel.errors import NotFound
from tests.functions.certificates.signing import CASE, OPINION, at_work, remote, writes
from tests.people import ANNA, PIOTR, as_doctor
from tests.world import World

HALF = Opinion(description="Zaczęte.")


def test_a_draft_may_lack_anything_and_says_what(world: World) -> None:
    at_work(world)
    view = world.call(save_draft, SaveDraft(case_id=CASE, version=0, opinion=HALF), as_=as_doctor(ANNA))
    assert [one.pointer for one in view.lacks] == ["/kind"]
    assert view.assessment is None


def test_a_whole_draft_says_what_it_comes_to(world: World) -> None:
    at_work(world)
    view = world.call(save_draft, SaveDraft(case_id=CASE, version=0, opinion=OPINION), as_=as_doctor(ANNA))
    assert view.assessment is not None
    assert (view.assessment.total, view.lacks, view.yours) == (20, (), True)


def test_the_second_of_two_tabs_is_told_and_overwrites_nothing(world: World) -> None:
    at_work(world)
    read = writes(world, HALF)
    writes(world, OPINION, read)
    with pytest.raises(DraftMovedOn):
        writes(world, HALF, read)
    assert draft(world).opinion == OPINION


def test_two_tabs_that_both_begin_make_one_draft(world: World) -> None:
    at_work(world)
    writes(world, OPINION)
    with pytest.raises(DraftMovedOn):
        writes(world, HALF)
    assert draft(world).version == 1


def test_saving_again_with_the_same_key_saves_once(world: World) -> None:
    at_work(world)
    wanted = SaveDraft(case_id=CASE, version=0, opinion=HALF)
    for _ in range(2):
        view = world.call(save_draft, wanted, as_=as_doctor(ANNA), key="the-same-click")
    assert view.version == 1


def test_nobody_else_reads_it(world: World) -> None:
    at_work(world)
    writes(world)
    with pytest.raises(NotFound):
        world.call(read_draft, ReadDraft(case_id=CASE), as_=as_doctor(PIOTR))


def test_who_does_not_work_on_the_case_cannot_begin_one(world: World) -> None:
    at_work(world)
    with pytest.raises(NotFound):
        writes(world, by=PIOTR)


def test_what_a_tab_was_still_saving_when_the_case_was_given_back_is_kept(world: World) -> None:
    at_work(world)
    read = writes(world, HALF)
    world.given(remote().but(status=CaseStatus.PENDING, reservation=None))
    writes(world, OPINION, read)
    found = world.call(read_draft, ReadDraft(case_id=CASE), as_=as_doctor(ANNA))
    assert (found.opinion, found.yours) == (OPINION, False)


def test_what_was_found_lies_sealed(world: World) -> None:
    at_work(world)
    writes(world)
    stored = world.wiring.documents.read([f"{Draft.kind}/{draft_id(CASE, ANNA)}"])
    (snapshot,) = stored.values()
    assert snapshot is not None
    assert "kolana" not in str(snapshot.fields)
    assert "permanent" not in str(snapshot.fields)


def draft(world: World) -> Draft:
    return world.record(Draft, draft_id(CASE, ANNA))
