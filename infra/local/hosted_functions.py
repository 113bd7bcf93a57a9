"""Loads every function the way Cloud Run does, but all into one process and main.py only once.

`functions_framework.create_app` runs the source anew for each target: 64 targets would make 64 copies
of every client. So we take its parts, which are private: the version is pinned, and
tests/infra/test_stack_gateway.py holds the result against the real `functions-framework --target`.
"""

import functools
import types
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from wsgiref.types import WSGIApplication

import flask
import functions_framework

from infra.local.stack.places import ROOT

MAIN = ROOT / "main.py"

framework: Any = functions_framework  # it is typed here and there only
registry: Any = functions_framework._function_registry


def host(entry_points: Iterable[str], source: Path = MAIN) -> Mapping[str, WSGIApplication]:
    """One application a function, by entry point. What is wrong with a function fails here, at start."""
    main = _load(source)
    return {name: _application(name, main, source) for name in entry_points}


@functools.cache
def _load(source: Path) -> types.ModuleType:
    module, spec = registry.load_function_module(str(source))
    assert isinstance(module, types.ModuleType)
    spec.loader.exec_module(module)
    return module


def _application(target: str, main: types.ModuleType, source: Path) -> WSGIApplication:
    function = registry.get_user_function(str(source), main, target)
    app = flask.Flask(target)
    app.register_error_handler(500, framework.crash_handler)
    app.wsgi_app = framework.execution_id.WsgiMiddleware(app.wsgi_app)  # type: ignore[method-assign]  # as it does itself
    framework._configure_app(app, function, registry.get_func_signature_type(target, None))
    return app
