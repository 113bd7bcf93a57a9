"""Rocket.Chat as far as we speak to it: private rooms, messages by given ids, history, and its troubles."""

import json
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from werkzeug.wrappers import Request, Response

from infra.local.web_server import WebServer

USER, TOKEN = "visita-bridge", "local-rocket-token"
BEGAN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Room:
    id: str
    name: str
    archived: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class RocketChatTwin:
    """`limit`: requests that are taken before 429. `away`: nothing is taken. `deaf`: everything is taken, and
    the answer is lost."""

    rooms: dict[str, Room] = field(default_factory=dict)
    limit: int = 0
    away: bool = False
    deaf: int = 0

    def __post_init__(self) -> None:
        self._server = WebServer(self._app)
        self._lock = threading.Lock()
        self._clock = 0

    @property
    def url(self) -> str:
        return self._server.url

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def reset(self) -> None:
        self.rooms.clear()
        self.limit, self.away, self.deaf, self._clock = 0, False, 0, 0

    def somebody_writes(self, room: Room, text: str, user: str = "u-ola") -> str:
        with self._lock:
            return str(self._put(room, f"m{self._clock:06d}", text, user)["_id"])

    def texts(self, room: Room) -> list[str]:
        return [one["msg"] for one in room.messages]

    def _app(self, environ: Any, start: Any) -> Any:
        return self._answer(Request(environ))(environ, start)

    def _answer(self, request: Request) -> Response:
        with self._lock:
            if self.away:
                return _json({"success": False}, 503)
            if (request.headers.get("X-User-Id"), request.headers.get("X-Auth-Token")) != (USER, TOKEN):
                return _json({"status": "error", "message": "You must be logged in"}, 401)
            if self.limit:
                self.limit -= 1
                if not self.limit:
                    return _json({"success": False, "error": "error-too-many-requests"}, 429, retry="7")
            told, status = self._do(request)
            if self.deaf:
                self.deaf -= 1
                return _json({"success": False}, 502)
            return _json(told, status)

    def _do(self, request: Request) -> tuple[dict[str, Any], int]:
        word = request.path.removeprefix("/api/v1/")
        body = json.loads(request.get_data() or b"{}")
        match word:
            case "groups.create":
                return self._create(body["name"])
            case "groups.info":
                found = next(
                    (one for one in self.rooms.values() if one.name == request.args["roomName"]), None
                )
                return _group(found) if found else _no("error-room-not-found")
            case "groups.archive" | "groups.unarchive":
                return self._archive(self.rooms[body["roomId"]], word == "groups.archive")
            case "chat.sendMessage":
                return self._send(body["message"])
            case "chat.getMessage":
                return self._get(request.args["msgId"])
            case "groups.history":
                return self._history(request)
        return _no("error-unknown")

    def _create(self, name: str) -> tuple[dict[str, Any], int]:
        if any(one.name == name for one in self.rooms.values()):
            return _no("error-duplicate-channel-name")
        room = Room(f"room{len(self.rooms) + 1}", name)
        self.rooms[room.id] = room
        return _group(room)

    def _archive(self, room: Room, archived: bool) -> tuple[dict[str, Any], int]:
        if room.archived == archived:
            return _no("error-room-archived" if archived else "error-room-not-archived")
        room.archived = archived
        return {"success": True}, 200

    def _send(self, message: dict[str, Any]) -> tuple[dict[str, Any], int]:
        room = self.rooms[message["rid"]]
        if room.archived or any(one["_id"] == message["_id"] for one in room.messages):
            return _no("error-not-allowed")
        return {"success": True, "message": self._put(room, message["_id"], message["msg"], USER)}, 200

    def _put(self, room: Room, message_id: str, text: str, user: str) -> dict[str, Any]:
        self._clock += 1
        at = BEGAN + timedelta(seconds=self._clock)
        kept = {"_id": message_id, "rid": room.id, "msg": text, "ts": _stamp(at), "u": {"_id": user}}
        room.messages.append(kept)
        return kept

    def _get(self, message_id: str) -> tuple[dict[str, Any], int]:
        everything = (one for room in self.rooms.values() for one in room.messages)
        found = next((one for one in everything if one["_id"] == message_id), None)
        return ({"success": True, "message": found}, 200) if found else _no("error-message-not-found")

    def _history(self, request: Request) -> tuple[dict[str, Any], int]:
        """As there: the newest first, and people who came in stand between what was said."""
        room, oldest = self.rooms[request.args["roomId"]], request.args["oldest"]
        found = [one for one in room.messages if one["ts"] >= oldest]
        joined = {"_id": "j", "t": "uj", "msg": "ola", "ts": _stamp(BEGAN), "u": {"_id": "u-ola"}}
        newest = sorted([*found, joined], key=lambda one: str(one["ts"]), reverse=True)
        begin, count = int(request.args.get("offset", 0)), int(request.args["count"])
        return {"success": True, "messages": newest[begin : begin + count]}, 200


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _group(room: Room) -> tuple[dict[str, Any], int]:
    return {"success": True, "group": {"_id": room.id, "name": room.name}}, 200


def _no(error: str) -> tuple[dict[str, Any], int]:
    return {"success": False, "errorType": error, "error": error}, 400


def _json(told: dict[str, Any], status: int, retry: str = "") -> Response:
    answer = Response(json.dumps(told), status, content_type="application/json")
    if retry:
        answer.headers["Retry-After"] = retry
    return answer
