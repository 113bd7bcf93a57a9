"""One HTML page that explains the API: no script from elsewhere, no font from elsewhere, works offline."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from infra.local.api_page.operations import operations

HERE = Path(__file__).parent


def render(document: Mapping[str, Any], base_url: str) -> str:
    """`document` is OpenAPI 3.1; `base_url` is where curl shall find the functions."""
    return _template().render(
        info=document.get("info", {}),
        modules=operations(document, base_url),
        base_url=base_url,
        style=(HERE / "page.css").read_text(),
        script=(HERE / "page.js").read_text(),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
