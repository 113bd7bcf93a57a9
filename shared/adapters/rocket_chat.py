"""Rocket.Chat by its REST API: rooms, messages by ids of ours, history. developer.rocket.chat/apidocs

The id of a message is made of its key, so that one whose answer was lost cannot be there twice: a second one
is refused, and then it is looked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import requests

from shared.contracts.bridge import BridgeDelayed, BridgeMessage, BridgeRefused

ANSWER_SECONDS: Final = 8
NAME_TAKEN: Final = "error-duplicate-channel-name"
NOT_IN_THAT_STATE: Final = ("error-room-archived", "error-room-not-archived")
RETRY_SECONDS_MAX: Final = 3600


class NoBridge:
    """The bridge is switched off: nothing is asked of it."""

    def open_room(self, name: str) -> str:
        raise BridgeRefused("off")

    def post(self, room_id: str, key: str, text: str) -> None:
        raise BridgeRefused("off")

    def archive(self, room_id: str, *, archived: bool) -> None:
        raise BridgeRefused("off")

    def since(self, room_id: str, after: datetime, limit: int) -> Sequence[BridgeMessage]:
        raise BridgeRefused("off")


class RocketChat:
    """`user_id` and `token` of the account that carries messages over."""

    def __init__(self, base_url: str, user_id: str, token: str) -> None:
        self._url = f"{base_url}/api/v1/"
        self._user_id = user_id
        self._session = requests.Session()
        self._session.headers.update({"X-User-Id": user_id, "X-Auth-Token": token})

    def open_room(self, name: str) -> str:
        """The same name is the same room, whoever made it."""
        made = self._ask("POST", "groups.create", body={"name": name})
        if made.get("errorType") == NAME_TAKEN:
            made = self._ask("GET", "groups.info", query={"roomName": name})
        group = _good(made).get("group")
        if not isinstance(group, dict) or not isinstance(group.get("_id"), str):
            raise BridgeRefused("a room without an id")
        return str(group["_id"])

    def post(self, room_id: str, key: str, text: str) -> None:
        message_id = hashlib.sha256(key.encode()).hexdigest()[:24]
        message = {"_id": message_id, "rid": room_id, "msg": text}
        sent = self._ask("POST", "chat.sendMessage", body={"message": message})
        if not sent.get("success"):
            _good(self._ask("GET", "chat.getMessage", query={"msgId": message_id}))

    def archive(self, room_id: str, *, archived: bool) -> None:
        word = "groups.archive" if archived else "groups.unarchive"
        done = self._ask("POST", word, body={"roomId": room_id})
        if done.get("errorType") not in NOT_IN_THAT_STATE:
            _good(done)

    def since(self, room_id: str, after: datetime, limit: int) -> Sequence[BridgeMessage]:
        """Oldest first; only what people wrote."""
        query = {"roomId": room_id, "oldest": _stamp(after), "count": str(limit), "inclusive": "true"}
        told = _good(self._ask("GET", "groups.history", query=query)).get("messages")
        found = [
            _message(one, self._user_id) for one in told or () if isinstance(one, dict) and "t" not in one
        ]
        return sorted(found, key=lambda one: (one.at, one.id))

    def _ask(
        self,
        method: str,
        word: str,
        *,
        query: dict[str, str] | None = None,
        body: dict[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The answer, a no included. Raises BridgeDelayed where there is none."""
        try:
            answer = self._session.request(
                method, self._url + word, params=query, json=body, timeout=ANSWER_SECONDS
            )
        except requests.RequestException as lost:
            raise BridgeDelayed from lost
        if answer.status_code == 429 or answer.status_code >= 500:
            raise BridgeDelayed(_seconds(answer.headers.get("Retry-After", "")))
        try:
            told = answer.json()
        except ValueError:
            raise BridgeDelayed from None  # a page of a proxy in between
        return told if isinstance(told, dict) else {}


def _good(told: dict[str, Any]) -> dict[str, Any]:
    if not told.get("success"):
        raise BridgeRefused(str(told.get("errorType") or told.get("status") or "no"))
    return told


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
