"""Prints a token for curl: python -m infra.local.auth.token ROLE [--record ID] [--tenant ID] [--uid ID]

It opens the functions while FIREBASE_AUTH_EMULATOR_HOST is set, and nothing anywhere else: it is
unsigned.
"""

import argparse
import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from infra.local.auth.account import Account
from infra.local.auth.tokens import Session, id_token
from shared.kernel.actors import Role

PEOPLE = sorted(role for role in Role if role is not Role.SYSTEM)
"""The system has no user: tasks, schedules and webhooks prove themselves in other ways."""


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


def main(words: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="./emulator.sh token", description="Print a token for curl.")
    parser.add_argument("role", choices=[role.value for role in PEOPLE])
    parser.add_argument("--record", default="", help="the doctor, patient, employer or partner he stands for")
    parser.add_argument("--tenant", default=os.environ.get("VISITA_TENANT", "vm"))
    parser.add_argument("--uid", default="", help="default: ROLE-RECORD")
    asked = parser.parse_args(words)
    uid = asked.uid or "-".join(filter(None, (asked.role, asked.record)))
    project = os.environ.get("VISITA_PROJECT", "demo-visita")
    print(mint(Role(asked.role), asked.record, asked.tenant, uid, project))


if __name__ == "__main__":
    main()
