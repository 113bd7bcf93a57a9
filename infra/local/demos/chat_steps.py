"""What people do in the demo of a chat, each shown as it is done."""

from dataclasses import dataclass
from typing import Final

from functions.chat.close_thread import CloseThread, close_thread
from functions.chat.domain.texts import unread_text
from functions.chat.domain.views import MessageView
from functions.chat.export_thread import ExportThread, export_thread
from functions.chat.list_messages import ListMessages, list_messages
from functions.chat.mark_read import MarkRead, mark_read
from functions.chat.open_thread import OpenThread, open_thread
from functions.chat.send_message import SendMessage, send_message
from infra.local.demos.app import Refused
from infra.local.demos.promises import ours
from infra.local.demos.stage import Person, Stage
from shared.kernel.actors import Actor, Role

UNREAD_MINUTES: Final = 15
PAGE: Final = 100
NUDGES: Final = (unread_text("pl").body, unread_text("en").body)


@dataclass(frozen=True)
class Talkers:
    operator: Actor
    doctor: Actor


def as_doctor(stage: Stage, doctor: Person) -> Actor:
    tenant = stage.cloud.tenant_id
    return Actor(role=Role.DOCTOR, tenant_id=tenant, user_id=f"user-{doctor.id}", record_id=doctor.id)


def opens(stage: Stage, who: Actor) -> None:
    stage.cloud.app.call(open_thread, OpenThread(case_id=stage.visit_id), who)
    stage.says("Operator", "opens the conversation about the visit: the doctor who has it takes part.")


def writes(stage: Stage, who: Actor, name: str, text: str, message_id: str, *, again: bool = False) -> None:
    wanted = SendMessage(thread_id=stage.visit_id, message_id=message_id, text=text)
    sent = stage.cloud.app.call(send_message, wanted, who)
    shown = f"writes, number {sent.number}: “{text}”"
    stage.says(
        name, f"The app saw no answer and sends it again: still number {sent.number}." if again else shown
    )


def reads(stage: Stage, who: Actor, name: str) -> int:
    """How many were unread until then; told where a name is given."""
    wanted = MarkRead(thread_id=stage.visit_id, up_to=0)
    unread = stage.cloud.app.call(mark_read, wanted, who).unread
    last = seen_by(stage, who)[-1].number
    stage.cloud.app.call(mark_read, wanted.but(up_to=last), who)
    if name:
        stage.says(name, f"opens the app and reads what is new, {unread} messages.")
    return unread


def closes(stage: Stage, who: Actor) -> None:
    stage.cloud.app.call(close_thread, CloseThread(thread_id=stage.visit_id), who)
    stage.says("Operator", "closes the conversation.")


def seen_by(stage: Stage, who: Actor) -> list[MessageView]:
    wanted = ListMessages(thread_id=stage.visit_id, page_size=PAGE)
    return list(stage.cloud.app.call(list_messages, wanted, who).messages)


def said(stage: Stage, who: Actor) -> list[str]:
    """By people."""
    return [one.text for one in seen_by(stage, who) if one.way != "system"]


def is_nobody(stage: Stage, who: Actor) -> bool:
    try:
        seen_by(stage, who)
    except Refused as no:
        return "404" in str(no)
    return False


def nudges(stage: Stage, doctor: Person) -> int:
    """Texts that said no more than that something waits."""
    return sum(one["body"] in NUDGES for one in ours(stage, doctor))


def exported(stage: Stage, who: Actor) -> str:
    return stage.cloud.app.call(export_thread, ExportThread(thread_id=stage.visit_id), who).content_base64
