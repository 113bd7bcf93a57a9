"""Does the net catch fish? Tests that leak on purpose, each in another place, all fail, and say where."""

import re
import subprocess
import sys
from collections.abc import Mapping

import pytest

from tests.canaries import canaries, found_in
from tests.emulator_world import is_possible
from tests.leaks import PLACES

TOLD = re.compile(r"^tests/stories/fish\.py::test_(\w+)(?:\[(\w+)\])?: personal data in (.*)$", re.MULTILINE)
PASSED = re.compile(r"^PASSED tests/stories/fish\.py::test_(\w+)", re.MULTILINE)
FISH_MIN = 14


def go_fishing(body: str) -> tuple[Mapping[str, str], set[str]]:
    """What was said of each test that failed, and the tests that passed."""
    words = ["tests/stories/fish.py", "-rA", "-k", body, "-p", "no:randomly"]
    told = subprocess.run([sys.executable, "-m", "pytest", *words], capture_output=True, text=True).stdout
    return {name: where for name, _, where in TOLD.findall(told)}, set(PASSED.findall(told))


@pytest.mark.parametrize(
    "body", ["not emulator", pytest.param("emulator", marks=[pytest.mark.emulator, pytest.mark.slow])]
)
def test_every_leak_is_seen_where_it_happens(body: str) -> None:
    if body == "emulator" and (reason := is_possible()):
        pytest.skip(reason)

    caught, passed = go_fishing(body)

    assert {name for name in passed if not name.endswith("leaks_nothing")} == set()
    assert passed
    assert len(caught) >= (FISH_MIN if body == "not emulator" else FISH_MIN - 5)
    for name, where in caught.items():
        assert name.replace("_", " ").startswith(where.partition(":")[0]), (name, where)
    assert {where.partition(":")[0] for where in caught.values()} >= set(PLACES) - {"log"}


@pytest.mark.parametrize(
    "text",
    [
        "Dr Zielińska",
        "Zieli\\u0144ska",
        "?name=Zieli%C5%84ska",
        "+48512000001",
        "To=%2B48512000001",
        "512 000 001",
        "512-000-001",
        "84031742128",
        "zofia@example.org",
        '{"birth_date":"1950-03-14"}',
        "ul. Kwiatowa 7/12",
        "passport FE482913",
    ],
)
def test_a_canary_is_found_in_every_dress(text: str) -> None:
    assert found_in(text)


TRACE = "traces/7e0620ccf514000012d31eee09274243"  # these digits are a phone's, by chance
DIGEST = "markers/7e0620ccf514000012d31eee0927424301abcdef"


@pytest.mark.parametrize(
    "text",
    ["d-anna", "SM" + "0" * 31 + "1", "2026-11-24T09:00:00Z", "Mokotów", "annals", "512000", TRACE, DIGEST],
)
def test_ids_and_times_are_no_canaries(text: str) -> None:
    assert found_in(text) == []


def test_everybody_who_was_made_up_is_known() -> None:
    """Four doctors and a patient of the tests, six of the demos, and all names that a seed can draw."""
    assert canaries().tokens >= {"Anna", "Wrona", "Malinowska", "Oksana", "Nováková", "zofia@example.org"}
    assert len(canaries().tokens) > 250
