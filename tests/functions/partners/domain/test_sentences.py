"""What is told in words is true: an amount that would change the first place suffices."""

import pytest

from functions.partners.domain.sentences import at_least
from functions.partners.domain.template_words import Spoken


@pytest.mark.parametrize(
    ("metres", "language", "words"),
    [
        (1, "pl", "1 m"),
        (999, "en", "999 m"),
        (1000, "pl", "1,0 km"),
        (7400, "en", "7.4 km"),
        (7401, "pl", "7,5 km"),
    ],
)
def test_a_distance_that_suffices_is_never_rounded_down(metres: int, language: Spoken, words: str) -> None:
    assert at_least(metres, language) == words
