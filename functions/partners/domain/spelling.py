"""Words as people type them, brought to one form: case, accents and spaces do not tell words apart."""

import re
import unicodedata

_STROKED = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss", "đ": "d"})


def plain(text: str) -> str:
    """ "  Badanie  WSTĘPNE " -> "badanie wstepne"; underscores and dashes are spaces."""
    apart = unicodedata.normalize("NFKD", text.translate(_STROKED))
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign)).casefold()
    return re.sub(r"[\s_\-]+", " ", bare).strip()
