"""Every action there is, found by its place in the tree; loaded by name, one at a time."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

from shared.kernel.effects import ForeignMessage, Message
from shared.runtime.action import Declaration

ROOT = Path(__file__).resolve().parents[2] / "functions"


@cache
def entry_points() -> tuple[str, ...]:
    """`module__action` of every file that holds an action, sorted."""
    files = (path for path in ROOT.glob("*/*.py") if not path.name.startswith("_"))
    return tuple(sorted(f"{path.parent.name}__{path.stem}" for path in files))


@cache
def find(entry_point: str) -> Declaration:
    """The declaration of one action; imports its module alone. Raises LookupError."""
    module, _, name = entry_point.partition("__")
    # The file is looked for, because a ModuleNotFoundError would also mean a broken import inside it.
    if not name.isidentifier() or not (ROOT / module / f"{name}.py").is_file():
        raise LookupError(f"there is no action {entry_point}")
    run = getattr(import_module(f"functions.{module}.{name}"), name)
    declaration: Declaration = run.declaration
    return declaration


@cache
def all_actions() -> tuple[Declaration, ...]:
    return tuple(find(name) for name in entry_points())


def doer_of(message: type[Message]) -> Declaration:
    """The task action that takes this message: same module, the message's name as verb_noun.

    Found by name, so that scheduling a task imports one action and not all of them.
    """
    _, module, *_ = message.__module__.split(".")
    return find(f"{module}__{_snake(message.__name__)}")


def topic_of(message: type[Message]) -> str:
    """`SmsReceived` -> `sms-received`; what others say comes on the topic that they named."""
    if issubclass(message, ForeignMessage):
        return message.topic_name
    return _snake(message.__name__).replace("_", "-")


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
