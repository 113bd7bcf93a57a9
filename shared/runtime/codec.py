"""Records to document fields and back: what is private is sealed, what Firestore lacks is spelled out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from shared.kernel.ports import Seals
from shared.kernel.records import SEALED, Record

TOKEN = "_token"  # noqa: S105 - the name of a field, not a password  # nosec B105
MARK = "\x02sealed:"

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class _Shape:
    """What the codec asks of a class again and again: every value that is read or written comes through here.

    `fields`: each field, and whether its text is sealed. `deep`: the fields that hold sealed text, themselves
    or somewhere inside; all others are stored as they are shown.
    """

    fields: tuple[tuple[str, bool], ...]
    deep: frozenset[str]


@cache
def _shape(model: type[BaseModel]) -> _Shape:
    """Raises TypeError for a field that is sealed only in part: it would be stored as it is."""
    for name, field in model.model_fields.items():
        if _is_sealed_within(field.annotation):
            raise TypeError(f"{model.__name__}.{name}: Sealed is a whole field, empty where there is nothing")
    fields = tuple((name, _is_sealed(field)) for name, field in model.model_fields.items())
    deep = frozenset(
        name
        for name, field in model.model_fields.items()
        if _is_sealed(field) or any(_holds_sealed(one) for one in _models_in(field.annotation))
    )
    return _Shape(fields, deep)


def _is_sealed(field: FieldInfo) -> bool:
    extra = field.json_schema_extra
    return isinstance(extra, dict) and bool(extra.get(SEALED))


def _is_sealed_within(annotation: Any) -> bool:
    """`Sealed | None`, `tuple[Sealed, ...]`."""
    parts = get_args(annotation)
    if any(isinstance(part, FieldInfo) and _is_sealed(part) for part in parts):
        return True
    return any(_is_sealed_within(part) for part in parts)


def _holds_sealed(model: type[BaseModel]) -> bool:
    """Here or further in."""
    seen: set[type[BaseModel]] = set()
    waiting = [model]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            if any(_is_sealed(field) for field in one.model_fields.values()):
                return True
            waiting += [
                inner for field in one.model_fields.values() for inner in _models_in(field.annotation)
            ]
    return False


def _models_in(annotation: Any) -> list[type[BaseModel]]:
    """The classes that a field's type speaks of, in unions and collections too."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models_in(part)]


class Codec:
    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    def encode(self, record: Record) -> dict[str, Any]:
        context = f"{record.tenant_id}|{record.kind}|{record.id}"
        return {**self.fields(record, context), **record.index_fields()}

    def fields(self, value: BaseModel, context: str) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        held = vars(value)
        for name, is_sealed in _shape(type(value)).fields:
            item = held[name]
            kind = type(item)
            if kind in _AS_THEY_ARE or (kind is str and not is_sealed and not item.startswith(MARK)):
                fields[name] = item
            elif is_sealed and isinstance(item, str) and item:
                fields[name] = MARK + self._seals.seal(item, f"{context}|{name}")
            else:
                fields[name] = self._plain(item, f"{context}|{name}")
        return fields

    def _plain(self, item: Any, context: str) -> Any:
        if type(item) is str:
            if item.startswith(MARK):
                raise ValueError("text must not begin with the mark of sealed values")
            return item
        match item:
            case Enum():
                return item.value
            case BaseModel():
                return self.fields(item, context)
            case list() | tuple():
                return [self._plain(one, context) for one in item]
            case None | bool() | int() | float() | bytes() | datetime():
                return item
            case date() | time():
                return item.isoformat()
            case timedelta():
                return item.total_seconds()
            case Decimal():
                return str(item)
            case Mapping():
                return {str(key): self._plain(one, f"{context}|{key}") for key, one in item.items()}
            case set() | frozenset():
                return sorted(self._plain(one, context) for one in item)
        raise TypeError(f"{type(item).__name__} cannot be stored: add it to the codec")

    def decode(self, kind: type[R], fields: Mapping[str, Any]) -> R:
        """Fields the class does not know are passed over: versions n and n-1 may share a store."""
        context = f"{fields.get('tenant_id')}|{kind.kind}|{fields.get('id')}"
        names, deep = kind.model_fields, _shape(kind).deep
        known = {
            name: self._open(item, f"{context}|{name}") if name in deep else item
            for name, item in fields.items()
            if name in names
        }
        return kind.model_validate(known, extra="ignore")  # the values inside too

    def open(self, fields: Mapping[str, Any], context: str) -> Any:
        return self._open(fields, context)

    def _open(self, item: Any, context: str) -> Any:
        """Looked at by exact type, and the place spelled out only where it is needed."""
        kind = type(item)
        if kind is str:
            return self._seals.unseal(item.removeprefix(MARK), context) if item.startswith(MARK) else item
        if kind is dict:
            return {
                key: self._open(one, f"{context}|{key}") if type(one) in _MAY_HOLD_SEALED else one
                for key, one in item.items()
            }
        if kind is list:
            return [self._open(one, context) for one in item]
        return item


_MAY_HOLD_SEALED = frozenset({str, dict, list})
_AS_THEY_ARE = frozenset({type(None), bool, int, float, bytes, datetime})
