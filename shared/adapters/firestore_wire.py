"""Documents as Firestore's own messages, written and read directly.

The client library wraps every single value of a document in objects of its own, again and again: for a
visit with thirty offers that is four fifths of what an action costs. What the records need is little.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shared.adapters.google_messages import message_class
from shared.kernel.ports import MISSING, Fields, Query, Snapshot, Write

OPERATORS = {
    "==": "EQUAL",
    "<": "LESS_THAN",
    "<=": "LESS_THAN_OR_EQUAL",
    ">": "GREATER_THAN",
    ">=": "GREATER_THAN_OR_EQUAL",
    "in": "IN",
    "array_contains": "ARRAY_CONTAINS",
    "array_contains_any": "ARRAY_CONTAINS_ANY",
}
_Write = message_class("google.firestore.v1.Write")
_StructuredQuery = message_class("google.firestore.v1.StructuredQuery")
_StructuredAggregation = message_class("google.firestore.v1.StructuredAggregationQuery")
COUNTED = "counted"


def write_message(write: Write, documents: str) -> Any:
    """`documents`: the name that every path is under. A held version is updated field by field, so that
    fields of a newer version of the program outlive it."""
    message = _Write()
    name = f"{documents}/{write.path}"
    if write.fields is None:
        message.delete = name
    else:
        message.update.name = name
        _put_fields(message.update.fields, write.fields)
    if write.expects == MISSING:
        message.current_document.exists = False
    elif write.expects is not None:
        message.current_document.update_time.FromNanoseconds(write.expects)
        if write.fields is not None:
            message.update_mask.field_paths.extend(write.fields)
    return message


def query_message(query: Query) -> Any:
    """Raises KeyError for an operator that is none of the port's."""
    message = _StructuredQuery()
    message.from_.add(collection_id=query.collection.rpartition("/")[2])
    if len(query.where) == 1:
        _put_condition(message.where, *query.where[0])
    elif query.where:
        all_of = message.where.composite_filter
        all_of.op = _StructuredQuery.CompositeFilter.Operator.AND
        for condition in query.where:
            _put_condition(all_of.filters.add(), *condition)
    for name, direction in query.order:
        order = message.order_by.add(direction="ASCENDING" if direction == "asc" else "DESCENDING")
        order.field.field_path = name
    for value in query.after:  # one for each order
        _put(message.start_at.values.add(), value)
    message.limit.value = query.limit
    return message


def count_message(query: Query) -> Any:
    """Asks how many there are, not which; counts no further than the limit."""
    message = _StructuredAggregation()
    message.structured_query.CopyFrom(query_message(query))
    message.structured_query.ClearField("limit")
    message.structured_query.ClearField("start_at")
    count = message.aggregations.add(alias=COUNTED)
    count.count.up_to.value = query.limit
    return message


def snapshot_of(document: Any, documents: str) -> Snapshot:
    fields = {name: _plain(value) for name, value in document.fields.items()}
    return Snapshot(document.name.removeprefix(f"{documents}/"), fields, stamp_of(document.update_time))


def stamp_of(update_time: Any) -> int:
    """Nanoseconds: no digit of it may be lost."""
    nanoseconds: int = update_time.ToNanoseconds()
    return nanoseconds


def _put_condition(condition: Any, name: str, op: str, value: Any) -> None:
    if value is None and op == "==":
        condition.unary_filter.op = _StructuredQuery.UnaryFilter.Operator.IS_NULL
        condition.unary_filter.field.field_path = name
        return
    condition.field_filter.op = _StructuredQuery.FieldFilter.Operator.Value(OPERATORS[op])
    condition.field_filter.field.field_path = name
    _put(condition.field_filter.value, value)


def _put_fields(fields: Any, given: Fields) -> None:
    for name, item in given.items():
        _put(fields[name], item)


def _put(value: Any, item: Any) -> None:
    match item:
        case None:
            value.null_value = 0
        case str():
            value.string_value = item
        case bool():  # before int, of which it is one
            value.boolean_value = item
        case int():
            value.integer_value = item
        case float():
            value.double_value = item
        case datetime():
            value.timestamp_value.FromDatetime(item)
        case bytes():
            value.bytes_value = item
        case Mapping():
            value.map_value.SetInParent()
            _put_fields(value.map_value.fields, item)
        case list() | tuple():
            value.array_value.SetInParent()
            for one in item:
                _put(value.array_value.values.add(), one)
        case _:
            raise TypeError(f"{type(item).__name__} has no place in a document")


def _plain(value: Any) -> Any:
    match value.WhichOneof("value_type"):
        case "map_value":
            return {name: _plain(one) for name, one in value.map_value.fields.items()}
        case "array_value":
            return [_plain(one) for one in value.array_value.values]
        case "timestamp_value":
            return value.timestamp_value.ToDatetime(UTC)
        case "null_value" | None:
            return None
        case kind:
            return getattr(value, kind)
