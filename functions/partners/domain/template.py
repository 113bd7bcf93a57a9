"""The questionnaire as a template: its version, its anchors, and the mark by which we know our own.

Anchors are defined names: whoever renames sheets, moves columns or sorts rows takes them along. Version 2
added the questions about evenings and access; a questionnaire of version 1 is read as if they were empty.
"""

from collections.abc import Mapping
from typing import Final, NamedTuple

from functions.partners.domain.languages import LANGUAGES

TEMPLATE_VERSION: Final = 2
OLDEST_READ: Final = 1
SINCE: Final[Mapping[str, int]] = {"q_evening": 2, "q_accessible": 2}

META_SHEET: Final = "_meta"
META_FIELDS: Final = ("template", "version", "partner", "language", "signature")
TEMPLATE: Final = "visita-partner-questionnaire"

COMPANY_FIELDS: Final = (
    "q_average_age",
    "q_currency",
    "q_budget",
    "q_budget_is_must",
    "q_distance",
    "q_saturday",
    "q_evening",
    "q_accessible",
)
LOCATION_COLUMNS: Final = ("q_loc_name", "q_loc_street", "q_loc_postcode", "q_loc_city", "q_loc_heads")
LANGUAGE_COLUMNS: Final = {f"q_lang_{code}": code for code in LANGUAGES}
SERVICE_COLUMNS: Final = ("q_srv_code", "q_srv_name", "q_srv_wanted", "q_srv_quantity")
ANCHORS: Final = (*COMPANY_FIELDS, *LOCATION_COLUMNS, *LANGUAGE_COLUMNS, *SERVICE_COLUMNS)

LOCATION_ROWS: Final = 20
"""As many as are printed; further ones may be written below."""


class Meta(NamedTuple):
    """What the hidden sheet says; `signature` is ours over the rest."""

    template: str
    version: int
    partner: str
    language: str
    signature: str


def signed_text(version: int, partner_id: str, language: str) -> str:
    return f"{TEMPLATE}|{version}|{partner_id}|{language}"
