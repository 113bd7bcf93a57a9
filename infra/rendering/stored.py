"""What lies in the store and in queues between two releases: each field, and what it may hold."""

from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from itertools import product
from pkgutil import walk_packages
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import functions
import shared
from functions.certificates.domain.opinion import Opinion
from functions.referrals.domain.asked import Asked
from shared.contracts.papers import CertificatePaper
from shared.contracts.work_papers import FitnessPaper
from shared.kernel.effects import ForeignMessage, Message
from shared.kernel.records import SEALED, Activity, Record
from shared.runtime import catalog
from shared.runtime.letters import Envelope

Fields = dict[str, dict[str, list[str]]]
"""`must`: fields without a default, `may`: those with one; of each, what it may hold."""
WITHIN_TEXT = (Opinion, CertificatePaper, Asked, FitnessPaper)
"""Kept as text within a field of a record."""


def shapes() -> dict[str, Fields]:
    """Of records by their collection, of messages by who takes them, of what is inside by its class."""
    return {name: shape(model) for name, model in sorted(models().items())}


def models() -> dict[str, type[BaseModel]]:
    """Raises ValueError where two classes would go by one name."""
    waiting, told = list(roots()), dict[str, type[BaseModel]]()
    while waiting:
        one = waiting.pop()
        if told.setdefault(name_of(one), one) is not one:
            raise ValueError(f"{one} and {told[name_of(one)]} are both {name_of(one)}")
        inside = [model for field in one.model_fields.values() for model in _models_in(field.annotation)]
        waiting += [
            model for model in inside if name_of(model) not in told or told[name_of(model)] is not model
        ]
    return told


def roots() -> Iterator[type[BaseModel]]:
    """What is written and read by itself. Foreign messages are not ours to change."""
    for package in (shared, functions):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    yield from (Activity, Envelope, *WITHIN_TEXT)
    yield from (one for one in _below(Record) if "kind" in vars(one) and _is_ours(one))
    yield from (one for one in _below(Message) if not issubclass(one, ForeignMessage) and _is_ours(one))


def shape(model: type[BaseModel]) -> Fields:
    told: Fields = {"must": {}, "may": {}}
    for name, field in sorted(model.model_fields.items()):
        told["must" if field.is_required() else "may"][name] = sorted(_held(field))
    return told


def name_of(model: type[BaseModel]) -> str:
    if issubclass(model, Record) and "kind" in vars(model):
        return model.kind
    if issubclass(model, Message) and model not in (Message, ForeignMessage) and _is_ours(model):
        if model.__module__.startswith("shared."):
            return f"topic:{catalog.topic_of(model)}"
        return f"task:{catalog.doer_of(model).entry_point}"
    _, *rooms = model.__module__.split(".")
    return f"{rooms[0]}.{model.__name__}"


def _held(field: FieldInfo) -> Iterator[str]:
    extra = field.json_schema_extra
    sealed = " sealed" if isinstance(extra, dict) and extra.get(SEALED) else ""
    return (f"{one}{sealed}" for one in _choices(field.annotation))


def _choices(annotation: Any) -> set[str]:
    """Each thing it may be: a union's parts, an enum's and a literal's words, inside of collections too."""
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _choices(parts[0])
    if origin in (Union, UnionType):
        return set().union(*map(_choices, parts))
    if origin is Literal:
        return {repr(getattr(one, "value", one)) for one in parts}
    if origin is not None:
        within = [_choices(one) if one is not ... else {"..."} for one in parts]
        return {f"{origin.__name__}[{', '.join(one)}]" for one in product(*within)}
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return {repr(one.value) for one in annotation}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {name_of(annotation)}
    return {"null" if annotation in (None, type(None)) else getattr(annotation, "__name__", str(annotation))}


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


def _below(kind: type[BaseModel]) -> set[type[BaseModel]]:
    return set(kind.__subclasses__()) | {deeper for one in kind.__subclasses__() for deeper in _below(one)}


def _is_ours(model: type[BaseModel]) -> bool:
    return model.__module__.startswith(("functions.", "shared."))
