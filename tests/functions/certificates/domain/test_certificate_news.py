"""What patients are told of certificates: one segment each, in both languages, and nothing of its content."""

import pytest

from functions.certificates.domain.certificate_news import every_text
from shared.kernel.gsm import segments


@pytest.mark.parametrize("text", every_text())
def test_each_text_is_one_segment_in_the_cheap_alphabet(text: str) -> None:
    counted = segments(text)
    assert counted.segments == 1


@pytest.mark.parametrize("text", every_text())
def test_no_text_says_what_the_document_is(text: str) -> None:
    for word in ("orzeczen", "zaswiadczen", "uszczerb", "certificate", "damage", "medical"):
        assert word not in text.lower()
