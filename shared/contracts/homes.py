"""Where somebody lives, and the one form of it by which two people of one household are found."""

import re
import unicodedata
from typing import Annotated, Final

from pydantic import Field

from shared.kernel.records import Value

_KIND_OF_STREET: Final = re.compile(r"^(ul|ulica|al|aleja|pl|plac|os|osiedle)\b\.?")
_FLAT: Final = re.compile(r"\s*(?:/|\bm\.?|\blok\.?)\s*(?=\d)")
_PLAIN: Final = str.maketrans("łŁ", "lL")


class Home(Value):
    """Needs street and house number to tell one household from its neighbours."""

    street: Annotated[str, Field(min_length=3, max_length=200, examples=["ul. Kwiatowa 7/12"])]
    postcode: Annotated[str, Field(min_length=3, max_length=20, examples=["02-539"])]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] = "PL"


def home_text(home: Home) -> str:
    """`ul. Kwiatowa 7 m. 12` and `Kwiatowa 7/12` are one home: case, accents and marks do not count."""
    street = _KIND_OF_STREET.sub("", _plain(home.street))
    street = re.sub(r"[^a-z0-9/]", "", _FLAT.sub("/", street))
    return f"home:{home.country}:{re.sub('[^a-z0-9]', '', _plain(home.postcode))}:{street}"


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.translate(_PLAIN))
    return "".join(one for one in apart if not unicodedata.combining(one)).casefold().strip()
