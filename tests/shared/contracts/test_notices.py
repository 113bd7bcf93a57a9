"""Whatever is said to a person is in the list of notices, in both languages, cheap, and without secrets."""

import ast
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from string import Formatter

import pytest

from functions.house_visits.domain.texts import PLACE_MAX, SPECIALIZATION_MAX
from infra.rendering.notice_samples import LONGEST
from infra.rendering.notices import IN_BOTH, SPEECHES, mails, texts, words
from shared.contracts.notice_words import Said, Words, mail_of
from shared.contracts.notices import NOTICES, Channel
from shared.kernel.gsm import Encoding, segments
from shared.kernel.plurals import FORMS, Speech
from tests.test_architecture import EVERYWHERE, ROOT, name

WRITERS = {"SendSms": "shared/contracts/notice_letters.py", "SendMail": "shared/contracts/notice_letters.py"}
"""Who may write a letter to a person: nobody else, so nothing is said that is no notice."""
WORDERS = {"Text": "shared/contracts/notice_words.py", "Mail": "shared/contracts/notice_words.py"}
PUSHERS = ("functions/chat/push_message.py",)
SAYS_TO_PHONES = {"code", "what", "where", "when", "at", "choices", "link"}
"""Of a person nothing: district, time, specialization, codes, and the personal link that holds a code."""
CARRIERS_READ = {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "start", "unstop", "help"}
TEXTED = [one for one in NOTICES.values() if Channel.SMS in one.channels]
MAILED = [one for one in NOTICES.values() if Channel.MAIL in one.channels]
BY_TEXT = [(one.name, speech) for one in TEXTED for speech in SPEECHES]
BY_MAIL = [(one.name, speech) for one in MAILED for speech in SPEECHES]


def calls(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def templates(said: Said) -> Iterator[str]:
    yield from [said] if isinstance(said, str) else said.values()


def names_in(said: Said) -> set[str]:
    return {field for one in templates(said) for _, field, _, _ in Formatter().parse(one) if field}


@pytest.mark.parametrize("path", EVERYWHERE, ids=name)
def test_nothing_is_said_to_a_person_but_by_a_notice(path: Path) -> None:
    text = path.read_text()
    for one, writer in (WRITERS | WORDERS).items():
        if one in text and one in calls(path):
            assert name(path) == writer, f"{name(path)} builds a {one}: say it by a notice"
    if ".push.tell(" in text:
        assert name(path) in PUSHERS


def test_every_notice_has_its_words_in_its_own_module_and_there_are_no_others() -> None:
    worded = {one.name for one in NOTICES.values() if one.channels != (Channel.PUSH,)}
    assert set(words()) == worded
    for path in ROOT.glob("functions/*/domain/*texts.py"):
        for found in re.findall(r'^    "(\w+)\.\w+": \{', path.read_text(), re.MULTILINE):
            assert found == path.relative_to(ROOT).parts[1]


def test_every_notice_says_when_and_to_whom_and_by_which_way() -> None:
    for one in NOTICES.values():
        assert one.when
        assert one.once
        assert one.channels
        assert (ROOT / "functions" / one.module).is_dir()


@pytest.mark.parametrize("notice", words())
def test_every_notice_is_written_in_polish_and_english_with_the_same_facts(notice: str) -> None:
    said = words()[notice]
    assert set(said) == set(SPEECHES)
    ways = NOTICES[notice].channels
    for speech in SPEECHES:
        assert bool(said[speech].text) == (Channel.SMS in ways)
        assert bool(said[speech].subject) == bool(said[speech].lead) == (Channel.MAIL in ways)
    assert names_in(said["pl"].text) == names_in(said["en"].text)
    assert names_in(said["pl"].lead) == names_in(said["en"].lead)


@pytest.mark.parametrize("notice", words())
def test_words_with_a_number_have_every_plural_form_of_their_language(notice: str) -> None:
    for speech, said in words()[notice].items():
        for one in (said.text, said.subject, said.lead):
            if isinstance(one, Mapping):
                assert tuple(one) == FORMS[speech]


@pytest.mark.parametrize(("notice", "speech"), BY_TEXT)
def test_a_text_is_cheap_also_with_the_longest_values(notice: str, speech: Speech) -> None:
    for one in texts(notice, words()[notice], speech, longest=True):
        length = segments(one.body)
        assert length.encoding == Encoding.GSM7
        assert 1 <= length.segments <= NOTICES[notice].segments_max
        assert one.notice == NOTICES[notice]
        assert not {"{", "}"} & set(one.body)


def test_the_longest_values_are_as_long_as_the_code_lets_them_become() -> None:
    for speech in SPEECHES:
        assert len(str(LONGEST[speech]["what"])) == SPECIALIZATION_MAX
        assert len(str(LONGEST[speech]["where"])) == PLACE_MAX


@pytest.mark.parametrize(("notice", "speech"), BY_TEXT)
def test_a_text_holds_nothing_of_a_person(notice: str, speech: Speech) -> None:
    assert names_in(words()[notice][speech].text) <= SAYS_TO_PHONES


@pytest.mark.parametrize(("notice", "speech"), BY_TEXT)
def test_no_text_holds_a_word_that_carriers_act_upon(notice: str, speech: Speech) -> None:
    for one in texts(notice, words()[notice], speech):
        assert not set(re.findall(r"\w+", one.body.lower())) & CARRIERS_READ


class Page(HTMLParser):
    """What a page shows, in which languages, and what it would fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.languages: list[str] = []
        self.fetched: list[str] = []
        self.shown = ""
        self.links: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.languages += [found["lang"] or ""] if tag in ("html", "div") else []
        self.fetched += [tag] if tag in ("img", "script", "link", "iframe", "style") else []
        self.links += [found["href"] or ""] if "href" in found else []
        self.fetched += [name for name in found if name in ("src", "background", "srcset")]
        self.open += [] if tag in ("meta", "br") else [tag]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data


@pytest.mark.parametrize(("notice", "speech"), BY_MAIL)
def test_a_mail_says_the_same_as_text_and_as_a_page_that_loads_nothing(notice: str, speech: Speech) -> None:
    both = NOTICES[notice].reader in IN_BOTH
    for mail in mails(notice, words()[notice], speech):
        page = Page(mail.html)
        assert page.languages == (["pl", "pl", "en"] if both else [speech, speech])
        assert page.fetched == page.open == []
        assert "url(" not in mail.html
        assert mail.lead in mail.text
        said = [line.strip(" -") for line in mail.text.splitlines() if line.strip(" -")]
        shown = "\n".join([page.shown, *page.links])
        for line in said:
            label, _, value = line.partition(": ")
            assert line in shown or (label in shown and value in shown), line
        assert mail.subject in shown
        assert not {"{", "}"} & set(mail.subject + mail.text)


def test_what_people_typed_is_never_markup() -> None:
    said = Words(subject="{who}", lead="{who}", link="{who}", facts=(("a", "{who}"),), more=("{who}",))
    typed = "<b onclick='x'>\"&{who}</b>"
    pair = {"pl": said, "en": said}
    mail = mail_of("house_visits.booked", pair, "pl", {"who": typed}, [(typed, typed)])  # type: ignore[arg-type]  # literals
    page = Page(mail.html)
    assert page.shown.count(typed) == 7  # title, heading, lead, link, row, fact, paragraph
    assert page.links == [typed, typed]
    assert not re.findall(r"<b |'x'", mail.html)
