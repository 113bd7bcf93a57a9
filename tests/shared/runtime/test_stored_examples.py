"""What any release wrote is read: as it was, without what came later, with what is still to come."""

from typing import Any

import pytest

from infra.rendering.stored import shape
from tests.shared.runtime.stored_examples import KNOWN, decoded, lacking, read

EXAMPLES = [(name, fields) for name, examples in read().items() if name in KNOWN for fields in examples]
MORE = {"of_the_next_release": {"a": [1]}}
ids = [name for name, _ in EXAMPLES]


def fuller(item: Any) -> Any:
    """In whatever has an id, at any depth."""
    if isinstance(item, dict):
        return {key: fuller(one) for key, one in item.items()} | (MORE if "id" in item else {})
    return [fuller(one) for one in item] if isinstance(item, list) else item


def test_each_record_and_message_has_an_example_of_its_shape() -> None:
    assert lacking(read()) == [], "python -m tests.shared.runtime.stored_examples"


@pytest.mark.parametrize(("name", "fields"), EXAMPLES, ids=ids)
def test_what_was_written_is_read(name: str, fields: dict[str, Any]) -> None:
    assert decoded(name, fields)


@pytest.mark.parametrize(("name", "fields"), EXAMPLES, ids=ids)
def test_who_wrote_it_had_no_field_that_may_lack(name: str, fields: dict[str, Any]) -> None:
    """One of them at a time, where it says no more than the default: the release before did not know it."""
    whole = decoded(name, fields)
    for field in shape(KNOWN[name])["may"]:
        default = KNOWN[name].model_fields[field].get_default(call_default_factory=True, validated_data={})
        if getattr(whole, field) == default:
            assert decoded(name, {key: one for key, one in fields.items() if key != field}) == whole, field


@pytest.mark.parametrize(("name", "fields"), EXAMPLES, ids=ids)
def test_who_wrote_it_knows_more_than_we(name: str, fields: dict[str, Any]) -> None:
    """A field that we have taken out is one of them."""
    assert decoded(name, fuller(fields) | MORE) == decoded(name, fields)
