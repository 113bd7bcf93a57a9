"""A recommendation in words, in Polish and English: why this one, why not that one, what would change it."""

from collections.abc import Callable, Mapping
from typing import Final

from functions.partners.domain.answers import Answers
from functions.partners.domain.assessment import Constraint
from functions.partners.domain.languages import LANGUAGES
from functions.partners.domain.money import in_words
from functions.partners.domain.outcome import (
    Candidate,
    Change,
    Contribution,
    Miss,
    Outcome,
    hundredths_of_percent,
)
from functions.partners.domain.services import BY_CODE
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.weights import Criterion

CRITERIA: Final[Mapping[Criterion, Mapping[Spoken, str]]] = {
    Criterion.COVERAGE: {"pl": "bliskość placówek", "en": "nearness of the sites"},
    Criterion.PRICE: {"pl": "cena", "en": "price"},
    Criterion.LANGUAGES: {"pl": "języki", "en": "languages"},
    Criterion.CAPACITY: {"pl": "zapas miejsc", "en": "spare capacity"},
    Criterion.HOURS: {"pl": "godziny otwarcia", "en": "opening hours"},
}
_FLAGS: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "accessible": {"pl": "dostęp bez barier", "en": "step-free access"},
    "saturday": {"pl": "otwarte w sobotę", "en": "open on Saturday"},
    "evening": {"pl": "otwarte po 18:00", "en": "open after 6 p.m."},
}
_MISSES: Final[Mapping[Constraint, Mapping[Spoken, str]]] = {
    Constraint.DISTANCE: {
        "pl": "najbliższa placówka jest {found} od jednej z lokalizacji, a wolno najwyżej {wanted}",
        "en": "from one location it is {found} to the nearest site, and {wanted} is the most",
    },
    Constraint.SERVICES: {"pl": "brak usług: {lacking}", "en": "it does not offer: {lacking}"},
    Constraint.LANGUAGES: {"pl": "nikt nie mówi: {lacking}", "en": "nobody speaks: {lacking}"},
    Constraint.ACCESS: {"pl": "brak warunku: {lacking}", "en": "it does not have: {lacking}"},
    Constraint.CAPACITY: {
        "pl": "ma miejsce na {found} usług miesięcznie, a potrzeba {wanted}",
        "en": "it has room for {found} services a month, and {wanted} are needed",
    },
    Constraint.PRICE: {"pl": "brak ceny: {lacking}", "en": "it has no price for: {lacking}"},
    Constraint.BUDGET: {
        "pl": "kosztuje {found}, a budżet to {wanted}",
        "en": "it costs {found}, and the budget is {wanted}",
    },
}


def percent(points: int, points_max: int, language: Spoken) -> str:
    share = hundredths_of_percent(points, points_max)
    text = f"{share // 100}.{share % 100:02d} %"
    return text.replace(".", ",") if language == "pl" else text


def kilometres(metres: int, language: Spoken) -> str:
    text = f"{metres // 1000}.{metres % 1000 // 100} km"
    return text.replace(".", ",") if language == "pl" else text


def at_least(metres: int, language: Spoken) -> str:
    """A distance that suffices: never rounded down, and never to nothing."""
    return f"{metres} m" if metres < 1000 else kilometres(metres + 99, language)


def measure(one: Contribution, language: Spoken) -> str:
    """What was measured, in its unit."""
    match one.criterion:
        case Criterion.COVERAGE:
            words = {"pl": "średnio {}", "en": "{} on average"}
            return words[language].format(kilometres(one.measure, language))
        case Criterion.PRICE:
            words = {"pl": "{} % kwoty odniesienia", "en": "{} % of the reference"}
            return words[language].format(one.measure // 100)
        case Criterion.LANGUAGES:
            words = {"pl": "{} % w najbliższej placówce", "en": "{} % at the nearest site"}
            return words[language].format(one.measure // 100)
        case Criterion.CAPACITY:
            words = {"pl": "{} % potrzeb", "en": "{} % of the need"}
            return words[language].format(one.measure // 100)
        case Criterion.HOURS:
            words = {"pl": "{} godz. w tygodniu", "en": "{} hours a week"}
            return words[language].format(one.measure // 60)


def why_first(outcome: Outcome, language: Spoken) -> str:
    """By what it is ahead of the second, or that there is no second."""
    if not outcome.candidates:
        return ""
    first = outcome.candidates[0]
    score = percent(first.points, outcome.points_max, language)
    if len(outcome.candidates) == 1:
        words = {
            "pl": "{} jest jedyną placówką, która spełnia wszystkie warunki ({}).",
            "en": "{} is the only institute that meets all conditions ({}).",
        }
        return words[language].format(first.name, score)
    second = outcome.candidates[1]
    ahead = [each.criterion for each in second.behind if each.points > 0][:2]
    if not ahead:
        words = {
            "pl": "{} i {} mają tyle samo punktów ({}); rozstrzyga niższa cena, potem odległość.",
            "en": "{} and {} have as many points ({}); the lower price decides, then the distance.",
        }
        return words[language].format(first.name, second.name, score)
    words = {
        "pl": "{} ma {} punktów możliwych; nad {} przeważa: {}.",
        "en": "{} has {} of all points; it is ahead of {} by: {}.",
    }
    named = ", ".join(CRITERIA[each][language] for each in ahead)
    return words[language].format(first.name, score, second.name, named)


def why_not_first(one: Candidate, outcome: Outcome, language: Spoken) -> str:
    lost = [each for each in one.behind if each.points > 0]
    won = [each for each in one.behind if each.points < 0]
    if not lost:
        return {"pl": "Tyle samo punktów, co pierwsza.", "en": "As many points as the first."}[language]
    part = percent(lost[0].points, outcome.points_max, language)
    words = {"pl": "Traci najwięcej przez: {} ({}).", "en": "It loses most by: {} ({})."}
    text = words[language].format(CRITERIA[lost[0].criterion][language], part)
    if won:
        better = ", ".join(CRITERIA[each.criterion][language] for each in won)
        more = {"pl": " Lepsza przez: {}.", "en": " Better by: {}."}
        text += more[language].format(better)
    return text


def what_would_change(change: Change | None, outcome: Outcome, answers: Answers, language: Spoken) -> str:
    if change is None:
        return {
            "pl": "Żadna pojedyncza zmiana ceny, odległości ani wagi nie zmieni pierwszego miejsca.",
            "en": "No single change of price, distance or weight would alter the first place.",
        }[language]
    found = outcome.candidate(change.institute_id)
    name = found.name if found else change.institute_id
    amounts: Mapping[str, Callable[[], str]] = {
        "price": lambda: in_words(change.amount, answers.currency, language),
        "coverage": lambda: at_least(change.amount, language),
        "weight": lambda: f"{change.amount:+d}",
    }
    words: Mapping[str, Mapping[Spoken, str]] = {
        "price": {
            "pl": "{name} byłaby pierwsza, gdyby rok kosztował tam mniej o {amount}.",
            "en": "{name} would be first if a year cost {amount} less there.",
        },
        "coverage": {
            "pl": "{name} byłaby pierwsza, gdyby jej placówki były średnio o {amount} bliżej.",
            "en": "{name} would be first if its sites were {amount} nearer on average.",
        },
        "weight": {
            "pl": "{name} byłaby pierwsza, gdyby wagę „{criterion}” zmienić o {amount}.",
            "en": "{name} would be first if the weight of “{criterion}” changed by {amount}.",
        },
    }
    return words[change.kind][language].format(
        name=name, amount=amounts[change.kind](), criterion=CRITERIA[change.criterion][language]
    )


def missed(one: Miss, answers: Answers, language: Spoken) -> str:
    def told(number: int) -> str:
        match one.constraint:
            case Constraint.DISTANCE:
                return kilometres(number, language)
            case Constraint.BUDGET:
                return in_words(number, answers.currency, language)
        return str(number)

    lacking = ", ".join(_named(code, language) for code in one.lacking) or "–"
    words = _MISSES[one.constraint][language]
    return words.format(wanted=told(one.wanted), found=told(one.found), lacking=lacking)


def _named(code: str, language: Spoken) -> str:
    if code in BY_CODE:
        return BY_CODE[code].name(language)
    if code in LANGUAGES:
        return LANGUAGES[code][0 if language == "pl" else 1]
    return _FLAGS[code][language]
