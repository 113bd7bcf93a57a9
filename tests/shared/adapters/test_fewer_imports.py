"""A library that is put off or hidden is not loaded, and nobody who needs it can tell."""

import subprocess
import sys

import pytest

PUT_OFF = """
import sys
from shared.adapters.fewer_imports import hidden, postpone, stood_in
postpone("cryptography.x509")
"""


def run(code: str) -> str:
    """In a process of its own, where nothing of the library has been loaded."""
    done = subprocess.run([sys.executable, "-c", PUT_OFF + code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_who_imports_it_at_the_top_and_never_uses_it_does_not_load_it() -> None:
    assert run("from google.auth import jwt\nprint('cryptography.x509.base' in sys.modules)") == "False"


@pytest.mark.parametrize(
    "use", ["import asyncio.events", "from asyncio import subprocess", "import asyncio.streams as it", ""]
)
def test_a_package_whose_parts_need_the_whole_is_whole(use: str) -> None:
    code = f"postpone('asyncio', whole=True)\n{use}\nimport asyncio\nprint(asyncio.run(asyncio.sleep(0, 7)))"
    assert run(code) == "7"


@pytest.mark.parametrize(
    "use",
    [
        "from cryptography import x509; it = x509.Certificate",
        "from cryptography.x509 import Certificate as it",
        "import cryptography.x509; it = cryptography.x509.Certificate",
        "import cryptography.x509 as them; it = them.base.Certificate",
        "from cryptography.x509.base import Certificate as it",
        "from cryptography.x509 import *; it = Certificate",
        "from firebase_admin import auth; from cryptography.x509 import Certificate as it",
    ],
)
def test_who_uses_it_afterwards_finds_all_of_it(use: str) -> None:
    same = "from cryptography.x509 import Certificate, load_pem_x509_certificate\nprint(it is Certificate)"
    assert run(f"{use}\n{same}") == "True"


def test_what_it_does_not_have_is_missed_as_ever() -> None:
    told = run("try:\n    from cryptography.x509 import Nothing\nexcept ImportError as e:\n    print(e.name)")
    assert told == "cryptography.x509"


PART = "postpone('grpc.aio', of_itself=True)\nprint('grpc' in sys.modules)\nimport grpc\n"


def test_a_part_is_put_off_before_its_package_is_loaded() -> None:
    told = run(f"{PART}print('grpc.aio._call' in sys.modules, grpc.aio is sys.modules['grpc.aio'])")
    assert told.split() == ["False", "False", "True"]


@pytest.mark.parametrize("use", ["from grpc.aio import Call as it", "it = grpc.aio.Call"])
def test_the_part_is_found_by_who_uses_it(use: str) -> None:
    assert run(f"{PART}{use}\nfrom grpc.aio._call import Call\nprint(it)").endswith("_base_call.Call'>")


def test_what_is_loaded_stays_as_it_is() -> None:
    assert run("import json\nbefore = json\npostpone('json')\nprint(sys.modules['json'] is before)") == "True"


@pytest.mark.parametrize("name", ["no_such_library", "json.no_such_part"])
def test_what_is_not_there_is_missed(name: str) -> None:
    assert name in run(f"try:\n    postpone({name!r})\nexcept ModuleNotFoundError as e:\n    print(e)")


@pytest.mark.parametrize("before", ["", "import wave"])
def test_what_is_hidden_is_there_again_afterwards(before: str) -> None:
    tried = (
        "try:\n        import wave\n        print('seen')\n    except ImportError:\n        print('hidden')"
    )
    assert (
        run(f"{before}\nwith hidden('wave'):\n    {tried}\nimport wave\nprint(wave.__name__)")
        == "hidden\nwave"
    )


DERIVES = """
import types
with stood_in("wave"):
    import wave
    class Ours(wave.Wave_read):
        pass
    user = types.SimpleNamespace(wave=wave)
    is_package = hasattr(wave, "__path__")
print([one.__name__ for one in Ours.__bases__], is_package, sys.modules.get("wave"))
"""


def test_what_something_stands_in_for_is_not_loaded() -> None:
    assert run(DERIVES) == "['Absent'] False None"


def test_who_met_the_stand_in_finds_the_real_one_afterwards() -> None:
    told = run(f"{DERIVES}\nfound = user.wave.Wave_read\nimport wave\nprint(found is wave.Wave_read)")
    assert told.splitlines()[-1] == "True"
