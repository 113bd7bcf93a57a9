"""What the program said in its log, read back from standard output."""

import json
from typing import Any


def lines(said: str, message: str) -> list[dict[str, Any]]:
    """The lines of that message, in order."""
    every = [json.loads(one) for one in said.splitlines() if one.startswith("{")]
    return [one for one in every if one["message"] == message]


def figures(said: str, name: str) -> list[Any]:
    """All values of a figure, in order."""
    return [one[name] for one in lines(said, "figures") if name in one]
