"""Tests that leak on purpose, one in each place and in both bodies: all must fail (tests/test_leaks.py).

They are collected only where they are named. Those that end in `_nothing` leak nothing, and must pass.
"""

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import quote

import urllib3

from functions.house_visits.cancel_visit import CancelVisit, cancel_visit
from functions.house_visits.domain.cascade import AskNextDoctor
from functions.house_visits.domain.visit import Visit
from shared.contracts.sms import OutboundSms
from shared.kernel.actors import Scope
from shared.kernel.effects import Later
from shared.kernel.errors import NotAdmitted
from shared.kernel.ports import Claims, Query, Task, Write
from shared.kernel.records import Decision
from shared.runtime import catalog, letters, log
from shared.runtime.dead_letters import RETRIES_MAX, DeadLetter
from shared.runtime.ledger import Ledger
from tests import leaks
from tests.outside import START, MemoryIdentity
from tests.people import HOME, PHONES, patient
from tests.world import OPERATOR, TENANT, World

ZOFIA = patient()
ALL_BURIED = Query(DeadLetter.kind, order=(("id", "asc"),), limit=10)
NAME, PHONE = ZOFIA.family_name, ZOFIA.phone


def test_log_of_ours(world: World) -> None:
    log.event("done", severity="DEBUG", who=NAME)


def test_log_of_a_library() -> None:
    logging.getLogger("somebody.else").warning("cannot reach %s", PHONE)


def test_log_on_standard_error() -> None:
    print(f"Traceback: {ZOFIA.email}", file=sys.stderr)


def test_log_in_json_that_is_escaped() -> None:
    print('{"who": "Zieli\\u0144ska"}')


def test_error_answer(world: World) -> None:
    action = catalog.find("house_visits__get_visit")
    world.wiring.__dict__["identity"] = Tells()
    assert world.answer(action, {"visit_id": "v-1"}, OPERATOR).status == 401


def test_task(world: World) -> None:
    body = f'{{"born": "{ZOFIA.birth_date}"}}'.encode()
    world.wiring.queue.add(Task("t-1", "cascade", "house_visits__ask_next_doctor", body, START))


def test_topic(world: World) -> None:
    world.wiring.topics.publish("visit-booked", NAME.encode(), {})


def test_url_that_is_asked() -> None:
    with somebody_listening() as url:
        urllib3.request("GET", f"{url}/v1/patients?name={quote(NAME)}")


def test_url_that_another_thread_asks_meanwhile() -> None:
    with somebody_listening() as url, leaks.made_up():
        ask = Thread(target=urllib3.request, args=("GET", f"{url}/v1/patients?name={quote(NAME)}"))
        ask.start()
        ask.join()


def test_url_that_is_made_up_leaks_nothing() -> None:
    with somebody_listening() as url, leaks.made_up():
        urllib3.request("GET", f"{url}/v1/patients?name={quote(NAME)}")


def test_url_to_be_called_back(world: World) -> None:
    status_url = f"{world.settings.public_url}/v1/webhooks/twilio/status?m=offer-{PHONE}"
    world.wiring.sms.send(
        OutboundSms(PHONES["d-anna"], world.settings.sender_numbers[0], "?", 60, status_url)
    )


def test_store_dead_letter(world: World) -> None:
    """A message that held a name is buried as it is."""
    action = catalog.find("house_visits__ask_next_doctor")
    assert world.deliver(action, f'{{"who": "{NAME}"}}'.encode(), RETRIES_MAX).status == 200
    assert len(world.wiring.documents.query(ALL_BURIED)) == 1


def test_store_outbox(world: World) -> None:
    message = AskNextDoctor(visit_id=HOME.line, epoch=1, arm=1, desk_id="desk")
    letter = letters.write(Later(key="k-1", message=message, at=START), TENANT, "", START, "")
    world.given(letter)


def test_store_activity(staffed: World, visit_id: str) -> None:
    visit = staffed.record(Visit, visit_id)
    ledger = Ledger(
        staffed.wiring.documents, staffed.wiring.codec, OPERATOR, Scope.TENANT, staffed.clock.now()
    )
    ledger.change(Visit, visit.id, lambda now: Decision(now, "noted", {"who": NAME}))
    staffed.wiring.documents.commit(ledger.writes("token"))


def test_store_id_of_a_document(world: World) -> None:
    world.wiring.documents.commit([Write(f"desks/{PHONE}", {"id": "x"})])


def test_everything_in_its_place_leaks_nothing(staffed: World, visit_id: str) -> None:
    staffed.call(cancel_visit, CancelVisit(visit_id=visit_id, reason="other"))
    staffed.advance(timedelta(hours=1))


class Tells(MemoryIdentity):
    """Says more than it should of whom it does not know."""

    def user(self, token: str, *, ask: bool = False) -> Claims:
        raise NotAdmitted(f"{NAME} has no account here.")


@contextmanager
def somebody_listening() -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Not this leak."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.handle_request, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.server_close()
