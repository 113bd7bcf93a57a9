"""What is wrong with a cell, said so that whoever filled it in knows what to do."""

from collections.abc import Mapping
from typing import Final

from functions.partners.domain.template_words import Spoken
from shared.contracts.workbook_names import cell_name
from shared.contracts.workbook_plans import Mark
from shared.kernel.records import Value

ISSUES_MAX: Final = 200


class CellIssue(Value):
    """`row` and `column` from 1, `cell` as people say it ("C5"); row 0 is about the sheet as a whole."""

    sheet: str
    cell: str
    row: int
    column: int
    rule: str
    message: str


class Issues:
    """Collects them in the order in which they are found; of one cell the first one counts."""

    def __init__(self, language: Spoken) -> None:
        self.language = language
        self._found: dict[tuple[str, int, int], CellIssue] = {}

    def add(self, sheet: str, spot: tuple[int, int], rule: str, **fields: object) -> None:
        row, column = spot
        message = RULES[rule][self.language].format(**fields)
        issue = CellIssue(
            sheet=sheet,
            cell=cell_name(spot) if row else "",
            row=row,
            column=column,
            rule=rule,
            message=message,
        )
        if len(self._found) < ISSUES_MAX:
            self._found.setdefault((sheet, row, column), issue)

    def all(self) -> tuple[CellIssue, ...]:
        return tuple(self._found.values())

    def __bool__(self) -> bool:
        return bool(self._found)


def marks_of(issues: tuple[CellIssue, ...]) -> list[Mark]:
    return [Mark(one.sheet, max(one.row, 1), max(one.column, 1), one.message) for one in issues]


RULES: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "required": {"pl": "Proszę wypełnić to pole: {what}.", "en": "Please fill in: {what}."},
    "not_a_number": {
        "pl": "To nie jest liczba. Proszę wpisać samą liczbę, np. {example}.",
        "en": "This is not a number. Please write only a number, such as {example}.",
    },
    "not_whole": {
        "pl": "Tu potrzebna jest liczba całkowita, np. {example}.",
        "en": "A whole number is needed here, such as {example}.",
    },
    "out_of_range": {
        "pl": "Wartość musi być od {least} do {most}.",
        "en": "The value must be from {least} to {most}.",
    },
    "not_yes_or_no": {
        "pl": "Proszę wpisać „tak” albo „nie” (lub zostawić puste).",
        "en": "Please write “yes” or “no” (or leave it empty).",
    },
    "not_text": {"pl": "Tu potrzebny jest tekst.", "en": "Text is needed here."},
    "text_too_long": {"pl": "Tekst jest za długi: najwyżej 120 znaków.", "en": "At most 120 characters."},
    "formula_error": {
        "pl": "Formuła w tej komórce zwraca błąd. Proszę wpisać samą wartość.",
        "en": "The formula in this cell gives an error. Please write the value itself.",
    },
    "formula_without_value": {
        "pl": "Formuła nie ma zapisanego wyniku. Proszę wpisać samą wartość, albo otworzyć plik w Excelu "
        "lub LibreOffice i zapisać go ponownie.",
        "en": "The formula has no saved result. Please write the value itself, or open the file in Excel or "
        "LibreOffice and save it again.",
    },
    "merged": {
        "pl": "Te komórki są scalone. Proszę je rozdzielić i wypełnić każdą osobno.",
        "en": "These cells are merged. Please split them and fill in each one.",
    },
    "place_not_found": {
        "pl": "Nie znamy takiej miejscowości. Proszę sprawdzić pisownię i dodać kod pocztowy.",
        "en": "We know no such town. Please check the spelling and add the postcode.",
    },
    "place_unclear": {
        "pl": "Jest kilka miejscowości o tej nazwie. Proszę dodać kod pocztowy.",
        "en": "There are several towns of this name. Please add the postcode.",
    },
    "place_disagrees": {
        "pl": "Kod pocztowy i miejscowość do siebie nie pasują. Proszę poprawić jedno z nich.",
        "en": "Postcode and town do not fit together. Please correct one of them.",
    },
    "duplicate_row": {
        "pl": "To miejsce jest już w wierszu {row}. Proszę zostawić jeden wiersz z łączną liczbą osób.",
        "en": "This place is already in row {row}. Please keep one row with all the people.",
    },
    "duplicate_service": {
        "pl": "Ta usługa jest już w wierszu {row}. Proszę zostawić jeden wiersz.",
        "en": "This service is already in row {row}. Please keep one row.",
    },
    "unknown_service": {
        "pl": "Nie mamy takiej usługi. Proszę wybrać jedną z listy albo usunąć wiersz.",
        "en": "We have no such service. Please use one of the list or remove the row.",
    },
    "unknown_language": {
        "pl": "Nie wiemy, jaki to język. Proszę wybrać „x” w kolumnie języka.",
        "en": "We do not know this language. Please choose “x” in the column of the language.",
    },
    "wanted_without_quantity": {
        "pl": "Usługa jest potrzebna, ale brak liczby. Proszę wpisać, ile rocznie.",
        "en": "The service is needed, but how many? Please say how many a year.",
    },
    "unwanted_with_quantity": {
        "pl": "Jest „nie”, a wpisano liczbę. Proszę wybrać „tak” albo usunąć liczbę.",
        "en": "It says “no”, yet there is a number. Please choose “yes” or remove the number.",
    },
    "nothing_wanted": {
        "pl": "Nie wybrano żadnej usługi. Proszę wybrać „tak” przynajmniej przy jednej.",
        "en": "No service is chosen. Please choose “yes” for at least one.",
    },
    "no_location": {
        "pl": "Brak lokalizacji. Proszę wypełnić przynajmniej jeden wiersz.",
        "en": "There is no location. Please fill in at least one row.",
    },
    "too_many_locations": {
        "pl": "Najwyżej {most} lokalizacji. Pozostałe prosimy przesłać w drugiej ankiecie.",
        "en": "At most {most} locations. Please send the others in a second questionnaire.",
    },
    "missing_anchor": {
        "pl": "Brakuje pola „{what}”. Proszę pobrać ankietę ponownie i przenieść do niej odpowiedzi.",
        "en": "The field “{what}” is missing. Please get the questionnaire again and copy your answers.",
    },
    "unknown_currency": {"pl": "Znamy waluty: {known}.", "en": "Currencies that we know: {known}."},
    "unknown_institute": {
        "pl": "Nie ma takiej placówki. Proszę sprawdzić identyfikator.",
        "en": "There is no such institute. Please check the identifier.",
    },
    "not_a_date": {
        "pl": "Proszę wpisać datę jako RRRR-MM-DD, np. 2027-01-01.",
        "en": "Please write the date as YYYY-MM-DD, such as 2027-01-01.",
    },
    "too_late": {
        "pl": "Cennik może zaczynać się najwcześniej dziś: dawne ceny pozostają, jakie były.",
        "en": "A price list begins today at the earliest: past prices stay as they were.",
    },
    "price_gap": {"pl": "Luka w cenniku: {detail}.", "en": "A gap in the price list: {detail}."},
    "price_overlap": {"pl": "Podwójna cena: {detail}.", "en": "Two prices: {detail}."},
    "too_many_prices": {
        "pl": "Jeden cennik może mieć najwyżej {most} cen.",
        "en": "One price list has at most {most} prices.",
    },
    "too_many_lists": {
        "pl": "Placówka może mieć najwyżej {most} cenników obowiązujących i przyszłych.",
        "en": "An institute has at most {most} price lists in force or to come.",
    },
    "mixed_currencies": {
        "pl": "W jednym cenniku placówki może być tylko jedna waluta.",
        "en": "One price list of an institute has one currency only.",
    },
}
