"""What a text costs to send, and how it is written in the cheap alphabet."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.kernel.gsm import BASIC, EXTENSION, Encoding, is_gsm, segments, to_gsm

TEXTS = st.text(st.characters(exclude_categories=[]), max_size=200)


def test_the_alphabet_has_every_letter_of_the_standard_but_the_escape() -> None:
    assert len(BASIC) == 127
    assert len(EXTENSION) == 10
    assert not BASIC & EXTENSION


@pytest.mark.parametrize(
    ("text", "encoding", "characters", "count"),
    [
        ("", Encoding.GSM7, 0, 0),
        ("a", Encoding.GSM7, 1, 1),
        ("a" * 160, Encoding.GSM7, 160, 1),
        ("a" * 161, Encoding.GSM7, 161, 2),
        ("a" * 306, Encoding.GSM7, 306, 2),
        ("a" * 307, Encoding.GSM7, 307, 3),
        ("€" * 80, Encoding.GSM7, 160, 1),
        ("€" * 81, Encoding.GSM7, 162, 2),
        ("ł" * 70, Encoding.UCS2, 70, 1),
        ("ł" * 71, Encoding.UCS2, 71, 2),
        ("ł" * 134, Encoding.UCS2, 134, 2),
        ("ł" * 135, Encoding.UCS2, 135, 3),
        ("👍" * 35, Encoding.UCS2, 70, 1),
        ("👍" * 36, Encoding.UCS2, 72, 2),
        ("a" * 159 + "ł", Encoding.UCS2, 160, 3),
        ("ç", Encoding.UCS2, 1, 1),
        ("Ç", Encoding.GSM7, 1, 1),
        ("`", Encoding.UCS2, 1, 1),
    ],
)
def test_a_text_costs_what_the_network_charges(
    text: str, encoding: Encoding, characters: int, count: int
) -> None:
    length = segments(text)

    assert (length.encoding, length.characters, length.segments) == (encoding, characters, count)


def test_an_escape_is_never_torn_from_its_sign() -> None:
    torn = "a" * 152 + "€" + "a" * 152  # 306 septets would fit two segments if the escape could end the first

    assert segments(torn).characters == 306
    assert segments(torn).segments == 3


def test_a_surrogate_pair_is_never_torn() -> None:
    torn = "ł" * 66 + "👍" + "ł" * 66  # 134 units would fit two segments

    assert segments(torn).characters == 134
    assert segments(torn).segments == 3


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Zażółć gęślą jaźń", "Zazolc gesla jazn"),
        ("ZAŻÓŁĆ GĘŚLĄ JAŹŃ", "ZAZOLC GESLA JAZN"),
        ("Łódź, ul. Święty Marcin", "Lodz, ul. Swiety Marcin"),
        ("Příliš žluťoučký kůň", "Prilis zlutoucky kun"),
        ("für die Straße", "für die Straße"),
        ("façade, cœur, forêt, où", "facade, coeur, foret, où"),
        ("¿Mañana? ¡Sí, corazón!", "¿Mañana? ¡Si, corazon!"),
        ("perché, città", "perché, città"),
        ("Київ, Згурівка, м’ята", "Kyiv, Zghurivka, miata"),
        ("Їжак, Єва, Йосип, Юлія, Яна", "Yizhak, Yeva, Yosyp, Yuliia, Yana"),
        ("ґанок, щука, жінка, ЩУКА, Щука", "ganok, shchuka, zhinka, SHCHUKA, Shchuka"),
        ("Москва, Ёлка, съезд, объект", "Moskva, Yolka, syezd, obyekt"),
        ("Алексеев, Юрий, Хабаровск", "Alekseyev, Yuriy, Khabarovsk"),
        ("„Tak” – to… 5\u00a0km", "\"Tak\" - to... 5 km"),
        ("l’été ‘a’ «b» ‹c›", "l'été 'a' \"b\" 'c'"),
        ("38,5 °C, №5, ½", "38,5  degC, No.5, 1/2"),
        ("a\u200bb\u00adc\ufeffd", "abcd"),
        ("тak", "tak"),
        ("👍🏽", "?"),
        ("漢字", "??"),
        ("e\u0301 z\u0307", "é z"),
        ("cena: 5 € [netto]", "cena: 5 € [netto]"),
    ],
)  # fmt: skip
def test_every_language_stays_readable_in_the_cheap_alphabet(text: str, written: str) -> None:
    assert to_gsm(text) == written


@given(TEXTS)
@settings(max_examples=400, deadline=None)
@example("\ud800")
@example("ĳ ﷺ ㎞ Ǆ \x1b \x00")
def test_a_transliterated_text_is_always_in_the_cheap_alphabet(text: str) -> None:
    written = to_gsm(text)

    assert is_gsm(written)
    assert segments(written).encoding is Encoding.GSM7
    assert to_gsm(written) == written


@given(st.text(st.sampled_from(sorted(BASIC | EXTENSION)), max_size=400))
@settings(max_examples=100, deadline=None)
def test_a_text_in_the_cheap_alphabet_is_left_alone(text: str) -> None:
    assert to_gsm(text) == text


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_any_text_fits_its_segments_and_would_not_fit_in_half_of_them(text: str) -> None:
    length = segments(text)
    one, joined = (160, 153) if length.encoding is Encoding.GSM7 else (70, 67)

    assert length.characters <= max(one, joined * length.segments)
    assert length.characters > (joined - 1) * (length.segments - 1) or length.segments <= 1
