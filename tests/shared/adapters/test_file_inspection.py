"""The child that reads strangers' files: what kills it speaks against the file; it knows no secrets."""

import resource
import subprocess
import sys

import pytest

from shared.adapters import file_inspection
from shared.adapters.file_inspection import ROOT, ChildInspector, InspectionBroken
from shared.adapters.inspection_child import CPU_SECONDS_MAX, MEMORY_MAX
from shared.contracts.documents import Reason
from shared.contracts.file_checks import BYTES_MAX, Inspected
from tests.functions.documents.papers import JPEG, PDF, a_pdf, a_picture

CHILDREN = {
    "prints nothing more": "",
    "prints what is no answer": 'print(\'{"reason": "whatever"}\')',
    "is killed": "import os; os.kill(os.getpid(), 9)",
    "uses more memory than it may": f"bytearray({2 * MEMORY_MAX})",
    "ends with an error": "raise SystemExit(3)",
}
READY = (
    "import sys; from shared.adapters import inspection_child as it; it._limit();print('ready', flush=True)\n"
)


def test_it_tells_how_many_pages_and_pixels() -> None:
    assert ChildInspector().inspect(a_pdf(pages=3), PDF) == Inspected(pages=3)
    assert ChildInspector().inspect(a_picture("JPEG", 30, 20), JPEG) == Inspected(pixels=600)


@pytest.mark.parametrize("name", CHILDREN)
def test_what_kills_the_child_speaks_against_the_file(name: str) -> None:
    inspector = ChildInspector(command=(sys.executable, "-c", READY + CHILDREN[name]))
    assert inspector.inspect(b"?", PDF) == Inspected(reason=Reason.TOO_COMPLEX)


def test_a_child_that_takes_too_long_is_ended() -> None:
    waits = (sys.executable, "-c", READY + "sys.stdin.read(); import time; time.sleep(60)")
    inspector = ChildInspector(command=waits, seconds_max=2.0)
    assert inspector.inspect(b"?", PDF) == Inspected(reason=Reason.TOO_COMPLEX)


def test_a_child_that_cannot_begin_says_nothing_about_the_file() -> None:
    with pytest.raises(InspectionBroken):
        ChildInspector(command=(sys.executable, "-c", "raise SystemExit(1)")).inspect(b"?", PDF)


def test_it_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISITA_SEAL_KEYS", "secret")
    tells = (
        READY + "import os; print('{\"pages\": %d}' % len([one for one in os.environ if 'VISITA' in one]))"
    )
    assert ChildInspector(command=(sys.executable, "-c", tells)).inspect(b"?", PDF) == Inspected(pages=0)


def test_its_limits_are_set_before_it_reads() -> None:
    asks = (
        "from shared.adapters import inspection_child as it; import resource; it._limit();"
        "print([resource.getrlimit(one)[0] for one in (resource.RLIMIT_AS, resource.RLIMIT_CPU,"
        " resource.RLIMIT_FSIZE)])"
    )
    done = subprocess.run([sys.executable, "-c", asks], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str([MEMORY_MAX, CPU_SECONDS_MAX, 0])
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 0  # ours are untouched


def test_more_than_may_be_uploaded_is_not_read() -> None:
    assert ChildInspector().inspect(bytes(BYTES_MAX + 1), PDF).reason == Reason.TOO_LARGE
    assert file_inspection.SECONDS_MAX > CPU_SECONDS_MAX
