"""Whatever is texted: no false yes, no crash, and decoration decides nothing."""

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from functions.house_visits.domain.codes import ISSUABLE, new_code
from functions.house_visits.domain.replies import IntentKind, ReplyIntent, interpret
from functions.house_visits.domain.reply_words.any_language import ANY_LANGUAGE
from functions.house_visits.domain.reply_words.lexicon import KNOWN_WORDS, LANGUAGES
from functions.house_visits.domain.reply_words.meaning import Meaning, Words
from functions.house_visits.domain.reply_words.plain import plain, words_of
from tests.functions.house_visits.domain.reply_examples import examples

M = Meaning
HEADS = {M.YES, M.BARE_YES, M.ALSO_YES}
HARMLESS = HEADS | {M.COURTESY, M.AGREEING}


def phrases(words: Words, *meanings: Meaning) -> list[str]:
    return [p.strip() for meaning in meanings for p in words.get(meaning, "").split(",") if p.strip()]


def everywhere(*meanings: Meaning) -> list[str]:
    return [p for words in (*LANGUAGES.values(), ANY_LANGUAGE) for p in phrases(words, *meanings)]


ACCEPTS = [row.text for row in examples() if row.kind == "accept"]
DECIDED = [
    row.text for row in examples() if row.kind != "ask" and re.fullmatch(r"[^\W_]+(?: [^\W_]+)*", row.text)
]
HARMLESS_SOMEWHERE = {phrase.casefold() for phrase in everywhere(*HARMLESS)}
NOT_YES = [
    phrase
    for phrase in everywhere(*set(M) - HARMLESS - {M.ACKNOWLEDGING})
    if phrase.casefold() not in HARMLESS_SOMEWHERE
]

ANY_TEXT = st.text(st.characters(exclude_categories=[]), max_size=300)
UNKNOWN_WORD = st.text(st.characters(categories=["Lu", "Ll", "Lo"]), min_size=1, max_size=12).filter(
    lambda word: bool(words_of(plain(word))) and not set(words_of(plain(word))) & KNOWN_WORDS
)
# Yes, in languages nobody taught us.
_ABROAD = "igen evet sim tack hai ναι نعم כן はい 是 हाँ kyllä taip jā bəli"
FOREIGN = st.sampled_from(_ABROAD.split())
BEFORE = st.sampled_from(["", " ", "\n", "- ", "(", "\u00a0", "\u200b", "👍 ", "¡"])
AFTER = st.sampled_from(
    [
        "",
        " ",
        ".",
        "!",
        "!!!",
        ",",
        ")",
        " \n",
        "\u00a0",
        "\ufeff",
        " 🙏",
        " 👍🏽",
        " :)",
        "\n\nSent from my iPhone",
    ]
)
BETWEEN = st.sampled_from([" ", "  ", "\u00a0", "\n", "\t", ", ", ". ", "! ", " - ", "\u2003", " \u200b"])
CASES = st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str.capitalize])
# What people say: sometimes words of one language that belong together, sometimes anything.
SAID = st.sampled_from(
    [everywhere(*M), *(phrases(words, *HARMLESS) for words in LANGUAGES.values())]
).flatmap(lambda among: st.lists(st.sampled_from(among), min_size=1, max_size=4))


def inserted(text: str, word: str, place: int) -> str:
    words = text.split(" ")
    place %= len(words) + 1
    return " ".join([*words[:place], word, *words[place:]])


@given(ANY_TEXT)
@settings(max_examples=500, deadline=None)
def test_no_text_whatever_makes_it_stumble(text: str) -> None:
    assert isinstance(interpret(text), ReplyIntent)


@given(st.sampled_from(ACCEPTS), UNKNOWN_WORD | FOREIGN, st.integers(0, 9))
@settings(max_examples=500, deadline=None)
def test_one_unknown_word_anywhere_and_a_yes_is_no_longer_a_yes(text: str, word: str, place: int) -> None:
    assert interpret(inserted(text, word, place)).kind is not IntentKind.ACCEPT


@given(st.sampled_from(ACCEPTS), st.sampled_from(NOT_YES), st.integers(0, 9))
@settings(max_examples=1000, deadline=None)
def test_one_word_of_refusal_or_reserve_in_any_language_and_a_yes_is_no_longer_a_yes(
    text: str, word: str, place: int
) -> None:
    assert interpret(inserted(text, word, place)).kind is not IntentKind.ACCEPT


@given(SAID, st.sampled_from(["", *ISSUABLE]))
@settings(max_examples=1500, deadline=None)
def test_an_accept_is_made_of_yes_and_courtesy_of_one_language_and_nothing_else(
    said: list[str], code: str
) -> None:
    """An oracle of its own: the harmless phrases of some language cover the whole text."""
    text = " ".join([*said, code])

    if interpret(text).kind is IntentKind.ACCEPT:
        words = words_of(plain(" ".join(said)))
        assert any(covered(words, harmless_of(language), heads=0) for language in LANGUAGES.values())


def harmless_of(language: Words) -> dict[tuple[str, ...], bool]:
    """Every harmless phrase of a language, and whether it is a plain yes."""
    return {
        words_of(plain(phrase)): meaning in {M.YES, M.BARE_YES}
        for words in (language, ANY_LANGUAGE)
        for meaning in HARMLESS
        for phrase in phrases(words, meaning)
    }


def covered(words: tuple[str, ...], harmless: dict[tuple[str, ...], bool], heads: int) -> bool:
    """Whether the words fall into harmless phrases with at most one plain yes among them."""
    if not words:
        return heads <= 1
    starts = [phrase for phrase in harmless if words[: len(phrase)] == phrase]
    return any(covered(words[len(phrase) :], harmless, heads + harmless[phrase]) for phrase in starts)


@given(st.sampled_from(everywhere(M.YES, M.BARE_YES)), BETWEEN)
@settings(max_examples=200, deadline=None)
def test_a_yes_said_twice_is_asked_about(yes: str, between: str) -> None:
    assert interpret(f"{yes}{between}{yes}").kind is IntentKind.ASK


@given(st.sampled_from(DECIDED), CASES, BEFORE, AFTER, st.lists(BETWEEN, min_size=8, max_size=8))
@settings(max_examples=800, deadline=None)
def test_case_spaces_and_punctuation_decide_nothing(
    text: str, case: object, before: str, after: str, between: list[str]
) -> None:
    assert callable(case)
    plain_reading = interpret(text)
    assume(plain_reading.kind is IntentKind.ACCEPT or not {"👍 ", " 👍🏽"} & {before, after})
    assume(plain_reading.kind is not IntentKind.STOP or not re.search("[👍🙏]", before + after))
    words = text.split(" ")
    joined = "".join(word + gap for word, gap in zip(words, [*between[: len(words) - 1], ""], strict=True))

    assert interpret(before + str(case(joined)) + after) == plain_reading


@given(st.lists(UNKNOWN_WORD | FOREIGN, min_size=1, max_size=8))
@settings(max_examples=400, deadline=None)
def test_a_language_we_do_not_speak_is_always_asked_about(words: list[str]) -> None:
    assert interpret(" ".join(words)).kind is IntentKind.ASK


@given(
    st.sampled_from(ISSUABLE),
    st.sampled_from(["yes", "tak", "ja", "oui", "sí", "sì", "ano", "так", "да"]),
    CASES,
)
@settings(max_examples=300, deadline=None)
def test_every_code_we_issue_is_understood_after_every_yes(code: str, yes: str, case: object) -> None:
    assert callable(case)
    intent = interpret(str(case(f"{yes} {code}")))

    assert (intent.kind, intent.code) == (IntentKind.ACCEPT, code)


@given(st.sets(st.sampled_from(ISSUABLE), max_size=len(ISSUABLE) - 1), st.integers())
@settings(max_examples=200, deadline=None)
def test_a_new_code_is_never_one_that_is_taken(taken: set[str], entropy: int) -> None:
    assert new_code(taken, entropy) not in taken
