"""Cloud Storage behind the Files port: two private buckets, links signed for one file and a few minutes.

In the cloud the links are signed by IAM in the name of `signer`, so that no key exists as a file. Locally
they are signed with a key that is thrown away: the emulator takes any signature, and enforces neither type
nor length nor generation of a link (docs/adr/0002). Who uses a file reads its facts again in any case.
"""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from functools import cached_property
from importlib import import_module
from typing import Any, Final

from shared.adapters.cloud_storage_wire import away, facts_of, library, make
from shared.adapters.link_signer import LinkSigner
from shared.kernel.ports import Collision, FileFacts, Room, UploadLink

TIMEOUT_SECONDS: Final = 10.0
TRIED_FOR_SECONDS: Final = 10.0
CACHING: Final = "private, no-store"


class CloudStorage:
    """`emulator`: its URL in the local cloud; empty means Google's."""

    def __init__(
        self,
        project: str,
        quarantine: str,
        clean: str,
        signer: str,
        emulator: str,
        tried_for_seconds: float = TRIED_FOR_SECONDS,
    ) -> None:
        self._project = project
        self._names: dict[Room, str] = {"quarantine": quarantine, "clean": clean}
        self._links = LinkSigner(project, signer, emulator)
        self._emulator = emulator
        self._tried_for = tried_for_seconds
        self._made: dict[Room, Any] = {}

    def upload_link(self, name: str, content_type: str, max_bytes: int, expires: timedelta) -> UploadLink:
        bound = {
            "x-goog-content-length-range": f"1,{max_bytes}",
            "x-goog-if-generation-match": "0",
        }
        url = self._blob("quarantine", name).generate_signed_url(
            version="v4",
            method="PUT",
            expiration=expires,
            content_type=content_type,
            headers=dict(bound),  # it is written to
            **self._signing(),
        )
        return UploadLink(url, "PUT", {"content-type": content_type, **bound})

    def download_link(
        self, room: Room, name: str, generation: int, filename: str, content_type: str, expires: timedelta
    ) -> str:
        url: str = self._blob(room, name).generate_signed_url(
            version="v4",
            method="GET",
            expiration=expires,
            generation=generation,
            response_type=content_type,
            response_disposition=f'attachment; filename="{filename}"',
            **self._signing(),
        )
        return url

    def stat(self, room: Room, name: str) -> FileFacts | None:
        with away():
            blob = self._bucket(room).get_blob(name, **self._patience)
        return facts_of(blob) if blob else None

    def read(self, room: Room, name: str, generation: int, limit: int) -> bytes:
        facts = self._pinned(room, name, generation)
        if facts.size > limit:
            raise ValueError(f"the file has more than {limit} bytes")
        with away():
            content: bytes = self._blob(room, name).download_as_bytes(
                if_generation_match=generation, raw_download=True, **self._patience
            )
        # The emulator looks at no generation: content that is not the one we know of is another one.
        if hashlib.md5(content, usedforsecurity=False).hexdigest() != facts.md5:
            raise Collision(f"not the content that was meant: {name}")
        return content

    def put(self, room: Room, name: str, content: bytes, content_type: str) -> int:
        blob = self._blob(room, name)
        blob.cache_control = CACHING
        try:
            with away():
                blob.upload_from_string(content, content_type, if_generation_match=0, **self._patience)
        except Collision:
            return self._same(room, name, hashlib.md5(content, usedforsecurity=False).hexdigest())
        return int(blob.generation)

    def move_to_clean(self, name: str, generation: int, new_name: str) -> int:
        facts = self._pinned("quarantine", name, generation)
        if self.stat("clean", new_name) is None:  # the emulator would copy over what is there
            with suppress(Collision):  # what came in between is told by its content
                self._copy(name, generation, new_name)
        return self._same("clean", new_name, facts.md5)

    def _copy(self, name: str, generation: int, new_name: str) -> None:
        with away():
            self._bucket("quarantine").copy_blob(
                self._blob("quarantine", name),
                self._bucket("clean"),
                new_name,
                preserve_acl=False,
                source_generation=generation,
                if_source_generation_match=generation,
                if_generation_match=0,
                **self._patience,
            )

    def remove(self, room: Room, name: str) -> None:
        with away():
            self._bucket(room).delete_blobs([name], on_error=lambda _: None, **self._patience)

    def names(self, room: Room, prefix: str, after: str, limit: int) -> Sequence[FileFacts]:
        start = f"{after}\0" if after else None  # the first name that can stand behind it
        with away():
            found = self._bucket(room).list_blobs(
                prefix=prefix, start_offset=start, max_results=limit, **self._patience
            )
            return [facts_of(blob) for blob in found]

    def _pinned(self, room: Room, name: str, generation: int) -> FileFacts:
        facts = self.stat(room, name)
        if facts is None or facts.generation != generation:
            raise Collision(f"not the content that was meant: {name}")
        return facts

    def _same(self, room: Room, name: str, md5: str) -> int:
        facts = self.stat(room, name)
        if facts is None or facts.md5 != md5:
            raise Collision(f"another file has this name: {name}")
        return facts.generation

    def _blob(self, room: Room, name: str) -> Any:
        return self._bucket(room).blob(name)

    def _bucket(self, room: Room) -> Any:
        if room not in self._made:
            bucket = self._client.bucket(self._names[room])
            if self._emulator:
                with away():
                    make(bucket, self._patience)
            self._made[room] = bucket
        return self._made[room]

    @cached_property
    def _client(self) -> Any:
        storage = library()
        if not self._emulator:
            return storage.Client(project=self._project)
        nobody: Any = import_module("google.auth.credentials").AnonymousCredentials
        return storage.Client(self._project, nobody(), client_options={"api_endpoint": self._emulator})

    @cached_property
    def _patience(self) -> dict[str, Any]:
        from google.cloud.storage.retry import DEFAULT_RETRY

        return {"timeout": TIMEOUT_SECONDS, "retry": DEFAULT_RETRY.with_timeout(self._tried_for)}

    def _signing(self) -> dict[str, Any]:
        with away():
            return self._links.signing()
