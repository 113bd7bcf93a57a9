"""The one layout of all mails: the same words once as text and once as a page.

Plain on purpose: nothing is loaded from anywhere, no script, no picture, and whatever is said is escaped.
"""

from collections.abc import Sequence
from html import escape
from typing import Final, NamedTuple

from shared.kernel.plurals import Speech


class Part(NamedTuple):
    """A mail in one language, all its words made up. `rows`: words, and where they lead."""

    speech: Speech
    subject: str
    hello: str
    lead: str
    link: str
    rows: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    more: tuple[str, ...]
    closing: str
    sender: str


_PAGE: Final = """\
<!doctype html>
<html lang="{speech}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{subject}</title>
</head>
<body style="margin:0;padding:24px 12px;background:#f3f5f4;color:#1c2b2a;\
font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,Arial,sans-serif">
<table role="presentation" cellpadding="0" cellspacing="0" style="width:100%;max-width:520px;\
margin:0 auto;background:#ffffff;border-radius:8px">
<tr><td style="padding:28px;overflow-wrap:anywhere">
{parts}
</td></tr>
</table>
</body>
</html>
"""
_PART: Final = """\
<div lang="{speech}"{apart}>
<h1 style="margin:0 0 16px;font-size:21px;line-height:1.3">{subject}</h1>
{inside}
<p style="margin:20px 0 4px;color:#51605e;font-size:14px">{closing}</p>
<p style="margin:0;color:#51605e;font-size:14px">{sender}</p>
</div>"""
_APART: Final = ' style="margin-top:28px;padding-top:28px;border-top:1px solid #d5dedc"'
_PARAGRAPH: Final = '<p style="margin:0 0 12px">{}</p>'
_LINK: Final = '<a href="{}" style="color:#14594f">{}</a>'
_BOX: Final = (
    '<p style="margin:0 0 12px;padding:12px 16px;border-left:4px solid #1f7a6d;background:#eef5f3">{}</p>'
)
_FACT: Final = "{}:<br><strong>{}</strong>"
_ROWS: Final = '<ul style="margin:0 0 12px;padding-left:20px">{}</ul>'


def as_text(parts: Sequence[Part]) -> str:
    return "\n\n---\n\n".join(_text(one) for one in parts) + "\n"


def as_page(subject: str, parts: Sequence[Part]) -> str:
    inside = "\n".join(_part(one, apart=one is not parts[0]) for one in parts)
    return _PAGE.format(speech=parts[0].speech, subject=escape(subject), parts=inside)


def _text(part: Part) -> str:
    facts = "\n".join(f"{label}: {value}" for label, value in part.facts)
    rows = "\n".join(f"- {words}\n  {link}" for words, link in part.rows)
    ends = f"{part.closing}\n{part.sender}"
    said = (part.hello, part.lead, part.link, rows, facts, *part.more, ends)
    return "\n\n".join(one for one in said if one)


def _part(part: Part, *, apart: bool) -> str:
    inside = [_PARAGRAPH.format(escape(part.hello)), _PARAGRAPH.format(escape(part.lead))]
    if part.link:
        inside.append(_PARAGRAPH.format(_LINK.format(escape(part.link), escape(part.link))))
    if part.rows:
        items = "".join(f"<li>{_LINK.format(escape(link), escape(words))}</li>" for words, link in part.rows)
        inside.append(_ROWS.format(items))
    if part.facts:
        facts = "<br>".join(_FACT.format(escape(label), escape(value)) for label, value in part.facts)
        inside.append(_BOX.format(facts))
    inside += [_PARAGRAPH.format(escape(one)) for one in part.more]
    return _PART.format(
        speech=part.speech,
        apart=_APART if apart else "",
        subject=escape(part.subject),
        inside="\n".join(inside),
        closing=escape(part.closing),
        sender=escape(part.sender),
    )
