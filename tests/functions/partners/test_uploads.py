"""Questionnaires on their way: read once, whatever comes twice, late or never."""

from datetime import timedelta

import pytest

from functions.partners.domain.arriving import NoFileYet
from functions.partners.domain.partner import UploadDesk
from functions.partners.domain.upload import ReadQuestionnaire, Upload
from functions.partners.sweep_uploads import sweep_uploads
from shared.kernel.errors import NotFound
from shared.runtime import catalog, letters
from tests.functions.partners.desk import (
    PARTNER_USER,
    STRANGER,
    a_partner,
    brought,
    finish,
    look,
    questionnaire,
    recommend,
    send,
    start,
)
from tests.functions.partners.filled import PARTNER, edited, filled, one, read
from tests.shared.adapters.hostile_workbooks import HOSTILE
from tests.world import TENANT, World


def files_in(world: World, room: str) -> list[str]:
    return [one.name for one in world.wiring.files.names(room, "", "", 1000)]  # type: ignore[arg-type]


def test_a_questionnaire_that_is_right_is_read_and_leaves_quarantine(market: World) -> None:
    found = brought(market)
    assert (found.status, found.progress_percent, found.issues) == ("read", 100, ())
    market.advance(timedelta(minutes=2))
    assert files_in(market, "quarantine") == []
    upload = market.record(Upload, found.upload_id)
    assert market.log_of(upload) == ["announced", "arrived", "read"]
    assert upload.answers is not None
    assert upload.answers.head_count == 200


def test_progress_can_be_followed(market: World) -> None:
    file = filled(content=questionnaire(market))
    started = start(market, file)
    assert look(market, started.upload_id).progress_percent == 0
    with pytest.raises(NoFileYet):
        finish(market, started.upload_id)
    send(market, started, file)
    assert finish(market, started.upload_id).progress_percent == 50
    assert finish(market, started.upload_id).status == "reading"
    market.settle()
    assert look(market, started.upload_id).progress_percent == 100


def test_faults_come_back_by_cell_and_as_the_marked_workbook(market: World) -> None:
    found = brought(market, one("Firma", "C5", "dużo"), one("Usługi", "C6", "nie"))
    assert (found.status, [each.cell for each in found.issues]) == ("faulty", ["C5", "D6"])
    marked = market.download(found.marked_url)
    mended = edited(marked, one("Firma", "C5", 40), one("Usługi", "C6", "tak"))
    assert brought(market, content=mended).status == "read"


def test_every_message_may_come_twice(market: World) -> None:
    market.tasks_come_twice()
    found = brought(market)
    assert market.log_of(market.record(Upload, found.upload_id)) == ["announced", "arrived", "read"]


def test_the_same_file_again_is_the_same_result(market: World) -> None:
    file = filled(content=questionnaire(market))
    first, again = brought(market, content=file), brought(market, content=file)
    assert (again.status, again.same_as) == ("same", first.upload_id)


def test_a_newer_one_supersedes_an_older_one_that_is_still_read(market: World) -> None:
    file = filled(content=questionnaire(market))
    older, newer = start(market, file), start(market, file)
    send(market, older, file)
    finish(market, older.upload_id)
    send(market, newer, file)
    finish(market, newer.upload_id)
    market.settle()
    assert (look(market, older.upload_id).status, look(market, newer.upload_id).status) == (
        "superseded",
        "read",
    )


def test_an_older_one_that_arrives_late_is_superseded(market: World) -> None:
    file = filled(content=questionnaire(market))
    older, newer = start(market, file), start(market, file)
    for each in (newer, older):
        send(market, each, file)
        market.settle()
    assert (look(market, older.upload_id).status, look(market, newer.upload_id).status) == (
        "superseded",
        "read",
    )


def test_what_never_comes_is_given_up_and_what_nobody_told_of_is_taken_in(market: World) -> None:
    file = filled(content=questionnaire(market))
    never, untold = start(market, file), start(market, file)
    send(market, untold, file)
    market.topics.take()  # the notification is lost
    market.advance(timedelta(hours=1))
    market.tick(sweep_uploads)
    market.settle()
    assert (look(market, never.upload_id).status, look(market, untold.upload_id).status) == (
        "abandoned",
        "read",
    )


def test_a_reading_that_got_lost_is_planned_anew_and_the_lost_one_then_does_nothing(market: World) -> None:
    file = filled(content=questionnaire(market))
    started = start(market, file)
    send(market, started, file)
    finish(market, started.upload_id)
    market.queue.take_due(market.clock.now())
    market.advance(timedelta(minutes=6))
    assert look(market, started.upload_id).status == "reading"
    market.tick(sweep_uploads)
    market.settle()
    assert look(market, started.upload_id).status == "read"
    late = ReadQuestionnaire(upload_id=started.upload_id, attempt=1)
    body = letters.pack(TENANT, "", "late", late) if hasattr(letters, "pack") else None
    if body is not None:
        market.deliver(catalog.find("partners__read_questionnaire"), body)
    assert market.record(UploadDesk, PARTNER).reading == ""


@pytest.mark.parametrize("name", ["a csv in disguise", "macros", "a billion laughs", "an encrypted workbook"])
def test_what_is_no_workbook_is_refused_in_words(market: World, name: str) -> None:
    make, owed = HOSTILE[name]
    found = brought(market, content=make())
    assert (found.status, found.reason) == ("refused", owed)
    assert len(found.reason_text) > 20


def test_another_partners_questionnaire_is_refused(market: World) -> None:
    a_partner(market, "partner-2")
    theirs = filled(content=questionnaire(market, STRANGER))
    assert brought(market, content=theirs).reason == "other_partner"


def test_a_questionnaire_signed_by_somebody_else_is_refused(market: World) -> None:
    assert read(filled()).answers is not None  # by the tests' own mark
    assert brought(market, content=filled()).reason == "edited"


def test_a_partner_sees_nothing_of_another(market: World) -> None:
    found = brought(market)
    a_partner(market, "partner-2")
    for attempt in (
        lambda: look(market, found.upload_id, STRANGER),
        lambda: recommend(market, found.upload_id, STRANGER),
        lambda: start(market, b"x", STRANGER),
        lambda: questionnaire(market, PARTNER_USER.but(record_id="partner-9")),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_scanner_that_is_away_refuses_nobody(market: World) -> None:
    class Away:
        def scan(self, content: bytes) -> str:
            from shared.contracts.file_checks import ScannerUnclear

            raise ScannerUnclear

    known = market.wiring.antivirus
    market.wiring.__dict__["antivirus"] = Away()
    file = filled(content=questionnaire(market))
    started = start(market, file)
    send(market, started, file)
    finish(market, started.upload_id)
    due = market.queue.take_due(market.clock.now())
    assert [market.deliver(catalog.find(task.entry_point), task.body).status for task in due] == [503]
    market.wiring.__dict__["antivirus"] = known
    market.advance(timedelta(minutes=6))
    market.tick(sweep_uploads)
    market.settle()
    assert look(market, started.upload_id).status == "read"
