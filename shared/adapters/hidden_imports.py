"""Keeps a library from loading another that is only installed because a third one wants it.

Google's libraries load aiohttp, ninety modules, where they find it, for calls that we never make; Twilio's
library brings it along (docs/adr/0005-cold-start.md).
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(name: str) -> Iterator[None]:
    """Not there for whoever imports it inside."""
    shown = sys.modules.get(name, name)
    sys.modules[name] = None  # type: ignore[assignment]  # how Python marks what must not be imported
    try:
        yield
    finally:
        del sys.modules[name]
        if not isinstance(shown, str):
            sys.modules[name] = shown
