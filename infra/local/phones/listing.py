"""Twilio's list of messages: newest first, filtered by numbers and day or instant sent, page by page."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from infra.local.phones.account import Account
from infra.local.phones.messages import Book, Message
from infra.local.phones.refusals import TwilioError
from infra.local.phones.resources import base_path, message_json, page_json

PAGE_SIZE = 50
PAGE_SIZE_MAX = 1_000

Test = Callable[[Message], bool]


def list_messages(account: Account, book: Book, args: dict[str, str]) -> dict[str, Any]:
    """Raises TwilioError."""
    size = min(_number(args, "PageSize", PAGE_SIZE), PAGE_SIZE_MAX) or PAGE_SIZE
    page = _number(args, "Page", 0)
    tests = list(_tests(args))
    fitting = [message for message in book.newest_first() if all(test(message) for test in tests)]
    start = _start(fitting, args.get("PageToken", ""), page * size)
    rows = fitting[start : start + size]
    more = len(fitting) > start + size
    shown = [message_json(account, message) for message in rows]
    path = f"{base_path(account)}/Messages.json"
    return page_json("messages", shown, path, args, page, size, f"PA{rows[-1].sid}" if more else "")


def _start(fitting: list[Message], token: str, otherwise: int) -> int:
    """After the message that ended the page before: new ones that came since push nothing twice."""
    places = (place for place, message in enumerate(fitting) if f"PA{message.sid}" == token)
    return next(places, otherwise - 1) + 1 if token else otherwise


def _tests(args: dict[str, str]) -> Iterator[Test]:
    """A message that was not sent yet has no day, so that no day finds it."""
    if to := args.get("To"):
        yield lambda message: message.recipient == to
    if sender := args.get("From"):
        yield lambda message: message.sender == sender
    if day := args.get("DateSent"):
        first, last = _span(day[: len("2026-11-24")])  # the library turns a date into its midnight
        yield lambda message: message.sent_at is not None and first <= message.sent_at <= last
    if earliest := args.get("DateSent>"):
        since = _span(earliest)[0]
        yield lambda message: message.sent_at is not None and message.sent_at >= since
    if latest := args.get("DateSent<"):
        until = _span(latest)[1]
        yield lambda message: message.sent_at is not None and message.sent_at <= until


def _span(text: str) -> tuple[datetime, datetime]:
    """A date is the whole day in UTC, an instant the whole second."""
    try:
        if "T" in text:
            instant = datetime.fromisoformat(text).astimezone(UTC)
            return instant, instant + timedelta(seconds=1, microseconds=-1)
        day = datetime.combine(date.fromisoformat(text), time.min, UTC)
    except ValueError:
        raise TwilioError(20001) from None
    return day, day + timedelta(days=1, microseconds=-1)


def _number(args: dict[str, str], name: str, otherwise: int) -> int:
    text = args.get(name, str(otherwise))
    if not text.isdigit():
        raise TwilioError(20001)
    return int(text)
