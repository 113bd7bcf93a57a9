"""Reads what an application answers to an inbound message: the texts it wants sent back."""

from typing import Final
from xml.etree import ElementTree

REPLIES_MAX: Final = 10


class BadTwiml(Exception):
    """Twilio would report error 12100 or 12200 and send nothing."""


def replies(body: bytes) -> list[str]:
    """The texts of all <Message> verbs; none for an empty answer. Raises BadTwiml."""
    if not body.strip():
        return []
    try:
        root = ElementTree.fromstring(body)  # our own functions wrote it  # nosec B314
    except ElementTree.ParseError as bad:
        raise BadTwiml(str(bad)) from None
    if root.tag != "Response":
        raise BadTwiml(f"<{root.tag}> instead of <Response>")
    texts = [_text(verb) for verb in root.iter("Message")]
    return [text for text in texts if text][:REPLIES_MAX]


def _text(verb: ElementTree.Element) -> str:
    body = verb.find("Body")
    return ((verb if body is None else body).text or "").strip()
