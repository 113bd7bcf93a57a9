"""A conversation to take away: as a PDF, or as JSON, in which an administrator finds its history as well."""

import base64
from typing import Final

from pydantic import Field

from functions.chat.domain.exporting import EXPORTED_AT_ONCE, Format, as_json, paper_of
from functions.chat.domain.message import Message, message_id
from functions.chat.domain.reading import wanted_numbers
from functions.chat.domain.taking_part import conversation
from functions.chat.domain.texts import Spoken
from functions.chat.domain.views import message_views, thread_view
from shared.contracts.papers import PaperIssuer
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Needs, Request, Response, action, look_up
from shared.runtime.context import Context

TYPES: Final = {"pdf": "application/pdf", "json": "application/json"}


class ExportThread(Request):
    """`after`: the number behind which the file begins; `last_exported` of the part before."""

    thread_id: str
    format: Format = "pdf"
    after: int = Field(0, ge=0)
    language: Spoken = "pl"


class Exported(Response):
    """The file in base64. There is another part while `last_exported` is less than `last_number`."""

    thread_id: str
    file_name: str
    content_type: str
    content_base64: str
    last_exported: int
    last_number: int


@action(
    look_up("/v1/threads/{thread_id}:export"),
    role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR),
    scope=Scope.CASE,
    audited=True,
    asks_account=True,
    needs=Needs(memory_mb=1024, timeout_seconds=120, concurrency=4),
)
def export_thread(req: ExportThread, ctx: Context) -> Exported:
    """Get a conversation as a file; 500 messages in one go."""
    thread = conversation(ctx.store, req.thread_id, ctx.actor).thread
    numbers = wanted_numbers(thread.last_number, req.after, None, EXPORTED_AT_ONCE)
    found = ctx.store.find_many(Message, [message_id(thread.id, one) for one in numbers])
    views = message_views(found, ctx.store, ctx.actor, req.language)
    shown = thread_view(thread, None, ctx.actor, None, req.language)
    if req.format == "json":
        content = as_json(shown, views, found if ctx.actor.role == Role.ADMIN else ())
    else:
        issuer = PaperIssuer(name=ctx.settings.issuer_name, address_lines=ctx.settings.issuer_address)
        paper = paper_of(thread, shown.title, views, req.language, issuer, ctx.settings.zone)
        content = ctx.papers.transcript(paper)
    last = numbers[-1] if numbers else min(req.after, thread.last_number)
    return Exported(
        thread_id=thread.id,
        file_name=f"thread-{last}.{req.format}",
        content_type=TYPES[req.format],
        content_base64=base64.b64encode(content).decode(),
        last_exported=last,
        last_number=thread.last_number,
    )
