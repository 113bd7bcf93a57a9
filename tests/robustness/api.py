"""Every operation of the API under requests that nobody foresaw: over HTTP, through the gateway."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass, field
from typing import Any, Final

import requests
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from infra.local.gateway import Gateway
from shared.runtime import catalog, wiring
from shared.runtime.action import Declaration
from tests import leaks
from tests.robustness.answers import Found, shown, wrong_with
from tests.robustness.callers import Caller, callers, sign_for
from tests.robustness.documented import name_of, operations
from tests.robustness.requests_made import Operation, mangled, near
from tests.robustness.served import Known, ServedWorld

CHANGES_MAX: Final = 12
"""A world wears out: visits are cancelled, patients corrected. After so many changes there is a new one."""
ROUNDS_MAX: Final = 50
"""Hypothesis ends early where it has seen all there is, as of an operation without fields."""
CLOSER_ROUNDS_MAX: Final = 10
CLOSER_EXAMPLES: Final = 40
"""Where nothing was answered 200: more requests, all near to what is on file and by who may call."""
TIMEOUT_SECONDS: Final = 60
TAKEN: Final = ("method", "url", "params", "data", "json", "headers", "cookies", "files")
UNSIGNED: Final = "FIREBASE_AUTH_EMULATOR_HOST"


def run(
    examples: int,
    store: str = "memory",
    number: int = 0,
    told: Callable[[str], None] = print,
    *,
    thorough: bool = False,
    among: Sequence[Operation] = (),
) -> Found:
    """At least so many requests to each operation; `told` hears the name of each before it begins.

    `thorough`: each in a fresh world, and more of them where nothing was answered 200. `among`: default all.
    """
    gateway = Gateway(told=lambda line: None)  # it tells of paths that are made up here
    gateway.start()
    try:
        with unsigned_tokens():
            with redirect_stdout(leaks.WatchedLog()):  # the functions' log
                attack = Attack(gateway, store, thorough)
            for operation in among or operations():
                told(name_of(operation))
                with redirect_stdout(leaks.WatchedLog()):
                    attack.on(operation, examples, number)
        return attack.found
    finally:
        gateway.stop()
        wiring.use(None)


def attacked(examples: int, store: str, number: int, place: int, many: int) -> Found:
    """So many operations from that place on, thoroughly: for a process of their own."""
    portion = operations()[place : place + many]
    found = run(examples, store, number, lambda name: None, thorough=True, among=portion)
    for where in leaks.taken():
        found.note("personal data", where)
    return found


@contextmanager
def unsigned_tokens() -> Iterator[None]:
    """firebase-admin takes tokens without a signature, as beside an emulator; it asks nobody."""
    before = os.environ.get(UNSIGNED)
    os.environ[UNSIGNED] = before or "127.0.0.1:9"
    try:
        yield
    finally:
        if before is None:
            del os.environ[UNSIGNED]


MAY_CALL: Final = st.just(True)
ANYBODY: Final = st.sampled_from((True, True, True, False))


@dataclass
class Attack:
    """One gateway, and one world after another behind it."""

    gateway: Gateway
    store: str = "memory"
    thorough: bool = False
    found: Found = field(default_factory=Found)
    known: Known = field(default_factory=Known)

    def __post_init__(self) -> None:
        self.session = requests.Session()
        self.session.trust_env = False
        self._begin()

    def on(self, operation: Operation, examples: int, number: int) -> None:
        """`number` seeds the requests."""
        close, strange = near(operation, self.known), mangled(operation, self.known)
        ways = [close, close, close, operation.as_strategy(generation_mode=GenerationMode.POSITIVE), strange]
        if operation.query or operation.path_parameters or operation.body or operation.headers:
            ways.append(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        if self.thorough:
            self._renew_if_worn()
        for place in range(ROUNDS_MAX):
            left = examples - self.found.statuses[name_of(operation)].total()
            if left > 0:
                self._round(operation, st.one_of(ways), ANYBODY, left, number * ROUNDS_MAX + place)
        for place in range(CLOSER_ROUNDS_MAX):
            if self.thorough and name_of(operation) in self.found.never_reached:
                self._renew_if_worn()
                self._round(operation, close, MAY_CALL, CLOSER_EXAMPLES, number * ROUNDS_MAX + place)

    def _round(
        self,
        operation: Operation,
        ways: st.SearchStrategy[Any],
        who: st.SearchStrategy[bool],
        examples: int,
        number: int,
    ) -> None:
        action = catalog.find(name_of(operation))

        @seed(number)
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(way=ways, may=who, place=st.sampled_from(range(60)))
        def one(way: Any, may: bool, place: int) -> None:
            self._send(operation, action, way, self._caller(action, may, place))

        one()

    def _caller(self, action: Declaration, may: bool, place: int) -> Caller:
        """Somebody who may call it, or anybody."""
        right = [one for one in self.callers if one.may_call(action)]
        among = right if may else self.callers
        return among[place % len(among)]

    def _send(self, operation: Operation, action: Declaration, way: Any, caller: Caller) -> None:
        try:
            request = self._prepared(operation, way, caller)
            sign_for(action, request, self.world.settings, self.world.clock.now(), caller)
            with leaks.made_up():
                answer = self.session.send(request, timeout=TIMEOUT_SECONDS, allow_redirects=False)
        except (ValueError, requests.exceptions.InvalidHeader):
            return  # no client can send this
        self.found.statuses[action.entry_point][answer.status_code] += 1
        for wrong in wrong_with(operation, action, request, caller, answer):
            self.found.note(f"{action.entry_point}: {wrong}", shown(request, caller, answer))
        self._follow(action, shown(request, caller, answer))
        if answer.ok and not action.reads_only:
            self.changes += 1
        if self.changes == CHANGES_MAX:
            self._renew()

    def _follow(self, action: Declaration, story: str) -> None:
        """What a request sets going must be digested as well."""
        try:
            self.world.settle()
        except AssertionError as undigested:
            self.found.note(f"{action.entry_point}: what followed was not digested", f"{undigested}\n{story}")

    def _prepared(self, operation: Operation, way: Any, caller: Caller) -> requests.PreparedRequest:
        """Raises ValueError for what is not Latin-1 in a header, and for what no URL can hold."""
        if isinstance(way, tuple):
            url, headers, body = way
            given = {
                "method": operation.method,
                "url": self.gateway.url + url,
                "data": body,
                "headers": headers,
            }
        else:
            whole = way.as_transport_kwargs(base_url=self.gateway.url)
            given = {name: one for name, one in whole.items() if name in TAKEN}
        headers = {name: one for name, one in given["headers"].items() if name != "Authorization"}
        sent = {name: str(one).encode("latin-1") for name, one in {**headers, **caller.headers}.items()}
        return self.session.prepare_request(requests.Request(**{**given, "headers": sent}))

    def _renew_if_worn(self) -> None:
        """What one operation has used up the next would look for in vain."""
        if self.changes:
            self._renew()

    def _renew(self) -> None:
        self.world.forget()
        self._begin()

    def _begin(self) -> None:
        self.world = ServedWorld(self.gateway, self.store)
        self.known.by_name = self.world.seeded().by_name
        self.callers = callers(self.world.project)
        self.changes = 0
