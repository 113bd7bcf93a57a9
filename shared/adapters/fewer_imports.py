"""Keeps a library from loading at its top what it would never use here (docs/adr/0005-cold-start.md)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec, module_from_spec
from threading import RLock
from typing import Any

_hiding = RLock()


@contextmanager
def hidden(name: str) -> Iterator[None]:
    """Not there for whoever imports it inside: for what a library can do without, and says so. One thread at
    a time: another would take the mark for the module, and put it back for good."""
    with _hiding:
        shown = sys.modules.get(name, name)
        sys.modules[name] = None  # type: ignore[assignment]  # how Python marks what must not be imported
        try:
            yield
        finally:
            del sys.modules[name]
            if not isinstance(shown, str):
                sys.modules[name] = shown


def postpone(name: str) -> None:
    """The module or package is there; its code runs when something of it is first asked for.

    Whoever imports it, in whatever way, can tell no difference. One that is loaded stays as it is.
    """
    if name in sys.modules:
        return
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    loader, module = spec.loader, module_from_spec(spec)
    lock, begun = RLock(), False

    def late(attribute: str) -> Any:
        nonlocal begun
        with lock:
            if not begun:
                begun = True
                loader.exec_module(module)
        if attribute in vars(module):
            return vars(module)[attribute]
        raise AttributeError(f"module {name!r} has no attribute {attribute!r}")

    module.__getattr__ = late  # type: ignore[method-assign]  # PEP 562: asked for what is not there yet
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    if parent:
        setattr(sys.modules[parent], last, module)
