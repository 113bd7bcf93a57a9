"""A decision in words: what happened, what it changes in the record, and every letter it writes.

A test that compares the whole of it notices whatever a rule leaves out or adds.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum
from itertools import zip_longest
from textwrap import TextWrapper, dedent
from typing import Any, Final

from pydantic import BaseModel

from shared.kernel.effects import Effect
from shared.kernel.records import Decision, Record

PARAGRAPH: Final = TextWrapper(98, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)


def told(before: Record, decision: Decision[Any] | None) -> str:
    if decision is None:
        return "nothing"
    details = " ".join(f"{name}={_word(value)}" for name, value in decision.details.items())
    extra = [f'note "{decision.note}"'] if decision.note else []
    extra += ["by hand"] if decision.manual else []
    head = " ".join(one for one in (decision.did, details, *extra) if one)
    return "\n".join([head, *changes("", before, decision.record), *letters(decision.effects)])


def changes(name: str, was: object, now: object) -> Iterator[str]:
    if was == now:
        return
    if isinstance(was, BaseModel) and type(was) is type(now):
        for field in type(was).model_fields:
            yield from changes(f"{name}.{field}".lstrip("."), getattr(was, field), getattr(now, field))
    elif isinstance(was, tuple) and isinstance(now, tuple):
        for place, (one, other) in enumerate(zip_longest(was, now)):
            yield from changes(f"{name}.{place}", one, other)
    else:
        gone = type(was).__name__ if isinstance(was, BaseModel) else _word(was)
        yield from PARAGRAPH.wrap(f"  {name}: {gone} > {_word(now)}")


def letters(effects: Sequence[Effect]) -> list[str]:
    return [line for one in effects for line in PARAGRAPH.wrap(f"  {type(one).__name__} {_fields(one)}")]


def said(text: str) -> str:
    """The text as it stands in a test, without the room around it."""
    return dedent(text).strip()


def _fields(value: BaseModel) -> str:
    """What is not as it would be anyway."""
    shown = []
    for name, info in type(value).model_fields.items():
        held = getattr(value, name)
        if name == "notice":
            continue  # its words are shown, and no words come without their notice
        if held == info.get_default(call_default_factory=True):
            continue
        if name == "marker" and held == getattr(value, "body", ""):
            shown.append("marker=body")
            continue
        shown.append(f"{name}={_word(held)}")
    return " ".join(shown)


def _word(value: object) -> str:
    if isinstance(value, BaseModel):
        return f"{type(value).__name__}({_fields(value)})"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_word, value))}]"
    if value is None:
        return "-"
    if isinstance(value, datetime):
        seconds = f":{value:%S}" if value.second else ""
        return f"{value:%d}th {value:%H:%M}{seconds}"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, str):
        return f'"{value}"' if " " in value or not value else value
    return str(value)
