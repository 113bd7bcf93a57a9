"""Looks wherever personal data must not be, while the tests run: a test in which it finds any has failed.

log            standard output and error, and what libraries log
error answer   what a caller gets who is refused
task, topic    bodies that rest in queues
url            every URL that this process asks over HTTP, or gives to be called back, and has not made up
store          names of documents, and what is stored unsealed
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from io import TextIOBase
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from shared.kernel.ports import Queue, Task, Topics, Write
from shared.runtime.codec import MARK
from shared.runtime.problem import Answer

REFUSED_FROM: Final = 400
PLACES: Final = ("log", "error answer", "task", "topic", "url", "store")
BY_DESIGN: Final = frozenset(
    {
        ("patients", "birth_date"),
        ("patients", "deceased_on"),
        ("clinics", "address"),
        ("clinics", "phone"),
        ("employers", "address"),
    }
)
"""What is stored as it is: dates under a patient's id, and how a business is reached."""
_REQUEST: Final = re.compile(rb"^(?:GET|HEAD|POST|PUT|PATCH|DELETE) (\S+) HTTP/")
_CALL_BACK: Final = re.compile(rb"(?:^|&)StatusCallback=([^&]*)")
_GEOCODER: Final = re.compile(r"/maps/api/geocode/json|/search")
"""An address is what a geocoder is asked about; whose it is it does not hear."""
_LIST_OF_TEXTS: Final = re.compile(r"/2010-04-01/Accounts/\w+/Messages\.json")
_ASKED_BY_PHONE: Final = frozenset({"To", "From"})
"""Twilio's log can be asked in no other way; Twilio knows these phones, and nobody else reads the URL."""

looked: Counter[str] = Counter()
leaks: list[str] = []
_made_up: ContextVar[bool] = ContextVar("made up", default=False)


def look(place: str, text: str) -> None:
    """Remembers what is found, without saying it again in full."""
    from tests.canaries import found_in  # they come from people, who come from worlds, which look here

    looked[place] += 1
    found = found_in(text)
    if found:
        leaks.append(f"{place}: {', '.join(found)}")


def taken() -> list[str]:
    """What was found since this was asked last."""
    found = list(dict.fromkeys(leaks))
    leaks.clear()
    return found


def answered(answer: Answer) -> Answer:
    if answer.status >= REFUSED_FROM:
        look("error answer", answer.body.decode("utf-8", "replace"))
    return answer


@contextmanager
def made_up() -> Iterator[None]:
    """What this thread asks here is a test's own invention, names and phones in it too: no leak of ours."""
    before = _made_up.set(True)
    try:
        yield
    finally:
        _made_up.reset(before)


def asked(url: str) -> None:
    parts = urlsplit(url)
    if _LIST_OF_TEXTS.fullmatch(parts.path):
        left = [pair for pair in parse_qsl(parts.query) if pair[0] not in _ASKED_BY_PHONE]
        url = f"{parts.path}?{urlencode(left)}"
    look("url", parts.path if _GEOCODER.fullmatch(parts.path) else url)


def written(writes: Sequence[Write]) -> None:
    """What is sealed may be anybody's."""
    for one in writes:
        kind = one.path.partition("/")[0]
        look("store", "\n".join((one.path, *_unsealed(one.fields or {}, kind))))


def _unsealed(item: Any, kind: str) -> Iterator[str]:
    match item:
        case str() if not item.startswith(MARK):
            yield item
        case Mapping():
            for name, one in item.items():
                if (kind, name) not in BY_DESIGN:
                    yield from _unsealed(one, kind)
        case list() | tuple():
            for one in item:
                yield from _unsealed(one, kind)


class WatchedLog(TextIOBase):
    """Where a log goes that no person reads: all of it is looked at, and nothing kept."""

    def write(self, text: str) -> int:
        if not text.isspace():
            look("log", text)
        return len(text)


class WatchedQueue:
    def __init__(self, queue: Queue) -> None:
        self._queue = queue

    def add(self, task: Task) -> None:
        look("task", f"{task.name}\n{task.body.decode()}")
        self._queue.add(task)


class WatchedTopics:
    def __init__(self, topics: Topics) -> None:
        self._topics = topics

    def publish(self, topic: str, body: bytes, attributes: Mapping[str, str]) -> None:
        look("topic", "\n".join((topic, body.decode(), *attributes.values())))
        self._topics.publish(topic, body, attributes)


def listen() -> None:
    """To every HTTP request of this process: Python itself tells of them. There is no way to stop it."""
    sys.addaudithook(_hear)


def _hear(event: str, details: Iterable[Any]) -> None:
    if event != "http.client.send" or _made_up.get():
        return
    _, data = details
    if isinstance(data, bytes):
        head = _REQUEST.match(data)
        urls = [head.group(1)] if head else []
        for url in (*urls, *_CALL_BACK.findall(data.rpartition(b"\r\n")[2])):
            asked(url.decode("latin-1"))
