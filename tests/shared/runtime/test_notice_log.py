"""Each notice has a line in the log that says which, by which way and with what outcome, and nothing more."""

import json
from datetime import timedelta
from typing import Any

import pytest

from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.request_visit import RequestVisit, request_visit
from functions.platform.sweep_outbox import sweep_outbox
from shared.contracts.mail import MailRefused
from shared.contracts.sms import SmsRefused, SmsThrottled
from tests.people import AFTERNOON, HOME, patient
from tests.world import World

PERSONAL = ("zofia", "+48", "512000", "Malinowska")


def told(world: World) -> None:
    """A patient whose visit is called off gets a text and a mail."""
    world.given(patient())
    wanted = RequestVisit(
        patient_id="p-1", address=HOME, window=AFTERNOON, specialization="internal_medicine"
    )
    visit_id = world.call(request_visit, wanted).visit_id
    world.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="patient_asked"))
    world.settle()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    found = [json.loads(one) for one in capsys.readouterr().out.splitlines() if one.startswith("{")]
    return [one for one in found if one["message"] == "notice"]


def test_a_notice_that_went_out_has_a_line_for_each_way(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    told(world)
    found = lines(capsys)
    assert [(one["notice"], one["channel"], one["outcome"]) for one in found] == [
        ("house_visits.cancelled", "sms", "sent"),
        ("house_visits.cancelled", "mail", "sent"),
    ]
    assert found[0]["segments"] == 1
    assert not [word for word in PERSONAL if word in json.dumps(found)]


def test_a_no_of_the_provider_and_of_the_server_are_in_the_line(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.phones.out = SmsRefused(21610, permanent=True)
    world.mail.out = MailRefused()
    told(world)
    found = [(one["channel"], one["outcome"], one["error_code"]) for one in lines(capsys)]
    assert found == [("sms", "failed", 21610), ("mail", "failed", 0)]


def test_what_has_to_wait_says_so_and_then_that_it_went(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    world.phones.out = SmsThrottled(30)
    told(world)
    world.phones.out = None
    world.advance(timedelta(minutes=2))
    world.tick(sweep_outbox)
    assert [one["outcome"] for one in lines(capsys) if one["channel"] == "sms"] == ["pending", "sent"]
