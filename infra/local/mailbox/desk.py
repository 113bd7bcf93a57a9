"""What the mailbox answers over HTTP: the page, the mails, their parts."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import quote

from pydantic import ValidationError

from infra.local.mailbox.catcher import Trouble
from infra.local.mailbox.mails import Mail, Mails
from infra.local.wire import Answer, Asked, json_answer

STATIC: Final = Path(__file__).with_name("static")
STATIC_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
LISTED_MAX: Final = 500
PART: Final = re.compile(r"/_messages/(?P<id>[0-9a-f]{32})/(?P<part>html|raw|attachments/(?P<place>\d{1,3}))")
NO_POWERS: Final = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""For the HTML of a mail: no scripts, no network, whatever it holds."""

NOT_FOUND: Final = json_answer({"detail": "no such page, mail or part"}, 404)


class Desk:
    def __init__(
        self, mails: Mails, set_trouble: Callable[[Trouble], None], reset: Callable[[], None]
    ) -> None:
        self._mails = mails
        self._set_trouble = set_trouble
        self._reset = reset

    def answer(self, asked: Asked) -> Answer:
        match asked.method, asked.path:
            case "GET", "/healthz":
                return json_answer({"status": "ok"})
            case "GET", "/_messages":
                return self._list(asked.headers.get("if-none-match", ""))
            case "POST", "/_reset":
                self._reset()
                return json_answer({"status": "ok"})
            case "POST", "/_trouble":
                return self._trouble(asked)
            case "GET", path if found := PART.fullmatch(path):
                mail = self._mails.get(found["id"])
                return _part(mail, found["part"], found["place"]) if mail else NOT_FOUND
            case "GET", path:
                return _static(path)
        return NOT_FOUND

    def _list(self, seen: str) -> Answer:
        """A page that asks every two seconds gets the mails only when there are new ones."""
        version = f'"{self._mails.version or "empty"}"'
        headers = {"ETag": version, "Cache-Control": "no-cache"}
        if seen == version:
            return Answer(304, headers=headers)
        return json_answer(self._mails.newest_first()[:LISTED_MAX], headers=headers)

    def _trouble(self, asked: Asked) -> Answer:
        try:
            trouble = asked.read(Trouble)
        except ValidationError as wrong:
            return json_answer({"detail": str(wrong)}, 422)
        self._set_trouble(trouble)
        return json_answer(trouble)


def _part(mail: Mail, part: str, place: str | None) -> Answer:
    if part == "html":
        harmless = {"Content-Security-Policy": NO_POWERS}
        return Answer(200, mail.html.encode(), "text/html; charset=utf-8", harmless)
    if part == "raw":
        return _download(mail.raw, "message/rfc822", f"{mail.id}.eml")
    if place is None or int(place) >= len(mail.attachments):
        return NOT_FOUND
    attachment = mail.attachments[int(place)]
    return _download(attachment.content, attachment.content_type, attachment.name)


def _download(content: bytes, content_type: str, name: str) -> Answer:
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
    }
    return Answer(200, content, content_type, headers)


def _static(path: str) -> Answer:
    file = STATIC / ("index.html" if path == "/" else path.removeprefix("/static/"))
    if file.parent != STATIC or not file.is_file():
        return NOT_FOUND
    kind = f"{STATIC_TYPES[file.suffix]}; charset=utf-8"
    return Answer(200, file.read_bytes(), kind, {"Cache-Control": "no-cache"})
