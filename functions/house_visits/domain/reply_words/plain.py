"""A text as typed on any phone, brought to one form: one case, one kind of quote, no invisible signs."""

import re
import unicodedata
from typing import Final

WORD: Final = r"[^\W_]+(?:'[^\W_]+)*"

_INVISIBLE: Final = dict.fromkeys(
    "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\ufeff"  # joiners, directions
    "\u202a\u202b\u202c\u202d\u202e"
    "\ufe0e\ufe0f\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"  # an emoji's style and skin
)
_ONE_FORM: Final = str.maketrans(
    _INVISIBLE | dict.fromkeys("‘’‚‛′´`ʼʹ", "'") | dict.fromkeys("“”„‟″«»‹›❝❞", '"')
)
# Their compatibility forms say something else: NFKC makes "No" of the number sign and ";" of a Greek "?".
_BEFORE: Final = str.maketrans({"№": "#", "\u037e": "?", "؟": "?", "՞": "?", "‽": "?", "❓": "?", "❔": "?"})

# Exact words to the very end: a signature that took one word too many with it could take a "not".
_MINE: Final = (
    r"(?:(?:telefonu? |smartphone )?(?:iphon(?:e|e'a|u|a)?|ipad(?:a|'a|u)?|samsung|huawei|xiaomi|android)"
    r"(?: galaxy)?(?: [a-z]?\d{1,2}[a-z]?)?(?: smartphone| device| phone| tablet)?"
    r"|handy|smartphone|mobile(?: phone)?|phone|telefonu?|téléphone|móvil|telefono|mobilu)"
)
_SIGNATURE: Final = re.compile(
    r"(?:^|[\s.!,;:)-])(?:"
    rf"sent (?:from|via|with) (?:my )?{_MINE}"
    rf"|wysłan[eoay] z (?:mojego )?{_MINE}"
    rf"|(?:von meinem {_MINE} gesendet|gesendet von (?:meinem )?{_MINE})"
    rf"|envoyé (?:de|depuis) (?:mon )?{_MINE}"
    rf"|(?:надіслано|відправлено) з (?:мого )?{_MINE}"
    rf"|отправлено с (?:моего )?{_MINE}"
    rf"|enviado desde (?:mi )?{_MINE}"
    rf"|inviato da(?:l mio)? {_MINE}"
    rf"|odesláno z (?:mého )?{_MINE}"
    r"|get outlook for (?:ios|android)|pobierz outlooka? dla systemu (?:ios|android)"
    r")[\s.!]*$"
)


def plain(text: str) -> str:
    """The text in compatibility form and folded case, without invisible signs and a phone's signature."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text.translate(_BEFORE)).casefold())
    return _SIGNATURE.sub("", folded.translate(_ONE_FORM)).strip()


def words_of(text: str) -> tuple[str, ...]:
    return tuple(re.findall(WORD, text))
