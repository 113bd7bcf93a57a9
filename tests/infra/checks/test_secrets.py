"""The check of secrets sees a key that somebody is about to commit, whatever a comment beside it says."""

from pathlib import Path

import pytest

from infra.checks.secrets import as_baseline, complaints, found_in, known_in

KEY = "AKIA" + "Z7QK5M2XW4N8RD6T"
WORD = "pass" + "word"
LINES = {
    "a cloud's key": f'key = "{KEY}"\n',
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----\n",
    "a password": f'{WORD} = "correct-horse-battery"\n',
    "a key that a comment excuses": f'key = "{KEY}"  # pragma: allowlist secret\n',
}


@pytest.mark.parametrize("line", LINES.values(), ids=LINES)
def test_a_new_key_is_told_with_its_place_and_not_its_value(tmp_path: Path, line: str) -> None:
    (tmp_path / "settings.py").write_text(f"\n{line}")
    told = complaints(found_in(["settings.py"], tmp_path), {})
    assert [one.rpartition(":")[0] for one in told] == ["settings.py:2"]
    assert KEY not in told[0]


def test_what_is_known_needs_a_reason_and_goes_when_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / "settings.py").write_text(LINES["a cloud's key"])
    found = found_in(["settings.py"], tmp_path)
    known = known_in(as_baseline(dict.fromkeys(found, "opens a twin")))
    assert complaints(found, known) == []
    assert complaints(found, dict.fromkeys(found, "")) == [
        "settings.py: AWS Access Key is known without a reason"
    ]
    assert complaints({}, known) == ["settings.py: AWS Access Key is known and no longer there"]
