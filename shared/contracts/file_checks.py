"""What is found in a file that somebody brought, and the limits within which it is looked for."""

from typing import Final

from pydantic import Field

from shared.contracts.documents import Reason
from shared.kernel.records import Value

BYTES_MAX: Final = 20 * 1024 * 1024
PIXELS_MAX: Final = 64_000_000
SIDE_MAX: Final = 20_000
PAGES_MAX: Final = 200
OBJECTS_MAX: Final = 60_000
UNPACKED_MAX: Final = 256 * 1024 * 1024
"""Bytes that the packed parts of one document may unpack to, all together."""


class ScannerUnclear(Exception):
    """The scanner did not answer, or not clearly: nothing is known of the file."""


class Inspected(Value):
    """`reason` is NONE where nothing speaks against the file; `pages` of a PDF, `pixels` of a picture."""

    reason: Reason = Reason.NONE
    pages: int = Field(0, ge=0)
    pixels: int = Field(0, ge=0)
