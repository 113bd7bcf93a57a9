"""What a notice says: its words in a language, and how a text and a mail are made of them.

Words are templates with names in braces; a value that holds braces is never read as one. Where the words
depend on a number they are given in every plural form, and `count` among the values chooses.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from shared.contracts.notice_page import Part, as_page, as_text
from shared.contracts.notices import NOTICES, Notice
from shared.kernel.gsm import to_gsm
from shared.kernel.plurals import Form, Speech, form_of

Said = str | Mapping[Form, str]
Values = Mapping[str, object]

HELLO: Final[Mapping[Speech, str]] = {"pl": "Dzień dobry,", "en": "Hello,"}
CLOSING: Final[Mapping[Speech, str]] = {
    "pl": "Na tę wiadomość nie trzeba odpowiadać. W razie pytań zadzwoń do nas.",
    "en": "There is no need to answer this message. If you have questions, please call us.",
}


class Words(NamedTuple):
    """`text`: to a phone. The others: of a mail. `lead`: the sentence that says it, also in a calendar.

    `facts`: label and value; what is empty is left out, in `more` too. `closing` "": the usual one.
    """

    text: Said = ""
    subject: Said = ""
    lead: Said = ""
    link: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    more: tuple[str, ...] = ()
    closing: str = ""
    sender: str = "Visita"


WordsOf = Mapping[Speech, Words]


class Text(NamedTuple):
    """The words of one notice to a phone, in the GSM alphabet."""

    notice: Notice
    body: str


class Mail(NamedTuple):
    notice: Notice
    subject: str
    lead: str
    text: str
    html: str


def speech_of(language: str) -> Speech:
    """Languages other than Polish are written to in English."""
    return "pl" if language == "pl" else "en"


def text_of(name: str, words: WordsOf, speech: Speech, values: Values) -> Text:
    return Text(NOTICES[name], to_gsm(_said(words[speech].text, speech, values)))


def mail_of(
    name: str, words: WordsOf, speech: Speech, values: Values, rows: Sequence[tuple[str, str]] = ()
) -> Mail:
    """`rows`: a list of words and where each leads."""
    return _mail(name, [_part(words[speech], speech, values, rows)])


def mail_in_both(name: str, words: WordsOf, values: Mapping[Speech, Values]) -> Mail:
    """Polish and then English, for a reader whose language nobody knows."""
    return _mail(name, [_part(words[one], one, values[one], ()) for one in HELLO])


def _mail(name: str, parts: Sequence[Part]) -> Mail:
    subject = " / ".join(one.subject for one in parts)
    return Mail(NOTICES[name], subject, parts[0].lead, as_text(parts), as_page(subject, parts))


def _part(words: Words, speech: Speech, values: Values, rows: Sequence[tuple[str, str]]) -> Part:
    facts = [(label, _said(value, speech, values)) for label, value in words.facts]
    more = [_said(one, speech, values) for one in words.more]
    return Part(
        speech=speech,
        subject=_said(words.subject, speech, values),
        hello=HELLO[speech],
        lead=_said(words.lead, speech, values),
        link=_said(words.link, speech, values),
        rows=tuple(rows),
        facts=tuple((label, value) for label, value in facts if value),
        more=tuple(one for one in more if one),
        closing=words.closing or CLOSING[speech],
        sender=words.sender,
    )


def _said(said: Said, speech: Speech, values: Values) -> str:
    if isinstance(said, str):
        return said.format(**values)
    count = values["count"]
    assert isinstance(count, int)
    return said[form_of(count, speech)].format(**values)
