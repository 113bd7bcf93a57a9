"""Records to document fields and back: what is private is sealed, what Firestore lacks is spelled out."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from pydantic import BaseModel

from shared.kernel.ports import Seals
from shared.kernel.records import SEALED, Record

TOKEN = "_token"  # noqa: S105 - the name of a field, not a password  # nosec B105
MARK = "\x02sealed:"

R = TypeVar("R", bound=Record)


@cache
def _sealed_fields(model: type[BaseModel]) -> frozenset[str]:
    found = set()
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get(SEALED):
            found.add(name)
    return frozenset(found)


class Codec:
    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    def encode(self, record: Record) -> dict[str, Any]:
        context = f"{record.tenant_id}|{record.kind}|{record.id}"
        return {**self.fields(record, context), **record.index_fields()}

    def fields(self, value: BaseModel, context: str) -> dict[str, Any]:
        sealed = _sealed_fields(type(value))
        fields: dict[str, Any] = {}
        for name in type(value).model_fields:
            item = getattr(value, name)
            here = f"{context}|{name}"
            if name in sealed and isinstance(item, str) and item:
                fields[name] = MARK + self._seals.seal(item, here)
            else:
                fields[name] = self._plain(item, here)
        return fields

    def _plain(self, item: Any, context: str) -> Any:
        match item:
            case BaseModel():
                return self.fields(item, context)
            case Enum():
                return item.value
            case str() if item.startswith(MARK):
                raise ValueError("text must not begin with the mark of sealed values")
            case None | bool() | int() | float() | str() | bytes() | datetime():
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
            case list() | tuple():
                return [self._plain(one, context) for one in item]
        raise TypeError(f"{type(item).__name__} cannot be stored: add it to the codec")

    def decode(self, kind: type[R], fields: Mapping[str, Any]) -> R:
        """Fields the class does not know are passed over: versions n and n-1 may share a store."""
        context = f"{fields.get('tenant_id')}|{kind.kind}|{fields.get('id')}"
        names = kind.model_fields
        known = {name: item for name, item in fields.items() if name in names}
        return kind.model_validate(self._open(known, context))

    def open(self, fields: Mapping[str, Any], context: str) -> Any:
        return self._open(fields, context)

    def _open(self, item: Any, context: str) -> Any:
        """Looked at by exact type, and the place spelled out only where it is needed: every value of every
        document that is read comes through here."""
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
