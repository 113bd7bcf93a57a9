"""What may come back: a documented status, of a documented kind and shape, right for who asked."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import requests
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.runtime.action import Declaration
from tests.robustness.callers import Caller
from tests.robustness.requests_made import Operation

CHECKS: Final[list[Any]] = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SERVER_ERROR: Final = 500
STORIES_MAX: Final = 3
"""Of one kind; the rest are counted."""
SHOWN_MAX: Final = 600


@dataclass
class Found:
    """What came of it all: statuses by operation, and what was wrong, by operation and kind."""

    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    counts: Counter[str] = field(default_factory=Counter)
    stories: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def note(self, kind: str, story: str) -> None:
        self.counts[kind] += 1
        if len(self.stories[kind]) < STORIES_MAX:
            self.stories[kind].append(story)

    def add(self, other: "Found") -> None:
        """What came of other operations."""
        self.statuses |= other.statuses
        self.counts += other.counts
        self.stories |= other.stories

    def told(self) -> Iterator[str]:
        """Lines for a person: whatever was wrong."""
        for kind, count in sorted(self.counts.items()):
            yield f"{count} x {kind}"
            yield from self.stories[kind]
        for name in self.never_reached:
            yield f"no request to {name} was answered 200: what it answers then was not looked at"

    @property
    def requests(self) -> int:
        return sum(counts.total() for counts in self.statuses.values())

    @property
    def fewest(self) -> int:
        return min((counts.total() for counts in self.statuses.values()), default=0)

    @property
    def server_errors(self) -> int:
        return sum(
            count for one in self.statuses.values() for status, count in one.items() if status >= SERVER_ERROR
        )

    @property
    def never_reached(self) -> list[str]:
        """Operations whose rules no request has passed: nothing is known of what they answer then."""
        return sorted(name for name, counts in self.statuses.items() if not counts[200])


def wrong_with(
    operation: Operation,
    action: Declaration,
    request: requests.PreparedRequest,
    caller: Caller,
    answer: requests.Response,
) -> Iterator[str]:
    """Nobody else calls this server, so a 503 is not documented here either: nothing is ever busy."""
    if answer.status_code >= SERVER_ERROR:
        yield f"{answer.status_code}"
    if not leads_to(action, str(request.url)):
        return  # to nowhere, or to another operation, as /v1/house-visits/./activity does
    only = caller.must_get(action)
    if only not in (None, answer.status_code):
        yield f"{answer.status_code} for whom only {only} is meant"
    if answer.headers.get("Cache-Control") != "no-store":
        yield "an answer that may be kept"
    try:
        # Answers are documented alike for every request.
        any_case = operation.Case(path_parameters={one.name: "x" for one in operation.path_parameters})
        any_case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        yield from (f"{type(one).__name__}: {str(one)[:SHOWN_MAX]}" for one in group.exceptions)


def leads_to(action: Declaration, url: str) -> bool:
    """Whether this URL is one of the action's, as a load balancer and functions-framework see it."""
    path = unquote(urlsplit(url).path, errors="replace")
    pattern = re.sub(r"\\\{\w+\\\}", "[^/:\n]+", re.escape(action.path))
    return re.fullmatch(pattern, path) is not None


def shown(request: requests.PreparedRequest, caller: Caller, answer: requests.Response) -> str:
    """One request and its answer, for a person to read and repeat."""
    told = {name: one for name, one in request.headers.items() if name in ("If-Match", "Content-Type")}
    body = repr(request.body)[:SHOWN_MAX]
    return (
        f"  {caller.name}: {request.method} {request.url}\n  {told} {body}\n"
        f"  -> {answer.status_code} {answer.text[:SHOWN_MAX]}"
    )
