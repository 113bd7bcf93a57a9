"""The page of all notices: who is told what, when, by which ways, and every word of it."""

from collections.abc import Iterator, Mapping
from html import escape
from importlib import import_module
from pathlib import Path
from typing import Final

from infra.rendering.notice_samples import COUNTS, MANY, rows, values
from infra.rendering.pages import HEAD
from shared.contracts.notice_words import Mail, Text, WordsOf, mail_in_both, mail_of, text_of
from shared.contracts.notices import NOTICES, Channel, Notice, Reader
from shared.kernel.gsm import SINGLE_MAX, segments
from shared.kernel.plurals import Speech

ROOT: Final = Path(__file__).resolve().parents[2]
SPEECHES: Final[tuple[Speech, ...]] = ("pl", "en")
IN_BOTH: Final = frozenset({Reader.TEAM_LEAD})
"""Readers whose language nobody knows: their mails hold both."""
INTRO: Final = """\
Everything that is said to a person by text, mail or push, with invented values. Words are changed in the
module's `domain/*texts.py`, who is told and when in [notices.py](../shared/contracts/notices.py); then
render. How a notice finds its reader: [architecture.md](architecture.md#notices).

Texts are written in the GSM alphabet, without Polish letters: one letter outside it makes a text cost more
than twice as much. *At longest* is the same text with the longest values. Texts and mails are written in
Polish and in English; who speaks another language reads English.
"""


def words() -> dict[str, WordsOf]:
    """By the notice's name, found by their place in the tree."""
    found: dict[str, WordsOf] = {}
    for path in sorted(ROOT.glob("functions/*/domain/*texts.py")):
        module = import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
        found |= getattr(module, "WORDS", {})
    return found


def texts(name: str, said: WordsOf, speech: Speech, *, longest: bool = False) -> list[Text]:
    """One, or one for each plural form."""
    counts = _counts(said[speech].text, speech)
    return [text_of(name, said, speech, values(speech, longest=longest, count=one)) for one in counts]


def mails(name: str, said: WordsOf, speech: Speech) -> list[Mail]:
    """One, or one for each plural form."""
    if NOTICES[name].reader in IN_BOTH:
        return [mail_in_both(name, said, {one: values(one) for one in SPEECHES})]
    counts = _counts(said[speech].subject, speech)
    return [mail_of(name, said, speech, values(speech, count=one), rows(name, speech, one)) for one in counts]


def texts_page() -> str:
    said = words()
    lines = [HEAD, "# Texts\n", INTRO]
    for module in dict.fromkeys(one.module for one in NOTICES.values()):
        mine = [one for one in NOTICES.values() if one.module == module]
        lines += [f"\n## {module}\n", *_declared(mine), "", *_worded(mine, said)]
    return "\n".join(lines) + "\n"


def _declared(notices: list[Notice]) -> Iterator[str]:
    yield "| notice | told when | who | by | waits | may say no | once for |"
    yield "|---|---|---|---|---|---|---|"
    for one in notices:
        ways = ", ".join(one.channels)
        cells = (f"`{one.name}`", one.when, one.reader, ways, one.haste, one.refusing, one.once)
        yield f"| {' | '.join(cells)} |"


def _worded(notices: list[Notice], said: Mapping[str, WordsOf]) -> Iterator[str]:
    yield "| notice | language | by | words | cost |"
    yield "|---|---|---|---|---|"
    for one in notices:
        if Channel.PUSH in one.channels:
            yield f"| `{one.name}` | | push | *no words* | |"
        if Channel.SMS in one.channels:
            yield from _text_rows(one.name, said[one.name])
        if Channel.MAIL in one.channels:
            yield from _mail_rows(one, said[one.name])


def _text_rows(name: str, said: WordsOf) -> Iterator[str]:
    for speech in SPEECHES:
        usual, longest = texts(name, said, speech), texts(name, said, speech, longest=True)
        for one, long in zip(usual, longest, strict=True):
            cost = _cost(one.body)
            more = f"; at longest {_cost(long.body)}" if long != one else ""
            yield f"| `{name}` | {speech} | sms | {_cell(one.body)} | {cost}{more} |"


def _mail_rows(notice: Notice, said: WordsOf) -> Iterator[str]:
    both = notice.reader in IN_BOTH
    for speech in SPEECHES[:1] if both else SPEECHES:
        for one in mails(notice.name, said, speech):
            shown = f"**{_cell(one.subject)}**<br><br>{_cell(one.text.strip())}"
            yield f"| `{notice.name}` | {'pl and en' if both else speech} | mail | {shown} | |"


def _cost(body: str) -> str:
    """`GSM-7, 97/160, 1 segment`."""
    length = segments(body)
    name = {"gsm7": "GSM-7", "ucs2": "UCS-2"}[length.encoding]
    unit = "segment" if length.segments == 1 else "segments"
    return f"{name}, {length.characters}/{SINGLE_MAX[length.encoding]}, {length.segments} {unit}"


def _cell(text: str) -> str:
    return escape(text, quote=False).replace("|", "\\|").replace("\n", "<br>")


def _counts(template: object, speech: Speech) -> list[int]:
    """A number for each plural form where there are some; else any."""
    return list(COUNTS[speech].values()) if isinstance(template, Mapping) else [MANY]
