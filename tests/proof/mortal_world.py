"""The world on the emulators, with the functions in a process that dies; then this one takes its place."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import IO, Final

from urllib3.exceptions import HTTPError

from infra.local.gateway import Gateway
from infra.local.rocket_chat.twin import TOKEN, USER, RocketChatTwin
from infra.local.stack.ports import any_free_ports
from shared.runtime import wiring
from shared.runtime.action import Declaration
from shared.runtime.problem import Answer
from shared.runtime.settings import Settings
from tests import leaks
from tests.emulator_world import EmulatorWorld, LocalCloud
from tests.proof.doomed import EXIT_CODE, READY, Doom
from tests.proof.lossy import wake_firestore

TAKE_OVER_SECONDS_MAX: Final = 30
DELIVERIES_MAX: Final = 5


class MortalGateway(Gateway):
    """Serves from a child until that dies, then from this process, which remembers nothing of the child."""

    def __init__(self, port: int, directory: Path) -> None:
        super().__init__(port)
        self.trace = directory / "trace"
        self._log = directory / "child.log"
        self._next = self._spawned()
        self._child: subprocess.Popen[str] | None = None
        self._watch: Thread | None = None

    def begin(self, settings: Settings, point: str, nth: int) -> None:
        """The child that has been waiting takes its place; another one gets ready for next time."""
        self.trace.write_text("")
        child, self._next = self._next, self._spawned()
        doom = Doom(settings=settings, port=self.port, point=point, nth=nth, trace=str(self.trace))
        assert child.stdin is not None
        child.stdin.write(f"{doom.model_dump_json()}\n")
        child.stdin.flush()
        _wait_for_ready(child)
        self._child = child
        self._watch = Thread(target=self._take_over, args=(child,), daemon=True)
        self._watch.start()

    @property
    def has_died(self) -> bool:
        """By itself; asked when it has been killed otherwise."""
        return self._child is not None and self._child.returncode == EXIT_CODE

    def kill(self) -> None:
        """If its hour has not come, it dies now; returns when this process has taken over."""
        if self._child is not None and self._child.poll() is None:
            self._child.kill()
        self.wait()

    def wait(self) -> None:
        if self._watch is not None:
            self._watch.join(TAKE_OVER_SECONDS_MAX)
            assert not self._watch.is_alive(), "the functions did not come back"

    def end(self) -> None:
        """Nobody serves any more, and what the child logged has been looked at."""
        self.kill()
        for line in self._log.read_text().splitlines():
            leaks.look("log", line)
        self._log.write_text("")
        if self._child is not None:
            self.stop()
        self._child = self._watch = None

    def close(self) -> None:
        self.end()
        self._next.kill()
        self._next.wait()

    def _take_over(self, child: subprocess.Popen[str]) -> None:
        child.wait()
        self.start()

    def _spawned(self) -> subprocess.Popen[str]:
        with self._log.open("a") as log:
            return subprocess.Popen(
                [sys.executable, "-c", "from tests.proof.doomed import main; main()"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.PIPE,
                text=True,
            )


def _wait_for_ready(child: subprocess.Popen[str]) -> None:
    assert child.stderr is not None
    said = []
    for line in child.stderr:
        if line.strip() == READY:
            Thread(target=_drain, args=(child.stderr,), daemon=True).start()
            return
        said.append(line)
    raise AssertionError(f"the functions did not start: {''.join(said)}")


def _drain(stream: IO[str]) -> None:
    """What nobody reads would fill the pipe, and the child would wait."""
    for line in stream:
        leaks.look("log", line)


class MortalWorld(EmulatorWorld):
    """Its process ends at the `nth` point of that name; where `nth` is 0, it lives."""

    def __init__(self, around: "MortalCloud", point: str, nth: int) -> None:
        self.gateway, self.rocket = around.gateway, around.rocket
        self.rocket.reset()
        super().__init__(replace(around.cloud, gateway=self.gateway), around.directory)
        bridged = {"bridge": "rocket_chat", "rocket_chat_url": self.rocket.url}
        account = {"rocket_chat_user": USER, "rocket_chat_token": TOKEN}
        self.settings = self.wiring.settings = self.settings.but(**bridged, **account)
        around.cloud.phones.public_url = self.gateway.url
        self.gateway.begin(self.settings, point, nth)

    def deliver(self, action: Declaration, body: bytes = b"{}", retries: int = 0) -> Answer:
        """As Pub/Sub and the scheduler do: what was not digested comes again."""
        for _ in range(DELIVERIES_MAX):
            answer = super().deliver(action, body, retries)
            if answer.status == 200:
                break
        return answer

    def _http(self, method: str, path: str, headers: dict[str, str], body: str | bytes | None) -> Answer:
        """As apps do: who gets no answer asks again, with the same key."""
        try:
            return super()._http(method, path, headers, body)
        except HTTPError:
            self.gateway.wait()
        return super()._http(method, path, headers, body)


@dataclass(frozen=True)
class MortalCloud:
    """What outlives every process, and the place where they live."""

    cloud: LocalCloud
    gateway: MortalGateway
    rocket: RocketChatTwin
    directory: Path


@contextmanager
def mortal_cloud() -> Iterator[MortalCloud]:
    """The twins, and the place of the functions; what they keep outlives every process."""
    wake_firestore()
    with TemporaryDirectory(prefix="visita-kills-") as name:
        directory = Path(name)
        cloud, rocket = LocalCloud.start(directory), RocketChatTwin()
        rocket.start()
        gateway = MortalGateway(any_free_ports()["PORT_GATEWAY"], directory)
        try:
            yield MortalCloud(cloud, gateway, rocket, directory)
        finally:
            gateway.close()
            rocket.stop()
            cloud.stop()
            wiring.use(None)
