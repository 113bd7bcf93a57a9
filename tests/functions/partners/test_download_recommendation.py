"""A recommendation on paper and as a workbook: it says all, on one page, and the same twice."""

from io import BytesIO

import pytest

from functions.partners.domain.template_words import Spoken
from functions.partners.download_recommendation import DownloadRecommendation, download_recommendation
from shared.adapters.workbook_reader import BoundedReader
from shared.kernel.errors import NotFound
from tests.functions.partners.desk import PARTNER_USER, STRANGER, a_partner, an_institute, brought, recommend
from tests.functions.partners.filled import one, writes
from tests.world import World


def downloaded(world: World, key: str, form: str, language: Spoken = "pl") -> bytes:
    wish = DownloadRecommendation.model_validate(
        {"recommendation_id": key, "form": form, "language": language}
    )
    return world.download(world.call(download_recommendation, wish, as_=PARTNER_USER).url)


def pages_and_text(pdf: bytes) -> tuple[int, str]:
    import pikepdf

    from tests.pdf_text import text_of

    with pikepdf.open(BytesIO(pdf)) as opened:
        return len(opened.pages), text_of(pdf)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_the_paper_is_one_page_however_much_there_is_to_say(market: World, language: Spoken) -> None:
    for key in ("gamma", "delta", "omega"):
        an_institute(market, key, net=150_00)
    every = writes({"Usługi": {f"{column}{row}": value for row in (*range(6, 14), *range(15, 31))
                               for column, value in (("C", "tak"), ("D", row))}})  # fmt: skip
    key = recommend(market, brought(market, every, one("Firma", "C7", None)).upload_id).recommendation_id
    pdf = downloaded(market, key, "pdf", language)
    pages, text = pages_and_text(pdf)
    assert pages == 1
    assert "Alfa" in text
    assert "Omega" in text
    assert downloaded(market, key, "pdf", language) == pdf


def test_the_paper_says_what_is_missing_when_nothing_fits(market: World) -> None:
    key = recommend(market, brought(market, one("Lokalizacje", "I5", "x")).upload_id).recommendation_id
    pages, text = pages_and_text(downloaded(market, key, "pdf"))
    assert (pages, "ukraiński" in text) == (1, True)
    assert BoundedReader().read(downloaded(market, key, "xlsx")).sheets


def test_the_workbook_holds_every_line_and_no_formula(market: World) -> None:
    a_partner(market, name="=HYPERLINK(1)")
    an_institute(market, "evil", net=90_00)
    key = recommend(market, brought(market).upload_id).recommendation_id
    book = BoundedReader().read(downloaded(market, key, "xlsx"))
    cells = [cell for sheet in book.sheets for cell in sheet.cells.values()]
    assert not any(cell.formula for cell in cells)
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    lines = [spot for spot in book.sheets[1].cells if spot[1] == 2 and spot[0] > 3]
    assert len(lines) == 3 * 3
    assert (30 + 120 + 200) * 90.0 in [cell.value for cell in book.sheets[0].cells.values()]


def test_a_stranger_gets_no_paper(market: World) -> None:
    key = recommend(market, brought(market).upload_id).recommendation_id
    with pytest.raises(NotFound):
        market.call(download_recommendation, DownloadRecommendation(recommendation_id=key), as_=STRANGER)
