"""Files that tests bring, made by code: pictures and PDFs as they should be, and small changes to them."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pikepdf
from PIL import Image

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


@cache
def a_picture(kind: str = "JPEG", width: int = 64, height: int = 48) -> bytes:
    image = Image.new("RGB", (width, height), (120, 160, 200))
    made = io.BytesIO()
    image.save(made, kind)
    return made.getvalue()


def a_pdf(change: Callable[[Any], object] | None = None, pages: int = 1, **saving: Any) -> bytes:
    """`change` is given the PDF before it is saved. The same again is the same to the last byte."""
    made = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        if change is not None:
            change(pdf)
        pdf.save(made, deterministic_id="encryption" not in saving, **saving)
    return made.getvalue()
