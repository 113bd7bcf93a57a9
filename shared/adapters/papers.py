"""Sets papers with Typst as PDF/A-2a and PDF/UA-1: fonts embedded, readable by machines and screen readers.

Data reach the templates (`data/papers`) as JSON, never as markup. Fonts are those in that folder and those
inside the library, never the machine's, and the date is the paper's own: the same paper gives the same bytes
everywhere. A new kind of paper is a method here, a template beside `certificate.typ` that begins with
`common.typ` (sheet, letterhead, check box), and its words in `words.json`.
"""

import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from pydantic import JsonValue

from shared.contracts.papers import CertificatePaper
from shared.contracts.recommendation_paper import RecommendationPaper
from shared.contracts.transcripts import TranscriptPaper
from shared.contracts.work_papers import FitnessPaper, ReferralPaper

TEMPLATES: Final = Path(__file__).parent / "data" / "papers"
STANDARDS: Final = ("a-2a", "ua-1")
QR_ERROR: Final = "m"  # 15 % of the code may be dirty


def unsigned(pdf: bytes) -> bytes:
    """What signs where there is no key."""
    return pdf


class TypstPapers:
    """`signer` puts a signature after a PDF."""

    def __init__(self, signer: Callable[[bytes], bytes]) -> None:
        self._signer = signer

    def certificate(self, paper: CertificatePaper) -> bytes:
        data: dict[str, Any] = paper.model_dump(mode="json") | {
            "issued_on": paper.issued_on.isoformat(),
            "total_percent": None if paper.total_percent is None else _plain(paper.total_percent),
            "items": [
                item.model_dump(mode="json")
                | {
                    "found_percent": _plain(item.found_percent),
                    "counted_percent": _plain(item.counted_percent),
                }
                for item in paper.items
            ],
        }
        return _set("certificate.typ", data, paper.check.link, paper.issued_at)

    def transcript(self, paper: TranscriptPaper) -> bytes:
        lines = [line.model_dump(mode="json") | {"wall": paper.wall(line.at)} for line in paper.lines]
        data = paper.model_dump(mode="json", exclude={"lines"}) | {"lines": lines}
        return _set("transcript.typ", data, "", paper.made_at)

    def referral(self, paper: ReferralPaper) -> bytes:
        data = paper.model_dump(mode="json") | {"issued_on": paper.issued_on.isoformat()}
        return _set("referral.typ", data, "", paper.issued_at)

    def fitness(self, paper: FitnessPaper) -> bytes:
        data = paper.model_dump(mode="json") | {"issued_on": paper.issued_on.isoformat()}
        return _set("fitness.typ", data, paper.check.link, paper.issued_at)

    def recommendation(self, paper: RecommendationPaper) -> bytes:
        return _set("recommendation.typ", paper.model_dump(mode="json"), "", paper.made_at)

    def sign(self, pdf: bytes) -> bytes:
        return self._signer(pdf)


def _set(template: str, data: dict[str, JsonValue], link: str, made_at: datetime) -> bytes:
    import typst  # heavy: only who makes papers pays for it

    moment = made_at.timetuple()[:6]
    pdf = typst.compile(
        TEMPLATES / template,
        root=TEMPLATES,
        font_paths=[TEMPLATES / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(data | {"qr": _qr(link) if link else "", "made_at": list(moment)})},
        pdf_standards=list(STANDARDS),
        timestamp=made_at.replace(microsecond=0),  # it takes whole seconds only
        format="pdf",
    )
    assert isinstance(pdf, bytes)
    return pdf


def _qr(link: str) -> str:
    import segno

    picture = BytesIO()
    segno.make(link, error=QR_ERROR, micro=False).save(picture, kind="svg", border=0, xmldecl=False)
    return picture.getvalue().decode()


def _plain(value: Decimal) -> str:
    """12.50 -> "12.5", 40 -> "40"."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
