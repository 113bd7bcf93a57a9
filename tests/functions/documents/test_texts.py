"""Every reason for a refusal has a sentence in both languages that says what to do."""

import pytest

from functions.documents.domain.texts import SENTENCES
from shared.contracts.documents import Reason


@pytest.mark.parametrize("why", [one for one in Reason if one is not Reason.NONE])
def test_every_reason_is_a_sentence(why: Reason) -> None:
    for text in (SENTENCES[why]["pl"], SENTENCES[why]["en"]):
        assert text[0].isupper()
        assert text.endswith(".")
    assert SENTENCES[why]["pl"] != SENTENCES[why]["en"]
