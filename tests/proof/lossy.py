"""Firestore behind a line that loses calls: the request on its way there, or only the reply."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import cache
from math import sqrt
from typing import Any, Final

import grpc

from shared.adapters.firestore import FirestoreDocuments
from shared.kernel.ports import OutcomeUnknown, Write
from tests.bench.meter import channel_through, emulator

COMMIT: Final = "/google.firestore.v1.Firestore/Commit"
TRIES_TO_WAKE_MAX: Final = 5
DEVIATIONS_MAX: Final = 3
"""So many standard deviations fewer than are to be lost in the middle is still bad luck."""


class Fate(StrEnum):
    """What the line does to one commit."""

    HOLDS = "holds"
    REQUEST_LOST = "request lost"
    REPLY_LOST = "reply lost"


def hardly_lost(losses: Counter[Fate], share: float) -> list[str]:
    """In words, where the line let nearly all replies through: what it was there for was not asked."""
    lost, commits = losses[Fate.REPLY_LOST], losses.total()
    deviation = sqrt(commits * share * (1 - share))
    if commits and lost >= commits * share - DEVIATIONS_MAX * deviation:
        return []
    return [f"{lost} replies to {commits} commits were lost, which is no share of {share}"]


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


@cache
def wake_firestore() -> None:
    """An emulator loads half of itself at its first commit: on a busy machine longer than an action waits."""
    documents = FirestoreDocuments("demo-first-commit", emulator())
    for _ in range(TRIES_TO_WAKE_MAX):
        with suppress(OutcomeUnknown):
            documents.commit([Write("first/commit", {"it": "lands"})])
            return


def firestore_through(project: str, line: Any) -> FirestoreDocuments:
    """Firestore with an interceptor on its channel."""
    wake_firestore()
    return FirestoreDocuments(project, emulator(), channel_through(line))
