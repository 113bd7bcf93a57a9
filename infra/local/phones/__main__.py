"""Runs the phones: `python -m infra.local.phones`, configured by the environment."""

import logging
import sys
from collections.abc import Mapping
from datetime import timedelta
from os import environ

import requests

from infra.local.advance import advance_clock
from infra.local.control import serve_until_told
from infra.local.phones.twin import PhonesTwin
from infra.local.stack.environment import INVENTED
from infra.local.surroundings import clock_from, public_url_from

MOVERS = {"PORT_TASKS_HTTP": "28406", "PORT_SCHEDULER": "28407", "PORT_PHONES": "28408"}
"""Where things happen when time passes. A part that is not up has nothing to do."""


def twin_from(env: Mapping[str, str]) -> PhonesTwin:
    known = INVENTED | {name: env[name] for name in INVENTED if env.get(name)}
    clock = clock_from(env)
    movers = [f"http://127.0.0.1:{env.get(name) or usual}" for name, usual in MOVERS.items()]

    def advance(by: timedelta) -> None:
        advance_clock(by, clock, [url for url in movers if _is_up(url)])

    return PhonesTwin(
        int(env.get("PORT_PHONES", "28408")),
        public_url_from(env),
        account_sid=known["TWILIO_ACCOUNT_SID"],
        auth_token=known["TWILIO_AUTH_TOKEN"].split(",")[0],  # those behind it are on their way out
        senders=[number.strip() for number in known["VISITA_SENDER_NUMBERS"].split(",") if number.strip()],
        clock=clock,
        service_sid=env.get("TWILIO_MESSAGING_SERVICE_SID", ""),
        advanced_opt_out=env.get("TWILIO_ADVANCED_OPT_OUT", "") == "1",
        advance=advance,
    )


def _is_up(url: str) -> bool:
    try:
        return requests.get(f"{url}/healthz", timeout=2).ok
    except requests.RequestException:
        return False


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(name)s %(message)s")
    twin = twin_from(environ)
    serve_until_told(twin, f"phones on {twin.url}, webhooks to {twin.public_url}")
