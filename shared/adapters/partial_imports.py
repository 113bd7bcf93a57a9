"""Loads a part of a library without all the rest of it.

Python runs the code of a package before any of its parts. For Google's libraries that is every client they
have, in two manners, with every way to retry: three hundred modules and half of a cold start, of which we
use the messages (docs/adr/0005-cold-start.md).
"""

import sys
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from threading import RLock
from typing import Any


def part_of(package: str, part: str) -> Any:
    """The module `part` of `package`. The package's own code runs when something of it is first asked for,
    so that whoever imports it in the ordinary way, in the same process, finds all of it."""
    postpone(package)
    return import_module(f"{package}.{part}")


def postpone(package: str) -> None:
    """For a module that another one imports at its top and may never use. One that is loaded stays so."""
    if package in sys.modules:
        return
    spec = find_spec(package)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(package)
    loader, module = spec.loader, module_from_spec(spec)
    lock, begun = RLock(), False

    def rest(name: str) -> Any:
        nonlocal begun
        with lock:
            if not begun:
                begun = True
                loader.exec_module(module)
        if name in vars(module):
            return vars(module)[name]
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    module.__getattr__ = rest  # type: ignore[method-assign]  # PEP 562: asked for what is not there yet
    sys.modules[package] = module
    parent, _, name = package.rpartition(".")
    setattr(sys.modules[parent], name, module)
