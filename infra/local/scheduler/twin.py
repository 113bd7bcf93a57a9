"""The twin of Cloud Scheduler: calls the functions by the clock, and can be asked and told."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict

from infra.local.clock import MovableClock
from infra.local.control import Call, ControlServer, RefusedError, Route
from infra.local.due import Drained, NextDue, Patience
from infra.local.local_key import LocalKey, service_account
from infra.local.scheduler.call import call
from infra.local.scheduler.job import Job
from infra.local.scheduler.runner import Ran, Runner


class Listed(BaseModel):
    """One job and when it occurs next."""

    model_config = ConfigDict(frozen=True)

    name: str
    cron: str
    time_zone: str
    next: datetime


class CloudSchedulerTwin:
    """Calls {public_url}{job.path}; `port` is for control, 0 means any free one."""

    def __init__(
        self,
        port: int = 0,
        *,
        clock: MovableClock,
        key: LocalKey,
        project: str,
        public_url: str,
        jobs: Sequence[Job] = (),
    ) -> None:
        email, base = service_account("scheduler", project), public_url.rstrip("/")
        self._runner = Runner(jobs, clock, lambda run: call(run, base, key, email))
        self._control = ControlServer(self._routes(), port)
        self.port = self._control.port
        self.url = self._control.url

    def start(self) -> None:
        self._runner.start()
        self._control.start()

    def stop(self) -> None:
        self._control.stop()
        self._runner.stop()

    def reset(self) -> None:
        """As just started, by the clock as it is."""
        self._runner.reset()

    def _routes(self) -> Mapping[str, Route]:
        return {
            "GET /jobs": lambda _: self._jobs(),
            "GET /log": lambda _: self._runner.log(),
            "GET /next": lambda _: NextDue(next=self._runner.next_due()),
            "POST /run/": self._run,
            "POST /drain": self._drain,
            "POST /pause": lambda _: self._pause(True),
            "POST /resume": lambda _: self._pause(False),
            "POST /reset": self._reset,
        }

    def _jobs(self) -> list[Listed]:
        return [
            Listed(name=job.name, cron=job.cron, time_zone=job.time_zone, next=next_at)
            for job, next_at in self._runner.next_of_each()
        ]

    def _run(self, asked: Call) -> Ran:
        try:
            ran = self._runner.run_now(asked.rest)
        except KeyError as unknown:
            raise RefusedError(404, f"no job is called {asked.rest}") from unknown
        if ran is None:
            raise RefusedError(409, f"{asked.rest} runs already")
        return ran

    def _drain(self, asked: Call) -> Drained:
        patience = timedelta(seconds=asked.read(Patience).seconds)
        return Drained(drained=self._runner.drain(patience))

    def _pause(self, paused: bool) -> object:
        self._runner.pause(paused)
        return {"paused": paused}

    def _reset(self, _: Call) -> object:
        self.reset()
        return {"status": "ok"}
