"""Why a document was refused, in words for people, in Polish and English."""

from collections.abc import Mapping
from typing import Final, Literal

from shared.contracts.documents import Reason

Spoken = Literal["pl", "en"]

SENTENCES: Final[Mapping[Reason, Mapping[Spoken, str]]] = {
    Reason.NONE: {"pl": "", "en": ""},
    Reason.EMPTY: {
        "pl": "Plik jest pusty. Wybierz inny.",
        "en": "The file is empty. Choose another one.",
    },
    Reason.TOO_LARGE: {
        "pl": "Plik jest większy, niż zapowiedziano, albo ma ponad 20 MB. Zmniejsz go i wyślij ponownie.",
        "en": "The file is larger than announced, or over 20 MB. Make it smaller and send it again.",
    },
    Reason.WRONG_TYPE: {
        "pl": "To nie jest plik PDF, JPEG ani PNG, choć tak się nazywa. Zapisz go w jednym z tych formatów.",
        "en": "This is no PDF, JPEG or PNG, though it is called one. Save it in one of these formats.",
    },
    Reason.DAMAGED: {
        "pl": "Plik jest uszkodzony lub niepełny. Zapisz go ponownie i wyślij jeszcze raz.",
        "en": "The file is damaged or incomplete. Save it anew and send it again.",
    },
    Reason.LOCKED: {
        "pl": "Plik PDF jest zaszyfrowany lub chroniony hasłem. Zapisz go bez hasła.",
        "en": "The PDF is encrypted or protected by a password. Save it without one.",
    },
    Reason.ACTIVE_CONTENT: {
        "pl": "Plik PDF zawiera skrypt, formularz lub polecenie. Wydrukuj go do nowego pliku PDF i wyślij.",
        "en": "The PDF holds a script, a live form or a command. Print it to a new PDF and send that.",
    },
    Reason.EMBEDDED_FILE: {
        "pl": "W pliku PDF jest inny plik. Wyślij każdy z nich osobno.",
        "en": "There is another file inside the PDF. Send each of them by itself.",
    },
    Reason.SOMETHING_ATTACHED: {
        "pl": "Do pliku dołączono coś jeszcze, na przykład film. Zapisz samo zdjęcie lub sam dokument.",
        "en": "Something else is attached to the file, a film perhaps. Save the picture or document alone.",
    },
    Reason.TOO_MANY_PIXELS: {
        "pl": "Obraz jest zbyt duży: najwyżej 64 megapiksele. Zmniejsz go i wyślij ponownie.",
        "en": "The picture is too large: 64 megapixels at most. Make it smaller and send it again.",
    },
    Reason.TOO_MANY_PAGES: {
        "pl": "Dokument ma zbyt wiele stron: najwyżej 200. Podziel go.",
        "en": "The document has too many pages: 200 at most. Split it.",
    },
    Reason.ANIMATED: {
        "pl": "Obraz jest animacją. Wyślij jedno nieruchome zdjęcie.",
        "en": "The picture is an animation. Send one picture that does not move.",
    },
    Reason.TOO_COMPLEX: {
        "pl": "Pliku nie da się bezpiecznie sprawdzić. Wydrukuj go do nowego pliku PDF i wyślij.",
        "en": "The file cannot be checked safely. Print it to a new PDF and send that.",
    },
    Reason.INFECTED: {
        "pl": "Skaner znalazł w pliku złośliwe oprogramowanie. Sprawdź swoje urządzenie.",
        "en": "The scanner found malware in the file. Have your device checked.",
    },
    Reason.SWAPPED: {
        "pl": "Plik zmienił się w trakcie sprawdzania. Wyślij go ponownie.",
        "en": "The file changed while it was being checked. Send it again.",
    },
    Reason.SAME_FILE: {
        "pl": "Ten plik już tu jest.",
        "en": "This file is here already.",
    },
    Reason.SHELF_CLOSED: {
        "pl": "Sprawę zamknięto, zanim plik został sprawdzony.",
        "en": "The case was closed before the file had been checked.",
    },
}
