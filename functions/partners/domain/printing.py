"""A recommendation put on one page, in words that are ready to be set."""

from functions.partners.domain.money import in_words
from functions.partners.domain.outcome import Candidate, Outcome
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.sentences import (
    CRITERIA,
    kilometres,
    measure,
    missed,
    percent,
    what_would_change,
    why_first,
    why_not_first,
)
from functions.partners.domain.services import BY_CODE
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.weights import FULL, Criterion
from shared.contracts.paper_text import PRINTABLE
from shared.contracts.papers import PaperIssuer
from shared.contracts.recommendation_paper import (
    LINES_MAX,
    PaperCriterion,
    PaperQuoteLine,
    PaperRow,
    RecommendationPaper,
)

ISSUER = "Visita"
_W = {
    "title": {"pl": "Rekomendacja placówki", "en": "Recommended institute"},
    "subtitle": {
        "pl": "{partner} · {heads} osób w {places} lokalizacjach · {services} usług · średni wiek {age}",
        "en": "{partner} · {heads} people at {places} locations · {services} services · average age {age}",
    },
    "none": {
        "pl": "Żadna placówka nie spełnia wszystkich warunków",
        "en": "No institute meets all conditions",
    },
    "more": {
        "pl": "i jeszcze {number} pozycji, razem {gross}",
        "en": "and {number} more lines, together {gross}",
    },
    "note": {
        "pl": "w tym VAT {vat}; cennik obowiązuje od {day}",
        "en": "including VAT of {vat}; price list in force from {day}",
    },
    "footnote": {
        "pl": "Porównano {considered} placówek; {fitting} spełnia wszystkie warunki. Odległości w linii "
        "prostej. Dane z wydania {edition}, wagi w wersji {weights}; wynik można odtworzyć: {sha}.",
        "en": "{considered} institutes were compared; {fitting} meet all conditions. Distances in a straight "
        "line. Data of edition {edition}, weights of version {weights}; it can be computed again: {sha}.",
    },
}  # fmt: skip


def printable(text: str, most: int = 120) -> str:
    """Names that companies type: what our fonts do not hold becomes a question mark."""
    return "".join(sign if sign in PRINTABLE else "?" for sign in text)[:most].strip() or "?"


def paper_of(one: Recommendation, partner_name: str, language: Spoken) -> RecommendationPaper:
    outcome, answers = one.outcome, one.answers
    first = outcome.candidates[0] if outcome.candidates else None
    age = f"{answers.average_age.normalize():f}"
    return RecommendationPaper(
        language=language,
        issuer=PaperIssuer(name=ISSUER),
        number=one.id,
        title=_W["title"][language],
        subtitle=_W["subtitle"][language].format(
            partner=printable(partner_name),
            heads=answers.head_count,
            places=len(answers.locations),
            services=len(answers.wishes),
            age=age.replace(".", ",") if language == "pl" else age,
        ),
        made_at=one.made_at,
        headline=printable(first.name) if first else _W["none"][language],
        reason=printable(why_first(outcome, language), 900) if first else "",
        change=printable(what_would_change(outcome.smallest_change, outcome, answers, language), 900)
        if len(outcome.candidates) > 1
        else "",
        rows=tuple(_row(each, one, language) for each in outcome.candidates),
        criteria=_criteria(first, outcome, language) if first else (),
        lines=_lines(first, language) if first else (),
        more_lines=_more(first, language) if first else "",
        total=in_words(first.quote.gross, first.quote.currency, language) if first else "",
        total_note=_W["note"][language].format(
            vat=in_words(first.quote.vat, first.quote.currency, language),
            day=first.quote.valid_from.isoformat(),
        )
        if first
        else "",
        misses=_misses(one, language),
        footnote=_W["footnote"][language].format(
            considered=outcome.considered,
            fitting=outcome.fitting,
            edition=one.pins.edition,
            weights=one.weights_version,
            sha=one.outcome_sha256[:16],
        ),
    )


def _row(each: Candidate, one: Recommendation, language: Spoken) -> PaperRow:
    first = each is one.outcome.candidates[0]
    remark = "" if first else why_not_first(each, one.outcome, language)
    return PaperRow(
        name=printable(each.name),
        score=percent(each.points, one.outcome.points_max, language),
        share=each.points * 100 // one.outcome.points_max,
        price=in_words(each.quote.gross, each.quote.currency, language),
        distance=kilometres(each.contributions[0].measure, language),
        remark=remark,
    )


def _criteria(first: Candidate, outcome: Outcome, language: Spoken) -> tuple[PaperCriterion, ...]:
    assert [one.criterion for one in first.contributions] == list(Criterion)
    return tuple(
        PaperCriterion(
            name=CRITERIA[one.criterion][language],
            measure=measure(one, language),
            share=one.utility * 100 // FULL,
            points=percent(one.points, outcome.points_max, language),
        )
        for one in first.contributions
    )


def _lines(first: Candidate, language: Spoken) -> tuple[PaperQuoteLine, ...]:
    currency = first.quote.currency
    return tuple(
        PaperQuoteLine(
            name=BY_CODE[line.service].name(language),
            quantity=str(line.quantity),
            unit=in_words(line.net_unit, currency, language),
            vat=f"{line.vat_rate / 100:g} %".replace(".", "," if language == "pl" else "."),
            gross=in_words(line.gross, currency, language),
        )
        for line in first.quote.lines[:LINES_MAX]
    )


def _more(first: Candidate, language: Spoken) -> str:
    rest = first.quote.lines[LINES_MAX:]
    if not rest:
        return ""
    gross = in_words(sum(line.gross for line in rest), first.quote.currency, language)
    return _W["more"][language].format(number=len(rest), gross=gross)


def _misses(one: Recommendation, language: Spoken) -> tuple[PaperRow, ...]:
    return tuple(
        PaperRow(
            name=printable(each.name),
            score="",
            share=0,
            price="",
            distance="",
            remark=printable("; ".join(missed(miss, one.answers, language) for miss in each.misses), 900),
        )
        for each in one.outcome.near_misses
    )
