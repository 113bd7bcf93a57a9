"""The running local cloud as a visitor finds it by its environment: the application, phones, clock."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final, TypeVar

import requests

from infra.local.advance import advance_clock
from infra.local.clock import MovableClock
from infra.local.demos.app import App
from infra.local.surroundings import browser_from, clock_from, public_url_from
from shared.kernel.actors import Actor, Role

ANSWER_SECONDS_MAX: Final = 60
PATIENCE_SECONDS_MAX: Final = 30.0
LOOK_AGAIN_SECONDS: Final = 0.1
MOVERS: Final = ("tasks", "scheduler", "phones")
"""The parts that do something when time passes."""
PORTS: Final = {
    "auth": ("PORT_AUTH", "28404"),
    "tasks": ("PORT_TASKS_HTTP", "28406"),
    "scheduler": ("PORT_SCHEDULER", "28407"),
    "phones": ("PORT_PHONES", "28408"),
    "mailbox": ("PORT_MAILBOX", "28410"),
    "customer": ("PORT_CUSTOMER", "28411"),
}

ALIVE: Final = {"auth": "/"}
"""What Google's own emulator answers too."""

T = TypeVar("T")


class NothingHappened(Exception):
    """What was waited for did not come."""


@dataclass(frozen=True)
class Cloud:
    app: App
    tenant_id: str
    clock: MovableClock
    urls: Mapping[str, str]
    customer_key: str

    def staff(self, role: Role = Role.OPERATOR) -> Actor:
        return Actor(role=role, tenant_id=self.tenant_id, user_id=f"{role}-demo")

    def get(self, part: str, path: str) -> Any:
        return self._ask("GET", part, path, None)

    def post(self, part: str, path: str, body: object = None) -> Any:
        return self._ask("POST", part, path, body if body is not None else {})

    def is_up(self, part: str) -> bool:
        try:
            return requests.get(f"{self.urls[part]}{ALIVE.get(part, '/healthz')}", timeout=2).ok
        except requests.RequestException:
            return False

    def pass_time(self, by: timedelta) -> None:
        """All that is due on the way happens. Raises AdvanceError."""
        advance_clock(by, self.clock, [self.urls[part] for part in MOVERS])

    def until(self, what: str, look: Callable[[], T | None]) -> T:
        """Waits in real time, for what travels by Pub/Sub and obeys no clock. Raises NothingHappened."""
        give_up = time.monotonic() + PATIENCE_SECONDS_MAX
        while time.monotonic() < give_up:
            found = look()
            if found is not None:
                return found
            time.sleep(LOOK_AGAIN_SECONDS)
        raise NothingHappened(f"{what}: not within {PATIENCE_SECONDS_MAX:g} s")

    def _ask(self, method: str, part: str, path: str, body: object) -> Any:
        key = {"X-Api-Key": self.customer_key} if part == "customer" else None
        url = self.urls[part] + path
        answer = requests.request(method, url, json=body, headers=key, timeout=ANSWER_SECONDS_MAX)
        answer.raise_for_status()
        return answer.json()


def cloud_from(env: Mapping[str, str]) -> Cloud:
    urls = {part: f"http://127.0.0.1:{env.get(name) or usual}" for part, (name, usual) in PORTS.items()}
    url = public_url_from(env).rstrip("/")
    return Cloud(
        app=App(url, browser_from(env)),
        tenant_id=env.get("VISITA_TENANT", "vm"),
        clock=clock_from(env),
        urls={**urls, "gateway": url},
        customer_key=env.get("CUSTOMER_API_KEY", "local-customer-key"),
    )
