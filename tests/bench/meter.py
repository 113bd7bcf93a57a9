"""Counts what an action asks of Firestore, on the gRPC channel itself: round trips, depth, reads, writes.

Counts are the same on every machine. The depth is found in two ways that must agree: from the times at
which calls began and ended, and from how much slower all of it gets when every call is held back a little.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, get_ident
from time import perf_counter, sleep
from typing import Any, Final

import grpc

from shared.adapters.firestore import firestore_channel

DOCUMENT: Final = {"BatchGetDocuments": ("found", "missing"), "RunQuery": ("document",)}
"""In which fields of a streamed message a document comes."""


@dataclass
class Rpc:
    """One call. `ended` is when its last message came: who stops listening early has waited until then.

    `written`: the collections of the documents that a commit writes.
    """

    method: str
    began: float
    ended: float
    reads: int = 0
    writes: int = 0
    failed: bool = False
    written: tuple[str, ...] = ()
    thread: int = field(default_factory=get_ident)


@dataclass(frozen=True)
class Tally:
    """The calls of one stretch of work, in the order in which they began."""

    rpcs: Sequence[Rpc] = field(default_factory=tuple)

    @property
    def depth(self) -> int:
        """The longest chain of calls in which each began after the one before it had ended."""
        depth, free_at = 0, float("-inf")
        for one in sorted(self.rpcs, key=lambda rpc: rpc.ended):
            if one.began >= free_at:
                depth, free_at = depth + 1, one.ended
        return depth

    @property
    def reads(self) -> int:
        """As they are billed: a query that finds nothing is one read, a missing document too."""
        return sum(one.reads for one in self.rpcs)

    @property
    def writes(self) -> int:
        return sum(one.writes for one in self.rpcs if not one.failed)

    def of(self, method: str) -> "Tally":
        return Tally([one for one in self.rpcs if one.method == method])

    def of_this_thread(self) -> "Tally":
        return Tally([one for one in self.rpcs if one.thread == get_ident()])

    def until_first_try(self, collection: str) -> "Tally":
        """The reads up to the first commit; and that commit, held or lost, if it is about the collection."""
        for number, one in enumerate(self.rpcs):
            if one.method == "Commit":
                return Tally(self.rpcs[: number + (collection in one.written)])
        return self

    def until_first_commit(self) -> "Tally":
        """What was asked before it was decided, and the decision itself."""
        for number, one in enumerate(self.rpcs):
            if one.method == "Commit" and not one.failed:
                return Tally(self.rpcs[: number + 1])
        return self


class Meter(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor):  # type: ignore[misc]  # untyped
    """`delay_seconds` holds back every call: as if Firestore were that much farther away."""

    def __init__(self) -> None:
        self.delay_seconds = 0.0
        self._rpcs: list[Rpc] = []
        self._lock = Lock()

    @contextmanager
    def counting(self) -> Iterator[Callable[[], Tally]]:
        """Everything that is called inside; the tally may be asked for during and after."""
        with self._lock:
            first = len(self._rpcs)
        yield lambda: Tally(tuple(self._rpcs[first:]))

    def intercept_unary_unary(self, proceed: Any, details: Any, request: Any) -> Any:
        rpc = self._begun(details.method)
        outcome = proceed(details, request)
        rpc.ended, rpc.failed = perf_counter(), outcome.exception() is not None
        if rpc.method == "Commit":
            writes = request.writes
            rpc.writes, rpc.written = len(writes), tuple(_collection(one) for one in writes)
        return outcome

    def intercept_unary_stream(self, proceed: Any, details: Any, request: Any) -> Any:
        rpc = self._begun(details.method)
        rpc.reads = 1 if rpc.method == "RunQuery" else 0
        return _Counted(proceed(details, request), rpc)

    def _begun(self, method: str) -> Rpc:
        now = perf_counter()
        rpc = Rpc(method.rsplit("/", 1)[-1], now, now)
        with self._lock:
            self._rpcs.append(rpc)
        if self.delay_seconds:
            sleep(self.delay_seconds)
        return rpc


def _collection(write: Any) -> str:
    name: str = write.delete or write.update.name  # projects/p/databases/d/documents/visits/v-1/...
    return "/".join(name.split("/")[5:-1:2])


class _Counted:
    """A stream of documents that counts what passes."""

    def __init__(self, stream: Any, rpc: Rpc) -> None:
        self._stream = stream
        self._rpc = rpc
        self._documents = 0

    def __iter__(self) -> Iterator[Any]:
        return self

    def __next__(self) -> Any:
        message = next(self._stream)
        self._rpc.ended = perf_counter()
        if any(map(message.HasField, DOCUMENT[self._rpc.method])):
            self._documents += 1
            self._rpc.reads = self._documents
        return message

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def channel_through(interceptor: Any) -> grpc.Channel:
    """To the emulator as production has one to Google, with a meter or a saboteur on it."""
    return grpc.intercept_channel(firestore_channel(emulator()), interceptor)


def emulator() -> str:
    """Host and port. Raises KeyError where none is told."""
    return os.environ["FIRESTORE_EMULATOR_HOST"]


def depth_by_delay(
    acts: Iterator[Callable[[], object]], meter: Meter, delay_seconds: float, rounds: int
) -> float:
    """By how many delays an act gets slower when every call is held back by one: the depth, nearly.

    Each act is fresh, arranged outside of the time. The shortest of the rounds counts: disturbance only adds.
    """

    def shortest(delay: float) -> float:
        times = []
        for _ in range(rounds):
            act = next(acts)
            meter.delay_seconds = delay
            began = perf_counter()
            act()
            times.append(perf_counter() - began)
            meter.delay_seconds = 0.0
        return min(times)

    return (shortest(delay_seconds) - shortest(0.0)) / delay_seconds
