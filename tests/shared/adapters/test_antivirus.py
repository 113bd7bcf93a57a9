"""The scanner: a clear yes, a clear no, and everything else is no answer."""

import threading

import pytest

from shared.adapters.antivirus import CHUNK_BYTES, Clamd, NoAntivirus, choose_antivirus
from shared.contracts.file_checks import ScannerUnclear
from tests.shared.adapters.clamd_twin import EICAR, a_scanner


def test_a_harmless_file_is_sent_whole_and_passes() -> None:
    content = bytes(range(256)) * (CHUNK_BYTES // 256) + b"and a bit"
    with a_scanner() as twin:
        assert Clamd("127.0.0.1", twin.port).scan(content) == ""
    assert twin.seen == [content]


def test_what_is_found_is_named() -> None:
    with a_scanner() as twin:
        assert Clamd("127.0.0.1", twin.port).scan(b"..." + EICAR) == "Eicar-Test-Signature"


@pytest.mark.parametrize(
    "answer",
    [
        None, b"stream: OK", b"stream: ", b"OK\0", b"stream: OK but\0", b"stream: FOUND\0", b"\xff\0",
        b"INSTREAM size limit exceeded. ERROR\0", b"stream: a b FOUND\0", b"x" * 5000, b"stream: OK\n\0",
    ],
)  # fmt: skip
def test_anything_else_is_no_answer(answer: bytes | None) -> None:
    with a_scanner(says=answer) as twin, pytest.raises(ScannerUnclear):
        Clamd("127.0.0.1", twin.port).scan(b"?")


def test_a_scanner_that_hangs_is_no_answer() -> None:
    free = threading.Event()
    with a_scanner(hangs=free) as twin:
        with pytest.raises(ScannerUnclear):
            Clamd("127.0.0.1", twin.port, timeout_seconds=0.05).scan(b"?")
        free.set()


def test_one_deadline_holds_for_all_of_it() -> None:
    """Each part may be quick and the whole too slow."""
    with a_scanner() as twin, pytest.raises(ScannerUnclear):
        Clamd("127.0.0.1", twin.port, timeout_seconds=1e-9).scan(b"?")


def test_nobody_there_is_no_answer() -> None:
    with a_scanner() as twin:
        port = twin.port
        with pytest.raises(ScannerUnclear):
            Clamd("127.0.0.1", 1).scan(b"?")
        assert Clamd("127.0.0.1", port).scan(b"?") == ""


def test_it_is_chosen_by_setting() -> None:
    assert isinstance(choose_antivirus("off"), NoAntivirus)
    assert isinstance(choose_antivirus("clamd://scanner:3310"), Clamd)
    for wrong in ("scanner:3310", "http://scanner", "clamd://"):
        with pytest.raises(ValueError, match="VISITA_ANTIVIRUS"):
            choose_antivirus(wrong)
