"""Is it one picture, whole, and of a size that can be shown? Its head is read before a pixel is unpacked."""

import io
from typing import Any

from PIL import Image

from shared.contracts.documents import Reason
from shared.contracts.file_checks import PIXELS_MAX, SIDE_MAX, Inspected

KINDS = {"image/jpeg": "JPEG", "image/png": "PNG"}
SECOND_PICTURES = "MPO"
"""A JPEG with further pictures behind it, as cameras write them: it does not move."""


def inspect_picture(content: bytes, content_type: str) -> Inspected:
    Image.MAX_IMAGE_PIXELS = None  # our own limit is asked below, and refuses where Pillow warns
    try:
        with Image.open(io.BytesIO(content), formats=[KINDS[content_type]]) as picture:
            return _inspected(picture)
    # Readers of broken files raise whatever their parts raise; all of it says that the file is broken.
    except (OSError, SyntaxError, ValueError, TypeError, IndexError, KeyError, OverflowError, EOFError):
        return Inspected(reason=Reason.DAMAGED)


def _inspected(picture: Any) -> Inspected:
    width, height = picture.size
    pixels = width * height
    if pixels > PIXELS_MAX or max(width, height) > SIDE_MAX:
        return Inspected(reason=Reason.TOO_MANY_PIXELS, pixels=pixels)
    if picture.format != SECOND_PICTURES and getattr(picture, "n_frames", 1) > 1:
        return Inspected(reason=Reason.ANIMATED, pixels=pixels)
    picture.load()  # all of it, so that a cut one is noticed
    return Inspected(pixels=pixels)
