"""A part of a library is loaded alone, and nobody else in the process can tell."""

import subprocess
import sys

import pytest

PART = """
import sys
from shared.adapters.partial_imports import part_of
types = part_of("google.cloud.firestore_v1", "types")
"""


def run(code: str) -> str:
    """In a process of its own, where nothing of the library has been loaded."""
    done = subprocess.run([sys.executable, "-c", PART + code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_part_is_loaded_without_the_rest() -> None:
    told = run("print('google.cloud.firestore_v1.client' in sys.modules, types.CommitRequest.__name__)")
    assert told == "False CommitRequest"


@pytest.mark.parametrize(
    "afterwards",
    [
        "from google.cloud import firestore; whole = firestore.Client",
        "from google.cloud.firestore_v1 import Client as whole",
        "import google.cloud.firestore_v1; whole = google.cloud.firestore_v1.Client",
        "import google.cloud.firestore_v1 as it; whole = it.client.Client",
        "from google.cloud.firestore_v1 import *; whole = Client",
    ],
)
def test_who_wants_the_whole_library_afterwards_gets_it(afterwards: str) -> None:
    same = "from google.cloud.firestore_v1 import types as theirs\nprint(whole.__name__, theirs is types)"
    assert run(f"{afterwards}\n{same}") == "Client True"


def test_what_the_library_does_not_have_is_missed_as_ever() -> None:
    told = run(
        "try:\n    from google.cloud.firestore_v1 import Nothing\nexcept ImportError as e:\n    print(e.name)"
    )
    assert told == "google.cloud.firestore_v1"


def test_a_library_that_is_loaded_stays_as_it_is() -> None:
    told = run("import json\nbefore = json\npart_of('json', 'decoder')\nprint(sys.modules['json'] is before)")
    assert told == "True"


def test_a_library_that_is_not_there_is_missed() -> None:
    told = run(
        "try:\n    part_of('no_such_library', 'types')\nexcept ModuleNotFoundError as e:\n    print(e)"
    )
    assert "no_such_library" in told


def test_a_certificate_is_read_although_its_library_was_put_off() -> None:
    """firebase-admin reads some, in processes where the tokens of services need none."""
    told = run(
        "from shared.adapters.partial_imports import postpone\n"
        "postpone('cryptography.x509')\n"
        "from google.auth import jwt\n"
        "print('cryptography.x509.base' in sys.modules)\n"
        "import cryptography.x509\n"
        "print(cryptography.x509.load_pem_x509_certificate.__name__)"
    )
    assert told.split() == ["False", "load_pem_x509_certificate"]
