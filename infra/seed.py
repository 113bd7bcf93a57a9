"""Fills a staging environment with the invented patients of the local cloud: `python -m infra.seed URL`

Through the doors that people use: an operator's token in VISITA_TOKEN, an administrator's in
VISITA_ADMIN_TOKEN, both from the app. Waits until the directory has come from the customer's test system
(CUSTOMER_API_URL of the environment). Nobody is there twice. Texts of staging go out: all patients have the
phone in VISITA_SEED_PHONE, your own, or none.
"""

import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from functions.directory.read_sync import ReadSync, read_sync
from functions.patients.identify_patient import IdentifyPatient, identify_patient
from functions.patients.register_patient import RegisterPatient, register_patient
from infra.local.demos.app import App, Refused
from infra.local.demos.people import PATIENTS
from shared.kernel.actors import Actor, Role

SECONDS_MAX: Final = 600
LOOK_AGAIN_SECONDS: Final = 5.0
TOKENS: Final = {Role.OPERATOR: "VISITA_TOKEN", Role.ADMIN: "VISITA_ADMIN_TOKEN"}


class NotSeeded(Exception):
    """The message says what is missing."""


@dataclass(frozen=True)
class Given:
    """Who has signed in already, and brought their token."""

    tokens: dict[str, str]

    def token(self, role: str, record_id: str, tenant: str, person: str) -> str:
        return self.tokens[role]


def seed(url: str, tokens: dict[str, str], phone: str, rest: Callable[[float], None] = time.sleep) -> str:
    """One line of figures. Raises NotSeeded, Refused."""
    app = App(url.rstrip("/"), Given(tokens))
    collections = _directory_came(app, rest)
    new = sum(_put_on_file(app, reachable_by(phone, one)) for one in PATIENTS)
    return (
        f"{collections} collections of the directory are there, {len(PATIENTS)} patients, {new} of them new"
    )


def reachable_by(phone: str, person: RegisterPatient) -> RegisterPatient:
    """Invented numbers may be somebody's: nobody but you is texted."""
    guardian = person.guardian and person.guardian.but(phone=phone)
    return person.but(phone=phone if person.phone else "", guardian=guardian)


def _directory_came(app: App, rest: Callable[[float], None]) -> int:
    for _ in range(round(SECONDS_MAX / LOOK_AGAIN_SECONDS)):
        told = app.call(read_sync, ReadSync(), _of(Role.ADMIN)).collections
        behind = [one.collection for one in told if one.checked_at is None or one.trouble]
        if not behind:
            return len(told)
        rest(LOOK_AGAIN_SECONDS)
    raise NotSeeded(
        f"{', '.join(behind)} did not come within {SECONDS_MAX} s: GET /v1/directory/sync says why"
    )


def _put_on_file(app: App, person: RegisterPatient) -> bool:
    """Whether they were not there yet."""
    asked = IdentifyPatient(
        identifiers=person.identifiers, newborn=person.newborn, birth_date=person.birth_date
    )
    if app.call(identify_patient, asked, _of(Role.OPERATOR)).patient is not None:
        return False
    app.call(register_patient, person, _of(Role.OPERATOR))
    return True


def _of(role: Role) -> Actor:
    return Actor(role=role, tenant_id="of-the-token", user_id="of-the-token")


def main(words: Sequence[str]) -> int:
    tokens = {str(role): os.environ.get(name, "") for role, name in TOKENS.items()}
    if len(words) != 1 or not all(tokens.values()):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        print(seed(words[0], tokens, os.environ.get("VISITA_SEED_PHONE", "")))
    except (NotSeeded, Refused) as why:
        print(f"Not seeded: {why}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
