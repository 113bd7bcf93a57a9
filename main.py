"""The one source of every deployment: functions are looked up by name; only the one asked for is loaded."""

from typing import Any


def __getattr__(name: str) -> Any:
    from shared.runtime.entry import function

    try:
        return function(name)
    except LookupError as unknown:
        raise AttributeError(str(unknown)) from None
