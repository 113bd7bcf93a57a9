"""Runs the twin of Cloud Scheduler: `python -m infra.local.scheduler`, configured by the environment."""

import logging
import sys
from collections.abc import Mapping
from os import environ

from infra.local.control import serve_until_told
from infra.local.declarations import read_schedules
from infra.local.scheduler.twin import CloudSchedulerTwin
from infra.local.surroundings import clock_from, declarations_from, key_from, project_from, public_url_from


def twin_from(env: Mapping[str, str]) -> CloudSchedulerTwin:
    return CloudSchedulerTwin(
        int(env.get("PORT_SCHEDULER", "28407")),
        clock=clock_from(env),
        key=key_from(env),
        project=project_from(env),
        public_url=public_url_from(env),
        jobs=read_schedules(declarations_from(env)),
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(name)s %(message)s")
    twin = twin_from(environ)
    serve_until_told(twin, f"Cloud Scheduler on {twin.url}")
