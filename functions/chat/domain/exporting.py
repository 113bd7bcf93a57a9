"""A thread as a file: a PDF for people, JSON for machines. Long ones come in several parts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from functions.chat.domain.message import Message, Way
from functions.chat.domain.texts import ROLES, Spoken
from functions.chat.domain.thread import Thread
from functions.chat.domain.views import MessageView, ThreadView
from shared.contracts.papers import PaperIssuer
from shared.contracts.transcripts import LINES_MAX, TranscriptLine, TranscriptPaper, printed
from shared.kernel.actors import Role

EXPORTED_AT_ONCE: Final = LINES_MAX
Format = Literal["pdf", "json"]

NOTES: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "sms": {"pl": "SMS", "en": "SMS"},
    "edited": {"pl": "zmieniona", "en": "changed"},
    "documents": {"pl": "dokumenty: {count}", "en": "documents: {count}"},
}
CONVERSATION: Final[Mapping[Spoken, str]] = {"pl": "Rozmowa", "en": "Conversation"}


def as_json(thread: ThreadView, views: Sequence[MessageView], kept: Sequence[Message]) -> bytes:
    """`kept`: the messages whose history is told as well; it is for the audit."""
    history = {one.number: [it.model_dump(mode="json") for it in one.earlier] for one in kept}
    told: list[dict[str, Any]] = [
        one.model_dump(mode="json", exclude={"is_mine"})
        | ({"earlier": history[one.number]} if one.number in history else {})
        for one in views
    ]
    facts = thread.model_dump(mode="json", include={"thread_id", "case_kind", "title", "status"})
    return json.dumps({**facts, "messages": told}, ensure_ascii=False, indent=1).encode()


def paper_of(
    thread: Thread,
    title: str,
    views: Sequence[MessageView],
    language: Spoken,
    issuer: PaperIssuer,
    zone: str,
) -> TranscriptPaper:
    return TranscriptPaper(
        zone=zone,
        language=language,
        issuer=issuer,
        number=thread.id,
        title=CONVERSATION[language],
        subtitle=title,
        made_at=max((one.edited_at or one.at for one in views), default=thread.opened_at),
        lines=tuple(_line(one, language) for one in views),
    )


def _line(view: MessageView, language: Spoken) -> TranscriptLine:
    role = ROLES.get(view.author_role, ROLES[Role.SYSTEM])[language]
    notes = [
        NOTES["sms"][language] if view.way == Way.SMS else "",
        NOTES["edited"][language] if view.edited_at and not view.is_deleted else "",
        NOTES["documents"][language].format(count=len(view.document_ids)) if view.document_ids else "",
    ]
    return TranscriptLine(
        number=view.number,
        at=view.at,
        who=printed(", ".join(filter(None, (role, view.author_name)))),
        text=printed(view.text),
        notes=", ".join(filter(None, notes)),
        is_from_case=view.way == Way.SYSTEM,
    )
