"""Files in memory, behind the same port as Cloud Storage; links are kept with what they were signed for."""

import hashlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import parse_qs, urlencode, urlsplit

from shared.kernel.ports import Clock, Collision, FileFacts, Room, UploadLink

RANGE: Final = "x-goog-content-length-range"
GENERATION: Final = "x-goog-if-generation-match"


@dataclass(frozen=True)
class _Kept:
    facts: FileFacts
    content: bytes


class Refused(Exception):
    """The storage does not take this upload, or knows no such link: `status` as Cloud Storage says it."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


class MemoryFiles:
    """`told` hears of each file that came, changed or went, as of a bucket's notification: room and name."""

    def __init__(self, clock: Clock, told: Callable[[Room, str], None] | None = None) -> None:
        self._clock = clock
        self._told = told or (lambda _room, _name: None)
        self._lock = threading.Lock()
        self._rooms: dict[Room, dict[str, _Kept]] = {"quarantine": {}, "clean": {}}
        self._generation = 1_700_000_000_000_000

    def upload_link(self, name: str, content_type: str, max_bytes: int, expires: timedelta) -> UploadLink:
        until = (self._clock.now() + expires).isoformat()
        headers = {"content-type": content_type, RANGE: f"1,{max_bytes}", GENERATION: "0"}
        signed = urlencode({"until": until, **headers})
        return UploadLink(f"https://memory.example/quarantine/{name}?{signed}", "PUT", headers)

    def download_link(
        self, room: Room, name: str, generation: int, filename: str, content_type: str, expires: timedelta
    ) -> str:
        signed = {
            "until": (self._clock.now() + expires).isoformat(),
            "generation": str(generation),
            "response-content-disposition": f'attachment; filename="{filename}"',
            "response-content-type": content_type,
        }
        return f"https://memory.example/{room}/{name}?{urlencode(signed)}"

    def stat(self, room: Room, name: str) -> FileFacts | None:
        kept = self._rooms[room].get(name)
        return kept.facts if kept else None

    def read(self, room: Room, name: str, generation: int, limit: int) -> bytes:
        kept = self._pinned(room, name, generation)
        if len(kept.content) > limit:
            raise ValueError(f"the file has more than {limit} bytes")
        return kept.content

    def put(self, room: Room, name: str, content: bytes, content_type: str) -> int:
        with self._lock:
            there = self._rooms[room].get(name)
            if there is None:
                return self._keep(room, name, content, content_type)
        if there.content != content:
            raise Collision(f"another file has this name: {name}")
        return there.facts.generation

    def move_to_clean(self, name: str, generation: int, new_name: str) -> int:
        kept = self._pinned("quarantine", name, generation)
        return self.put("clean", new_name, kept.content, kept.facts.content_type)

    def remove(self, room: Room, name: str) -> None:
        with self._lock:
            gone = self._rooms[room].pop(name, None)
        if gone:
            self._told(room, name)

    def names(self, room: Room, prefix: str, after: str, limit: int) -> Sequence[FileFacts]:
        found = sorted(name for name in self._rooms[room] if name.startswith(prefix) and name > after)
        return [self._rooms[room][name].facts for name in found[:limit]]

    # The other end of the links

    def upload(self, url: str, content: bytes, headers: Mapping[str, str]) -> None:
        """As Cloud Storage takes it: with the very headers that were signed, once. Raises Refused."""
        name, signed = _opened(url)
        sent = {key.lower(): value for key, value in headers.items()}
        if any(sent.get(key) != signed[key] for key in ("content-type", RANGE, GENERATION)):
            raise Refused(403)
        if datetime.fromisoformat(signed["until"]) <= self._clock.now():
            raise Refused(400)
        least, most = (int(one) for one in signed[RANGE].split(","))
        if not least <= len(content) <= most:
            raise Refused(400)
        with self._lock:
            if name in self._rooms["quarantine"]:
                raise Refused(412)
            self._keep("quarantine", name, content, sent["content-type"])

    def overwrite(self, room: Room, name: str, content: bytes, content_type: str) -> int:
        """What no link allows: another content under the same name, as an attacker inside would put it."""
        with self._lock:
            return self._keep(room, name, content, content_type)

    def download(self, url: str) -> bytes:
        """Raises Refused, Collision."""
        path, signed = _opened(url)
        if datetime.fromisoformat(signed["until"]) <= self._clock.now():
            raise Refused(400)
        room: Room = "clean" if urlsplit(url).path.startswith("/clean/") else "quarantine"
        return self._pinned(room, path, int(signed["generation"])).content

    def _keep(self, room: Room, name: str, content: bytes, content_type: str) -> int:
        self._generation += 1
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        facts = FileFacts(name, len(content), content_type, self._generation, digest, self._clock.now())
        self._rooms[room][name] = _Kept(facts, content)
        self._told(room, name)
        return self._generation

    def _pinned(self, room: Room, name: str, generation: int) -> _Kept:
        kept = self._rooms[room].get(name)
        if kept is None or kept.facts.generation != generation:
            raise Collision(f"not the content that was meant: {name}")
        return kept


def _opened(url: str) -> tuple[str, dict[str, str]]:
    parts = urlsplit(url)
    _, _, name = parts.path.lstrip("/").partition("/")
    return name, {key: values[0] for key, values in parse_qs(parts.query).items()}
