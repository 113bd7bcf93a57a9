"""Runs the twin of Cloud Tasks: `python -m infra.local.cloud_tasks`, configured by the environment."""

import logging
import sys
from collections.abc import Mapping
from os import environ

from infra.local.cloud_tasks.twin import CloudTasksTwin, queue_path
from infra.local.control import serve_until_told
from infra.local.surroundings import clock_from, key_from, project_from, state_dir_from

STATE_FILE = "cloud_tasks.json"


def twin_from(env: Mapping[str, str]) -> CloudTasksTwin:
    project = project_from(env)
    queues = [name.strip() for name in env.get("VISITA_QUEUES", "").split(",") if name.strip()]
    return CloudTasksTwin(
        int(env.get("PORT_TASKS", "28405")),
        int(env.get("PORT_TASKS_HTTP", "28406")),
        clock=clock_from(env),
        key=key_from(env),
        state_file=state_dir_from(env) / STATE_FILE,
        queues=[queue_path(project, name) for name in queues],
        auto_queues=env.get("VISITA_TASKS_AUTO_QUEUES", "1") == "1",
    )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(name)s %(message)s")
    twin = twin_from(environ)
    serve_until_told(twin, f"Cloud Tasks on {twin.host}, control on {twin.url}")
