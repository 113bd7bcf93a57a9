"""A gRPC server on a real socket that gives prepared answers, so that tests can be a service in trouble."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc

ANYWHERE = "127.0.0.1:0"


@dataclass(frozen=True)
class Told:
    """Messages, and then an end that may be an error."""

    messages: tuple[bytes, ...] = ()
    code: grpc.StatusCode = grpc.StatusCode.OK


@dataclass(frozen=True)
class Heard:
    method: str
    request: bytes
    headers: dict[str, str]


@dataclass
class Canned(grpc.GenericRpcHandler):  # type: ignore[misc]  # untyped
    """Gives each answer once, the last one for ever."""

    answers: tuple[Told, ...]
    heard: list[Heard] = field(default_factory=list)
    address: str = ""

    def service(self, details: Any) -> Any:
        headers = {one.key: one.value for one in details.invocation_metadata}

        def answer(request: bytes, context: Any) -> Iterator[bytes]:
            told = self.answers[min(len(self.heard), len(self.answers) - 1)]
            self.heard.append(Heard(details.method.rsplit("/", 1)[-1], request, headers))
            yield from told.messages
            if told.code != grpc.StatusCode.OK:
                context.abort(told.code, "as prepared")

        return grpc.unary_stream_rpc_method_handler(answer)


@contextmanager
def serving(
    *answers: Told, at: str = ANYWHERE, identity: grpc.ServerCredentials | None = None
) -> Iterator[Canned]:
    canned = Canned(answers)
    server = grpc.server(ThreadPoolExecutor(2), handlers=[canned])
    port = server.add_secure_port(at, identity) if identity else server.add_insecure_port(at)
    canned.address = f"{at.rpartition(':')[0]}:{port}"
    server.start()
    try:
        yield canned
    finally:
        server.stop(grace=None).wait()
