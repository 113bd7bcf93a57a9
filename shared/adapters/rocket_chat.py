"""Rocket.Chat by its client library: rooms, messages by ids of ours, history. developer.rocket.chat/apidocs

The id of a message is made of its key, so that one whose answer was lost cannot be there twice: a second one
is refused, and then it is looked for.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

import requests
from rocketchat_API.APIExceptions.RocketExceptions import RocketApiException, RocketBadStatusCodeException
from rocketchat_API.rocketchat import RocketChat as Client

from shared.contracts.bridge import BridgeDelayed, BridgeMessage, BridgeRefused

ANSWER_SECONDS: Final = 8
NAME_TAKEN: Final = "error-duplicate-channel-name"
NOT_IN_THAT_STATE: Final = ("error-room-archived", "error-room-not-archived")
RETRY_SECONDS_MAX: Final = 3600
PAGE: Final = 100
HISTORY_MAX: Final = 2000
"""It tells the newest first: so much is read to find the oldest."""


class RocketChat:
    """`user_id` and `token` of the account that carries messages over."""

    def __init__(self, base_url: str, user_id: str, token: str) -> None:
        self._user_id = user_id
        session = requests.Session()
        session.hooks["response"].append(_not_now)
        self._client = Client(
            auth_token=token, user_id=user_id, server_url=base_url, timeout=ANSWER_SECONDS, session=session
        )

    def open_room(self, name: str) -> str:
        """The same name is the same room, whoever made it."""
        try:
            made = _asked(self._client.groups_create, name)
        except BridgeRefused as no:
            if str(no) != NAME_TAKEN:
                raise
            made = _asked(self._client.groups_info, room_name=name)
        group = made.get("group")
        if not isinstance(group, dict) or not isinstance(group.get("_id"), str):
            raise BridgeRefused("a room without an id")
        return str(group["_id"])

    def post(self, room_id: str, key: str, text: str) -> None:
        message_id = hashlib.sha256(key.encode()).hexdigest()[:24]
        message = {"_id": message_id, "rid": room_id, "msg": text}
        try:
            _asked(self._client.chat_send_message, message)
        except BridgeRefused:
            _asked(self._client.chat_get_message, message_id)

    def archive(self, room_id: str, *, archived: bool) -> None:
        turn = self._client.groups_archive if archived else self._client.groups_unarchive
        try:
            _asked(turn, room_id)
        except BridgeRefused as no:
            if str(no) not in NOT_IN_THAT_STATE:
                raise

    def since(self, room_id: str, after: datetime, limit: int) -> Sequence[BridgeMessage]:
        """Oldest first; only what people wrote."""

        def read() -> dict[str, Any]:
            pages = self._client.groups_history(room_id, oldest=_stamp(after), inclusive="true", count=PAGE)
            return {"messages": list(islice(pages, HISTORY_MAX))}

        said = [one for one in _asked(read)["messages"] if isinstance(one, dict) and "t" not in one]
        found = [_message(one, self._user_id) for one in said]
        return sorted(found, key=lambda one: (one.at, one.id))[:limit]


def _asked(ask: Callable[..., Any], *words: Any, **more: Any) -> dict[str, Any]:
    """Raises BridgeRefused for their no, by its name; BridgeDelayed where there is no answer of theirs."""
    try:
        told = ask(*words, **more)
    except RocketApiException as no:
        raise BridgeRefused(str(no.error_type or no.error)) from None
    except RocketBadStatusCodeException as no:
        if not isinstance(no.response_json, dict):
            raise BridgeDelayed from None  # a page of a proxy in between
        raise BridgeRefused(str(no.response_json.get("status") or no.status_code)) from None
    except (requests.RequestException, AttributeError) as lost:  # the library reads a page as an answer
        raise BridgeDelayed from lost
    if not isinstance(told, dict):
        raise BridgeDelayed
    return told


def _not_now(answer: requests.Response, *_: Any, **__: Any) -> None:
    """The library tells a no by its words only; when to come again stands in a header."""
    if answer.status_code == 429 or answer.status_code >= 500:
        raise BridgeDelayed(_seconds(answer.headers.get("Retry-After", "")))


def _seconds(text: str) -> int:
    return min(int(text), RETRY_SECONDS_MAX) if text.isascii() and text.isdigit() else 0


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def _message(told: dict[str, Any], own_id: str) -> BridgeMessage:
    try:
        user = str(told["u"]["_id"])
        at = datetime.fromisoformat(str(told["ts"]).replace("Z", "+00:00"))
        return BridgeMessage(str(told["_id"]), user, str(told.get("msg", "")), at, user == own_id)
    except (KeyError, TypeError, ValueError):
        raise BridgeRefused("a message that is none") from None
