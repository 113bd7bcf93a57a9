"""A conversation is taken away as a file that people or machines read."""

import base64
import json

from functions.chat.delete_message import DeleteMessage, delete_message
from functions.chat.export_thread import Exported, ExportThread, export_thread
from shared.kernel.actors import Actor
from tests.functions.chat.talk import opened, say, won
from tests.pdf_text import text_of
from tests.people import ANNA, as_doctor
from tests.world import ADMIN, OPERATOR, World


def export(world: World, thread_id: str, *, as_: Actor = OPERATOR, **more: object) -> Exported:
    request = ExportThread.model_validate({"thread_id": thread_id, **more})
    return world.call(export_thread, request, as_=as_)


def content(exported: Exported) -> bytes:
    return base64.b64decode(exported.content_base64)


def talked(world: World, visit_id: str) -> None:
    opened(world, won(world, visit_id))
    say(world, visit_id, "Proszę o telefon 👍\n\nDrugi akapit")
    number = say(world, visit_id, "pomyłka", as_=as_doctor(ANNA)).number
    request = DeleteMessage(thread_id=visit_id, number=number)
    world.call(delete_message, request, as_=as_doctor(ANNA))


def test_the_pdf_says_who_said_what(staffed: World, visit_id: str) -> None:
    talked(staffed, visit_id)
    exported = export(staffed, visit_id)
    text = text_of(content(exported))
    for one in ("Rozmowa", "Proszę o telefon [U+1F44D]", "Drugi akapit", "Lekarz, Anna Zielińska"):
        assert one in text, one
    assert "Wiadomość cofnięta." in text
    assert "pomyłka" not in text
    assert (exported.last_exported, exported.last_number) == (3, 3)
    assert content(export(staffed, visit_id)) == content(exported)


def test_the_json_has_every_message_and_its_history_for_the_audit_alone(
    staffed: World, visit_id: str
) -> None:
    talked(staffed, visit_id)
    told = json.loads(content(export(staffed, visit_id, format="json")))
    assert [one["number"] for one in told["messages"]] == [1, 2, 3]
    assert "pomyłka" not in json.dumps(told, ensure_ascii=False)
    audited = json.loads(content(export(staffed, visit_id, format="json", as_=ADMIN)))
    assert audited["messages"][2]["earlier"][0]["text"] == "pomyłka"


def test_a_part_begins_behind_the_one_before(staffed: World, visit_id: str) -> None:
    talked(staffed, visit_id)
    told = json.loads(content(export(staffed, visit_id, format="json", after=2)))
    assert [one["number"] for one in told["messages"]] == [3]
    assert export(staffed, visit_id, format="json", after=9).last_exported == 3
