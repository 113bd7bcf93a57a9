"""What the questionnaire says, in Polish and English."""

from collections.abc import Mapping
from typing import Final, Literal

Spoken = Literal["pl", "en"]

SHEETS: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "start": {"pl": "Start", "en": "Start"},
    "company": {"pl": "Firma", "en": "Company"},
    "locations": {"pl": "Lokalizacje", "en": "Locations"},
    "services": {"pl": "Usługi", "en": "Services"},
}
ANCHOR_WORDS: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "q_average_age": {"pl": "Średni wiek pracowników", "en": "Average age of employees"},
    "q_currency": {"pl": "Waluta", "en": "Currency"},
    "q_budget": {"pl": "Budżet roczny (brutto)", "en": "Yearly budget (with VAT)"},
    "q_budget_is_must": {
        "pl": "Budżetu nie wolno przekroczyć",
        "en": "The budget must not be exceeded",
    },
    "q_distance": {"pl": "Największa odległość (km)", "en": "Greatest distance (km)"},
    "q_saturday": {"pl": "Otwarte w sobotę", "en": "Open on Saturday"},
    "q_evening": {"pl": "Otwarte po 18:00", "en": "Open after 6 p.m."},
    "q_accessible": {"pl": "Dostęp bez barier", "en": "Step-free access"},
    "q_loc_name": {"pl": "Nazwa (jeśli jest)", "en": "Name (if any)"},
    "q_loc_street": {"pl": "Ulica i numer", "en": "Street and number"},
    "q_loc_postcode": {"pl": "Kod", "en": "Postcode"},
    "q_loc_city": {"pl": "Miejscowość", "en": "Town"},
    "q_loc_heads": {"pl": "Liczba osób", "en": "People"},
    "q_srv_code": {"pl": "Kod usługi", "en": "Service code"},
    "q_srv_name": {"pl": "Usługa", "en": "Service"},
    "q_srv_wanted": {"pl": "Potrzebna?", "en": "Needed?"},
    "q_srv_quantity": {"pl": "Ile rocznie", "en": "How many a year"},
}
HINTS: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "q_average_age": {
        "pl": "Wystarczy przybliżenie, np. 38 albo 37,5. Od wieku zależą ceny badań.",
        "en": "An estimate is enough, such as 38 or 37.5. Prices of examinations depend on age.",
    },
    "q_currency": {
        "pl": "W tej walucie podamy wycenę. Puste pole oznacza PLN.",
        "en": "The quotation will be in it. Empty means PLN.",
    },
    "q_budget": {
        "pl": "Za wszystkie usługi w roku, z VAT. Można zostawić puste.",
        "en": "For all services in a year, VAT included. May stay empty.",
    },
    "q_budget_is_must": {
        "pl": "„tak” wyklucza droższe placówki; „nie” tylko obniża ich ocenę.",
        "en": "“yes” rules out who is dearer; “no” only lowers their score.",
    },
    "q_distance": {
        "pl": "Od każdej lokalizacji do najbliższej placówki, w linii prostej. Puste: 50 km.",
        "en": "From each location to the nearest site, in a straight line. Empty: 50 km.",
    },
    "q_saturday": {"pl": "„tak”, jeśli to konieczne.", "en": "“yes” if you cannot do without."},
    "q_evening": {
        "pl": "„tak”, jeśli konieczne są godziny po 18:00 w dni robocze.",
        "en": "“yes” if hours after 6 p.m. on workdays are a must.",
    },
    "q_accessible": {
        "pl": "„tak”, jeśli konieczne jest wejście bez schodów.",
        "en": "“yes” if an entrance without steps is a must.",
    },
}
STEPS: Final[Mapping[Spoken, tuple[tuple[str, str], ...]]] = {
    "pl": (
        ("Firma", "Średni wiek pracowników, budżet i warunki, bez których nie ma umowy."),
        ("Lokalizacje", "Gdzie pracują Państwa ludzie, ilu ich jest i w jakich językach z nimi rozmawiać."),
        ("Usługi", "Przy potrzebnych usługach proszę wybrać „tak” i wpisać, ile ich będzie w roku."),
        ("Wysyłka", "Proszę zapisać plik jako .xlsx i wgrać go w aplikacji. Odpowiedź jest po chwili."),
    ),
    "en": (
        ("Company", "The average age of your people, your budget, and what you cannot do without."),
        ("Locations", "Where your people work, how many there are, and which languages they need."),
        ("Services", "Choose “yes” for every service that you need and say how many a year."),
        ("Send", "Save the file as .xlsx and upload it in the app. The answer takes a moment."),
    ),
}
WORDS: Final[Mapping[str, Mapping[Spoken, str]]] = {
    "title": {"pl": "Opieka medyczna dla Państwa firmy", "en": "Medical care for your company"},
    "subtitle": {
        "pl": "{partner} · ankieta, która zajmie około 10 minut",
        "en": "{partner} · a questionnaire of about 10 minutes",
    },
    "intro": {
        "pl": "Na podstawie odpowiedzi porównamy wszystkie placówki i zaproponujemy tę, która pasuje "
        "najlepiej, razem z pełną wyceną i uzasadnieniem.",
        "en": "From your answers we compare all institutes and propose the one that fits best, with a full "
        "quotation and the reasons.",
    },
    "legend": {
        "pl": "Tak wyglądają pola do wypełnienia; reszta jest zablokowana.",
        "en": "Fields to fill in look like this; the rest is locked.",
    },
    "legend_field": {"pl": "tutaj", "en": "here"},
    "privacy": {
        "pl": "Nie prosimy o nazwiska ani inne dane pracowników; proszę ich tu nie wpisywać. Arkusz jest "
        "chroniony tylko po to, by nic nie przesunęło się przypadkiem.",
        "en": "We ask for no names or other data of employees; please write none. The sheets are protected "
        "only so that nothing is moved by accident.",
    },
    "company_title": {"pl": "Firma", "en": "Company"},
    "company_about": {
        "pl": "Tylko wiek jest konieczny; reszta pomaga lepiej dobrać placówkę.",
        "en": "Only the age is required; the rest helps us to choose better.",
    },
    "musts": {
        "pl": "Warunki konieczne: kto ich nie spełnia, nie będzie proponowany",
        "en": "Must-haves: who does not meet them is not proposed",
    },
    "people_and_money": {"pl": "Ludzie i pieniądze", "en": "People and money"},
    "locations_title": {"pl": "Lokalizacje", "en": "Locations"},
    "locations_about": {
        "pl": "Jeden wiersz na miejsce pracy. Przy językach proszę wybrać „x”, jeśli personel ma nim mówić.",
        "en": "One row for each place of work. Choose “x” under each language that staff must speak.",
    },
    "services_title": {"pl": "Usługi", "en": "Services"},
    "services_about": {
        "pl": "Proszę wybrać „tak” przy potrzebnych usługach i wpisać liczbę na rok dla całej firmy.",
        "en": "Choose “yes” for what you need and say how many a year for the whole company.",
    },
    "prices_sheet": {"pl": "Ceny", "en": "Prices"},
    "lists_sheet": {"pl": "Listy", "en": "Lists"},
    "prices_title": {"pl": "Cenniki placówek", "en": "Price lists of institutes"},
    "prices_about": {
        "pl": "Wiersze jednej placówki z tą samą datą to cały cennik: zastępuje on cennik z tego dnia.\n"
        "Nowe ceny: proszę skopiować wiersze i wpisać nową datę. Wiersz bez daty i ceny pomijamy.",
        "en": "Rows of one institute with the same date are a whole price list and replace that day's.\n"
        "New prices: copy the rows and write a new date. A row without date and price is left out.",
    },
    "prices_name": {"pl": "Nazwa placówki", "en": "Name of the institute"},
    "prices_day": {
        "pl": "Cennik zaczyna się dziś albo później: RRRR-MM-DD.",
        "en": "A price list begins today or later: YYYY-MM-DD.",
    },
    "lists_heads": {
        "pl": "Lista usług|Kod|Identyfikatory placówek|Ich nazwy",
        "en": "List of services|Code|Identifiers of institutes|Their names",
    },
    "yes": {"pl": "tak", "en": "yes"},
    "no": {"pl": "nie", "en": "no"},
    "choose": {"pl": "Proszę wybrać z listy.", "en": "Please choose from the list."},
    "whole": {
        "pl": "Liczba całkowita od {least} do {most}.",
        "en": "A whole number from {least} to {most}.",
    },
    "number": {"pl": "Liczba od {least} do {most}.", "en": "A number from {least} to {most}."},
    "short": {"pl": "Najwyżej {most} znaków.", "en": "At most {most} characters."},
}


def word(key: str, language: Spoken, **fields: object) -> str:
    return WORDS[key][language].format(**fields)
