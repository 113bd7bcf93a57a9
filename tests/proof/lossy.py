"""Firestore behind a line that loses calls: the request on its way there, or only the reply."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

import grpc

from shared.adapters.firestore import FirestoreDocuments
from tests.bench.meter import MeteredClient

COMMIT = "/google.firestore.v1.Firestore/Commit"


class Fate(StrEnum):
    """What the line does to one commit."""

    HOLDS = "holds"
    REQUEST_LOST = "request lost"
    REPLY_LOST = "reply lost"


class Lost(grpc.RpcError, grpc.Call):  # type: ignore[misc]  # grpc ships no types
    """A call whose connection broke, as the client sees it."""

    def result(self) -> None:
        raise self

    def exception(self) -> "Lost":
        return self

    def code(self) -> grpc.StatusCode:
        return grpc.StatusCode.UNAVAILABLE

    def details(self) -> str:
        return "lost on purpose"

    def trailing_metadata(self) -> tuple[()]:
        return ()


class LossyLine(grpc.UnaryUnaryClientInterceptor):  # type: ignore[misc]  # grpc ships no types
    """Asks for the fate of every commit, in the thread that makes it."""

    def __init__(self, fate: Callable[[], Fate]) -> None:
        self._fate = fate

    def intercept_unary_unary(self, proceed: Any, details: Any, request: Any) -> Any:
        fate = self._fate() if details.method == COMMIT else Fate.HOLDS
        if fate == Fate.REQUEST_LOST:
            return Lost()
        outcome = proceed(details, request)
        if fate == Fate.REPLY_LOST:
            outcome.exception()  # it has arrived, and was done or refused
            return Lost()
        return outcome


def firestore_through(project: str, line: Any) -> FirestoreDocuments:
    """Firestore with an interceptor on its channel."""
    return FirestoreDocuments(project, MeteredClient(project, line))
