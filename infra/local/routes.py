"""Finds the function that a method and a path belong to, as the load balancer does in production."""

from collections.abc import Iterable
from dataclasses import dataclass

from werkzeug.routing import BaseConverter, Map, Rule


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    """A template such as /v1/house-visits/{visit_id}:accept"""
    entry_point: str


class _Field(BaseConverter):
    """One field of a path: it ends at a slash, or at the colon before a verb."""

    regex = "[^/:]+"


class Routes:
    def __init__(self, routes: Iterable[Route]) -> None:
        rules = [Rule(_rule(one.path), endpoint=one.entry_point, methods=[one.method]) for one in routes]
        self._map = Map(rules, converters={"field": _Field}, merge_slashes=False, redirect_defaults=False)

    def find(self, method: str, path: str) -> str:
        """The entry point. Raises werkzeug's NotFound or MethodNotAllowed."""
        entry_point, _ = self._map.bind("127.0.0.1").match(path, method)
        return str(entry_point)


def _rule(template: str) -> str:
    return template.replace("{", "<field:").replace("}", ">")
