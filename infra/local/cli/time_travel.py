"""Lets time pass in the running cloud, step by step through all that waits, and tells what happened."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import requests
from pydantic import TypeAdapter

from infra.local.advance import AdvanceError, advance_clock
from infra.local.cli import show
from infra.local.clock import MovableClock
from infra.local.cloud_tasks.dispatcher import Entry
from infra.local.scheduler.runner import Ran
from infra.local.stack.part import Refused
from infra.local.stack.supervisor import Supervisor

MOVERS = ("tasks", "scheduler", "phones")
"""The parts that do something when time passes, in the order in which they are asked."""
ANSWER_SECONDS_MAX = 10

_DELIVERIES = TypeAdapter(list[Entry])
_RUNS = TypeAdapter(list[Ran])


def travel(cloud: Supervisor, hands: MovableClock, by: timedelta) -> None:
    """Raises Refused when something could not be got past."""
    urls = {
        part.name: part.url(cloud.setting.ports)
        for part in cloud.parts
        if part.name in MOVERS and cloud.process_of(part.name)
    }
    began = hands.now()
    try:
        steps = advance_clock(by, hands, [urls[name] for name in MOVERS if name in urls]).steps
    except AdvanceError as stuck:
        raise Refused(str(stuck)) from stuck
    for at, what in sorted([*_deliveries(urls, began), *_failed_runs(urls, began)]):
        show.line(f"{_written(at)}  {what}")
    for what in _runs_by_job(urls, began):
        show.line(what, "dim")
    show.line(f"{steps} steps")


def _deliveries(urls: dict[str, str], since: datetime) -> Iterator[tuple[datetime, str]]:
    for one in _DELIVERIES.validate_json(_log_of(urls, "tasks")):
        if one.at >= since:
            name = one.url.rpartition("/")[2]
            yield one.at, f"task      {name}  {one.status or one.result}  attempt {one.attempt}"


def _failed_runs(urls: dict[str, str], since: datetime) -> Iterator[tuple[datetime, str]]:
    for run in _runs(urls, since):
        if run.status != 200:
            yield run.scheduled_at, f"schedule  {run.job}  {run.status or 'no answer'}"


def _runs_by_job(urls: dict[str, str], since: datetime) -> Iterator[str]:
    """Those that went well: there may be one a minute."""
    for job, times in sorted(Counter(run.job for run in _runs(urls, since) if run.status == 200).items()):
        yield f"schedule {job} ran {times} times"


def _runs(urls: dict[str, str], since: datetime) -> Sequence[Ran]:
    return [run for run in _RUNS.validate_json(_log_of(urls, "scheduler")) if run.scheduled_at >= since]


def _log_of(urls: dict[str, str], part: str) -> bytes:
    if part not in urls:
        return b"[]"
    return requests.get(f"{urls[part]}/log", timeout=ANSWER_SECONDS_MAX).content


def _written(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M:%S}Z"
