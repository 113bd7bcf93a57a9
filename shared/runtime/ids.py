"""Random ids, and the tape that gives a repeated attempt the same ones."""

import secrets

ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789"
LENGTH = 20


class RandomIds:
    def new(self) -> str:
        return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


class Tape:
    """Ids in the order they were asked for.

    A call whose commit was lost on the way back is run again; with the same ids its answer names the
    record that was written the first time.
    """

    def __init__(self, ids: "RandomIds") -> None:
        self._ids = ids
        self._given: list[str] = []
        self._at = 0

    def rewind(self) -> None:
        self._at = 0

    def __call__(self) -> str:
        if self._at == len(self._given):
            self._given.append(self._ids.new())
        self._at += 1
        return self._given[self._at - 1]
