"""Runs the mailbox: `python -m infra.local.mailbox`, configured by the environment."""

import logging
import sys
from os import environ

from infra.local.control import serve_until_told
from infra.local.mailbox.twin import MailboxTwin
from infra.local.surroundings import clock_from

if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, stream=sys.stdout, format="%(asctime)s %(name)s %(message)s")
    page, smtp = int(environ.get("PORT_MAILBOX", "28410")), int(environ.get("PORT_SMTP", "28409"))
    twin = MailboxTwin(page, smtp, clock=clock_from(environ))
    serve_until_told(twin, f"mailbox on {twin.url}, SMTP on 127.0.0.1:{smtp}")
