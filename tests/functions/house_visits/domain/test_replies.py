"""What a doctor's reply is taken to mean: the table of examples, and the promises about the words."""

from collections import Counter, defaultdict

import pytest

from functions.house_visits.domain.replies import ASKED_BACK, TEXT_MAX, IntentKind, Reason, interpret
from functions.house_visits.domain.reply_words.any_language import ANY_LANGUAGE
from functions.house_visits.domain.reply_words.lexicon import LANGUAGES, LEXICONS, spellings
from functions.house_visits.domain.reply_words.meaning import Meaning, Words
from functions.house_visits.domain.reply_words.plain import plain, words_of
from tests.functions.house_visits.domain.reply_examples import Example, examples

YES = {Meaning.YES, Meaning.BARE_YES, Meaning.ALSO_YES}
NO = {Meaning.NO, Meaning.BARE_NO, Meaning.CANNOT}
CLEAR = YES | NO | {Meaning.OPT_OUT, Meaning.CARRIER_OPT_OUT, Meaning.OPT_IN}


def listed(words: Words) -> list[tuple[str, Meaning]]:
    return [(phrase.strip(), meaning) for meaning, text in words.items() for phrase in text.split(",")]


@pytest.mark.parametrize("example", examples(), ids=lambda row: f"{row.language}:{row.text!a}")
def test_a_reply_is_read_as_the_table_says(example: Example) -> None:
    intent = interpret(example.text)

    assert (intent.kind, intent.code or "", intent.reason) == (example.kind, example.code, example.reason)


def test_every_language_has_a_yes_a_no_and_an_open_question_in_the_table() -> None:
    kinds = defaultdict(set)
    for example in examples():
        kinds[example.language].add(example.kind)

    assert len(examples()) >= 400
    assert all({"accept", "decline", "ask"} <= kinds[language] for language in LANGUAGES)


def test_every_reason_has_an_example() -> None:
    assert {example.reason for example in examples()} == set(Reason)


def test_one_text_means_one_thing_whatever_language_its_row_names() -> None:
    meant = defaultdict(set)
    for example in examples():
        meant[example.text].add((example.kind, example.code, example.reason))

    assert [text for text, meanings in meant.items() if len(meanings) > 1] == []


@pytest.mark.parametrize("word", ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT"])
@pytest.mark.parametrize("typed", [str.upper, str.lower, str.title, "  {}\n".format, "{}.".format])
def test_a_carriers_word_alone_is_heard_however_it_is_typed(word: str, typed: object) -> None:
    assert callable(typed)
    assert interpret(typed(word)).kind is IntentKind.STOP


def test_the_operator_phones_a_doctor_who_texted_cancel() -> None:
    assert interpret("CANCEL").for_operator
    assert not interpret("STOP").for_operator


def test_only_an_unclear_reply_that_one_more_word_can_clear_goes_back_to_the_doctor() -> None:
    for example in examples():
        intent = interpret(example.text)
        if intent.kind is IntentKind.ASK:
            assert intent.for_operator == (intent.reason not in ASKED_BACK)


def test_a_text_longer_than_any_sms_is_not_read() -> None:
    assert interpret("yes".ljust(TEXT_MAX)).kind is IntentKind.ACCEPT
    assert interpret("yes".ljust(TEXT_MAX + 1)).kind is IntentKind.ASK


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_is_listed_twice_in_a_language(language: str) -> None:
    counted = Counter(words_of(plain(phrase)) for phrase, _ in listed(LANGUAGES[language]))

    assert [phrase for phrase, times in counted.items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_listed_phrase_can_be_found_as_a_phone_would_send_it(language: str) -> None:
    for phrase, meaning in [*listed(LANGUAGES[language]), *listed(ANY_LANGUAGE)]:
        own = LEXICONS[language][words_of(plain(phrase))]
        assert own == meaning or (phrase, meaning) in listed(ANY_LANGUAGE)


def test_no_word_is_a_yes_in_one_language_and_a_no_or_an_opt_out_in_another() -> None:
    meant = defaultdict(set)
    for lexicon in LEXICONS.values():
        for phrase, meaning in lexicon.items():
            meant[phrase].add("yes" if meaning in YES else "other" if meaning in CLEAR else "")

    assert [phrase for phrase, meanings in meant.items() if {"yes", "other"} <= meanings] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_leaving_out_accents_never_makes_a_yes_of_another_word(language: str) -> None:
    for phrase, meaning in listed(LANGUAGES[language]):
        if meaning not in YES:
            heard = {LEXICONS[language].get(words_of(spelling)) for spelling in spellings(phrase.casefold())}
            assert not heard & YES, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_yes_and_every_no_of_the_lists_is_one_when_it_stands_alone(language: str) -> None:
    for phrase, meaning in listed(LANGUAGES[language]):
        if meaning in YES:
            assert interpret(phrase).kind is IntentKind.ACCEPT, phrase
        if meaning in NO:
            assert interpret(phrase).kind is IntentKind.DECLINE, phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_listed_word_is_a_yes_or_a_no_when_it_stands_alone(language: str) -> None:
    elsewhere = {
        phrase for lexicon in LEXICONS.values() for phrase, meaning in lexicon.items() if meaning in CLEAR
    }
    for phrase, meaning in listed(LANGUAGES[language]):
        if meaning not in CLEAR and words_of(plain(phrase)) not in elsewhere:
            assert interpret(phrase).kind is IntentKind.ASK, phrase


def test_no_yes_of_any_language_survives_a_word_that_any_language_hears_as_a_reserve() -> None:
    reserves = {
        " ".join(phrase)
        for lexicon in LEXICONS.values()
        for phrase, meaning in lexicon.items()
        if meaning not in YES | {Meaning.COURTESY, Meaning.AGREEING, Meaning.ACKNOWLEDGING}
    }
    for reserve in reserves:
        for yes in ("yes", "ok", "si", "tak"):
            assert interpret(f"{yes} {reserve}").kind is not IntentKind.ACCEPT, (yes, reserve)


@pytest.mark.parametrize("language", ["es", "it"])
def test_si_without_its_accent_is_never_more_than_a_bare_yes(language: str) -> None:
    for phrase, meaning in LEXICONS[language].items():
        assert "si" not in phrase or meaning not in {Meaning.YES, Meaning.ALSO_YES}, phrase
