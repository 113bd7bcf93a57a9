"""Whose mistakes are looked for, how many must be found, and what is no rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.mutation.covered import ADMITS, DOMAIN
from tests.mutation.mutants import ROOT, Source

TABLES_OF_WORDS: Final = frozenset(
    {"any_language", "czech", "english", "french", "german", "italian", "polish", "russian", "signs"}
    | {"spanish", "ukrainian"}
)
"""Not mutated: a test of each word would be a copy of the list. Examples stand in reply_examples.tsv."""
ALL: Final = frozenset({"*"})
WORDY: Final = {
    "texts.py": ALL,
    "patient_texts.py": ALL,
    "patient_times.py": ALL,
    "twilio_signature.py": frozenset({"PARAMETERS"}),
}
"""Their texts and tables are not mutated, their code is: texts are read by people, and a test of a list of
Twilio's parameters would be a copy of it."""
AUTH: Final = (
    "shared/runtime/auth.py",
    "shared/runtime/membership.py",
    "shared/adapters/firebase_identity.py",
    "shared/adapters/google_keys.py",
    "shared/adapters/user_keys.py",
    "shared/adapters/sign_in_events.py",
    "functions/identity/domain/entering.py",
    "functions/identity/domain/linking.py",
    "functions/identity/domain/members.py",
    "shared/contracts/sign_in.py",
    "shared/adapters/twilio_signature.py",
    "shared/adapters/clinic_signature.py",
    "shared/adapters/seals.py",
    "shared/kernel/actors.py",
)


@dataclass(frozen=True)
class Group:
    name: str
    bar: float
    """Percent of the mutants that some test must notice."""
    sources: tuple[Source, ...]


def groups(words: Sequence[str] = ()) -> tuple[Group, ...]:
    """With words, of the files only that have one in their path."""
    domain = [
        _name(path) for path in sorted((ROOT / DOMAIN).rglob("*.py")) if path.stem not in TABLES_OF_WORDS
    ]
    auth = [*((file, "") for file in AUTH), *((file, ADMITS) for file in _files_that_admit())]
    return (
        Group("auth", 95.0, tuple(_source(one, only) for one, only in auth if _is_named(one, words))),
        Group("house visits", 90.0, tuple(_source(one) for one in domain if _is_named(one, words))),
    )


def _files_that_admit() -> list[str]:
    """Records say themselves who may touch them. Those of house visits' domain are in their own group too."""
    found = [path for folder in ("functions", "shared") for path in sorted((ROOT / folder).rglob("*.py"))]
    return [_name(path) for path in found if f"def {ADMITS}(" in path.read_text()]


def _is_named(file: str, words: Sequence[str]) -> bool:
    return not words or any(word in file for word in words)


def _source(file: str, only: str = "") -> Source:
    return Source(file, wordy=WORDY.get(Path(file).name, frozenset()), only=only)


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))
