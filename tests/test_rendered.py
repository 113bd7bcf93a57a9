"""What we publish is what the code says: a limit, a default, a state or a text that changes is seen here.

Changed on purpose: `python -m infra.render`, and read the diff as those would who build on it.
"""

import pytest

from infra.render import PAGES, ROOT

QUICK = (
    "docs/states.md",
    "docs/texts.md",
    "docs/problems.md",
    "docs/authorization.md",
    "docs/functions.md",
    "infra/generated/openapi.json",
)
"""The others multiply and count for longer: `python -m infra.render --check` asks all."""


@pytest.mark.parametrize("name", QUICK)
def test_a_page_says_what_the_code_says(name: str) -> None:
    is_same = (ROOT / name).read_text() == PAGES[name]()  # no diff of megabytes
    assert is_same, f"{name} is stale: python -m infra.render"
