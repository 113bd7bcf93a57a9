"""Keeps a library from loading at its top what it would never use here (docs/adr/0005-cold-start.md)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import find_spec, module_from_spec
from threading import RLock
from types import ModuleType
from typing import Any, NoReturn

_hiding = RLock()


@contextmanager
def hidden(name: str) -> Iterator[None]:
    """Not there for whoever imports it inside: for what a library can do without, and says so."""
    with _instead(name, None):  # how Python marks what must not be imported
        yield


@contextmanager
def stood_in(name: str) -> Iterator[None]:
    """Each name of it is `Absent` for whoever imports it inside: for what a library cannot be read without,
    because it derives from it, or writes it beside its arguments, in a part that is not used here. Afterwards
    what that library asks of it is the real one's, which is loaded then."""
    empty = ModuleType(name)
    empty.__getattr__ = _absent  # type: ignore[method-assign]  # PEP 562
    with _instead(name, empty):
        yield
    empty.__getattr__ = lambda attribute: getattr(import_module(name), attribute)  # type: ignore[method-assign]


class Absent:
    """Something of a library that is not loaded. It may be made and handed on, and not used."""

    def __call__(self) -> NoReturn:
        raise NotImplementedError(f"{type(self).__name__} was read without the library that it derives from")


@contextmanager
def _instead(name: str, module: ModuleType | None) -> Iterator[None]:
    """One thread at a time: another would take what stands here for the module, and put it back for good."""
    with _hiding:
        shown = sys.modules.get(name, name)
        sys.modules[name] = module  # type: ignore[assignment]
        try:
            yield
        finally:
            del sys.modules[name]
            if not isinstance(shown, str):
                sys.modules[name] = shown


def _absent(name: str) -> type[Absent]:
    if name.startswith("__"):
        raise AttributeError(name)
    return Absent


def postpone(name: str, *, of_itself: bool = False, whole: bool = False) -> None:
    """The module or package is there; its code runs when something of it is first asked for.

    Whoever imports it, in whatever way, can tell no difference. One that is loaded stays as it is.
    `of_itself`: a part that its package imports itself; the package need not be loaded before. `whole`: a
    package whose parts need all of it; who imports one of them first loads the package.
    """
    if name in sys.modules:
        return
    spec = _spec_of(name) if of_itself else find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    loader, module = spec.loader, module_from_spec(spec)
    lock, begun = RLock(), False
    place = vars(module).pop("__path__", None) if whole else None  # an import of a part asks for it

    def late(attribute: str) -> Any:
        nonlocal begun
        with lock:
            if not begun:
                begun = True
                if place is not None:
                    module.__path__ = place
                loader.exec_module(module)
        if attribute in vars(module):
            return vars(module)[attribute]
        raise AttributeError(f"module {name!r} has no attribute {attribute!r}")

    module.__getattr__ = late  # type: ignore[method-assign]  # PEP 562: asked for what is not there yet
    sys.modules[name] = module
    parent, _, last = name.rpartition(".")
    if parent in sys.modules:
        setattr(sys.modules[parent], last, module)


def _spec_of(part: str) -> ModuleSpec | None:
    """Without loading its package."""
    above = find_spec(part.rpartition(".")[0])
    return above and PathFinder.find_spec(part, above.submodule_search_locations)
