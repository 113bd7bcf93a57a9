"""Two releases work beside each other during every deployment and after a rollback: each reads what the other
left in the store, in queues, in topics and under a key. Only apps are read strictly: they can mend it."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from shared.adapters.memory import MemoryDocuments
from shared.kernel.ports import Query, Write
from shared.runtime.action import Declaration
from shared.runtime.marks import Marker
from shared.runtime.problem import Answer
from tests.bench import module_stories, stories
from tests.people import AFTERNOON, HOME
from tests.recorder import RecordingDocuments
from tests.world import OPERATOR, World

MORE: dict[str, Any] = {"of_the_next_release": {"a": [1]}}
CANCEL: Declaration = cancel_visit.declaration  # type: ignore[attr-defined]  # every action carries one
STORIES = (stories.visit, stories.certificate, stories.document, module_stories.referral, module_stories.talk)


class Told(World):
    """Whatever comes by a queue or a topic says more than we know, around our message and in it."""

    def deliver(self, action: Declaration, body: bytes = b"{}", retries: int = 0) -> Answer:
        said = json.loads(body)
        if "message" in said:
            said["message"] = json.dumps(json.loads(said["message"]) | MORE)
        return super().deliver(action, json.dumps(said | MORE).encode(), retries)


class FullerDocuments(RecordingDocuments):
    """As if the next release had written everything: records, letters, keys."""

    def commit(self, writes: Sequence[Write]) -> list[Any]:
        return super().commit(
            [one if one.fields is None else replace(one, fields={**one.fields, **MORE}) for one in writes]
        )


class Kept(World):
    def _plug(self) -> None:
        super()._plug()
        self.wiring.__dict__["documents"] = FullerDocuments(MemoryDocuments())


@pytest.mark.parametrize("story", STORIES, ids=[one.__name__ for one in STORIES])
@pytest.mark.parametrize("body", [Told, Kept])
def test_what_the_next_release_leaves_to_do_is_done(
    story: Callable[[World], None], body: type[World]
) -> None:
    plain, fuller = World(), body()
    for world in (plain, fuller):
        story(world)
    told = [[one.sms.to for one in world.phones.sent] for world in (plain, fuller)]
    assert told[0] == told[1]
    assert len(plain.mail.sent) == len(fuller.mail.sent)


def test_an_app_that_says_what_we_do_not_know_is_told_so(staffed: World, visit_id: str) -> None:
    request = CancelVisit(visit_id=visit_id, reason="other").model_dump(mode="json")
    assert staffed.answer(CANCEL, request | MORE, OPERATOR).status == 422
    assert staffed.answer(CANCEL, request, OPERATOR).status == 200


def markers(world: World) -> list[Marker]:
    found = world.wiring.documents.query(Query(Marker.kind, where=(("id", ">", ""),)))
    return [world.wiring.codec.decode(Marker, one.fields) for one in found]


@pytest.mark.parametrize("answered", ["more", "less"])
def test_who_repeats_a_request_to_the_other_release_gets_the_first_answer(
    staffed: World, visit_id: str, answered: str
) -> None:
    """It has a field too many for us, or lacks one that we would send."""
    request = CancelVisit(visit_id=visit_id, reason="other").model_dump(mode="json", exclude_unset=True)
    others = markers(staffed)
    first = staffed.answer(CANCEL, request, OPERATOR, key="the-same-key")
    (marker,) = (one for one in markers(staffed) if one not in others)
    said = json.loads(marker.response_json)
    said = said | MORE if answered == "more" else {name: said[name] for name in list(said)[:-1]}
    staffed.given(marker.but(response_json=json.dumps(said)))
    again = staffed.answer(CANCEL, request, OPERATOR, key="the-same-key")
    assert again.status == first.status == 200
    assert json.loads(again.body) == (json.loads(first.body) if answered == "more" else said)


def test_a_release_that_knows_a_field_more_recognises_a_request_by_its_key(staffed: World) -> None:
    wish = RequestVisit(patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine")
    sent = wish.model_dump_json(exclude_defaults=True)
    assert sent != wish.model_dump_json(), "no field of it has a default"
    staffed.call(request_visit, wish, key="the-same-key")
    (marker,) = markers(staffed)
    assert marker.fingerprint == hashlib.sha256(f"house_visits__request_visit|{sent}".encode()).hexdigest()
