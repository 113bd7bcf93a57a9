"""Prints a token for curl, of somebody who signs in for it: `./emulator.sh token ROLE`; and makes some up.

They open the functions while FIREBASE_AUTH_EMULATOR_HOST is set, and nothing anywhere else: they are
unsigned. One that is made up (`mint`) opens nothing unless a member record says the same.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from infra.local.auth import organisations
from infra.local.auth.account import Account
from infra.local.auth.browser import NotLetIn
from infra.local.auth.tokens import Session, id_token
from infra.local.surroundings import browser_from
from shared.kernel.actors import Role

PEOPLE = sorted(role for role in Role if role is not Role.SYSTEM)
"""The system has no user: tasks, schedules and webhooks prove themselves in other ways."""

USUAL: Final = {"doctor": "doctor-0001", "employer": "employer-0001", "partner": "partner-1"}


def mint(
    role: Role,
    record_id: str,
    tenant_id: str,
    uid: str,
    project: str,
    *,
    idp_tenant: str | None = None,
    signed_in_ago: timedelta = timedelta(0),
) -> str:
    """As if this user had signed in then; good for an hour of real time from now on."""
    claims = {"tenant_id": tenant_id, "role": role.value, "record_id": record_id}
    session = Session(project, idp_tenant, uid, "custom", claims)
    now = datetime.now(UTC)
    return id_token(Account(uid, created=now, last_login=now - signed_in_ago), session, now)


def main(words: Sequence[str], env: Mapping[str, str]) -> int:
    """Somebody of that role signs in at their organisation's provider, as in a browser."""
    parser = argparse.ArgumentParser(prog="./emulator.sh token", description="Print a token for curl.")
    parser.add_argument("role", choices=[role.value for role in PEOPLE])
    parser.add_argument(
        "--record", default="", help="the doctor, patient, employer or partner they stand for"
    )
    home = env.get("VISITA_TENANT", "vm")
    known = f"{home}, or the second one, {organisations.SECOND}"
    parser.add_argument("--tenant", default=home, help=known)
    parser.add_argument("--person", default="", help="who signs in; default: ROLE-RECORD")
    asked = parser.parse_args(words)
    record = asked.record or _usual_record(asked.role, asked.tenant, env)
    person = asked.person or "-".join(filter(None, (asked.role, record)))
    try:
        print(browser_from(env).token(asked.role, record, asked.tenant, person))
    except (NotLetIn, OSError) as why:
        print(f"No token: {why}", file=sys.stderr)
        return 1
    return 0


def _usual_record(role: str, tenant: str, env: Mapping[str, str]) -> str:
    """Somebody whom `up` has put on file; "" for staff."""
    if role != Role.PATIENT or tenant != env.get("VISITA_TENANT", "vm"):
        return USUAL.get(role, "")
    from infra.local.demos.cloud import cloud_from
    from infra.local.demos.people import ZOFIA
    from infra.local.seed import put_on_file

    return put_on_file(cloud_from(env), ZOFIA)
