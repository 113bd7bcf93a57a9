"""Polish."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

POLISH: Final[Words] = {
    # "ja" is German for yes and Polish for "I": it stands with the German words only, so that
    # "ja dziękuję" (no thanks from me) is not a yes.
    Meaning.YES: "tak, tak ok, tak okej, ok tak",
    Meaning.ALSO_YES: (
        "zgoda, zgadzam się, oczywiście, biorę, biorę to, biorę ją, biorę wizytę, biorę tę wizytę, "
        "biorę tą wizytę, wezmę, wezmę to, wezmę ją, wezmę wizytę, wezmę tę wizytę, akceptuję, "
        "przyjmuję wizytę, przyjmuję zlecenie"
    ),
    # "przyjmuję" alone is also what a doctor is doing in his surgery just now: "I am seeing patients".
    # "potwierdzam" alone may confirm no more than the receipt. Both say yes only after a yes.
    # "dobrze" and "jasne" alone say "understood" as often as yes.
    Meaning.AGREEING: (
        "dobrze, dobra, jasne, chętnie, z chęcią, z przyjemnością, mogę, mogę jechać, mogę przyjechać, "
        "jadę, pojadę, przyjadę, będę, podjadę, zrobię to, przyjmuję, potwierdzam, proszę potwierdzić, "
        "super, świetnie"
    ),
    Meaning.NO: "nie",
    Meaning.CANNOT: (
        "nie mogę, nie dam rady, nie dziś, nie dzisiaj, dziś nie, dzisiaj nie, nie mogę dziś, "
        "nie mogę dzisiaj, dziś nie mogę, dzisiaj nie mogę, nie biorę, nie wezmę, nie przyjmuję, "
        "nie przyjadę, nie pojadę, nie jestem dostępny, nie jestem dostępna, nie podejmę się, niedostępny, "
        "niedostępna, zajęte, zajęty, zajęta, jestem zajęty, jestem zajęta, odmawiam, rezygnuję, odpada, "
        "niemożliwe, nie tym razem, nie jestem w stanie, nie mam czasu, nie mam możliwości"
    ),
    Meaning.REGRET: "niestety, przepraszam, przykro mi, wybaczcie",
    Meaning.COURTESY: (
        "proszę, poproszę, dziękuję, dzięki, dziękuję bardzo, bardzo dziękuję, bardzo proszę, "
        "proszę bardzo, dzień dobry, dobry wieczór, witam, cześć, hej, pozdrawiam, proszę pani, "
        "proszę pana, proszę państwa"
    ),
    Meaning.OPT_OUT: "wypisz mnie, wypiszcie mnie, proszę mnie wypisać",
    Meaning.OF_TEXTS: "smsy, sms-y, smsów, wiadomości, wysyłania, wysyłać, z",
    # "koniec", "anuluj" and the like are no words of the carrier: the operator phones.
    Meaning.MAYBE_OPT_OUT: (
        "koniec, anuluj, anuluję, odwołaj, odwołuję, przestań, przestańcie, wypisz, rezygnacja"
    ),
    # "no" is a colloquial "yeah": "no tak", "no dobra". Alone it is read as the English no, because
    # the price of a wrong no is one more SMS; it is never a yes.
    # "pewnie" is "sure" and "probably"; "tak pewnie" is "probably so". "ano" is a drawled "well, yes".
    Meaning.ACKNOWLEDGING: (
        "no, ano, pewnie, na pewno, przyjąłem, przyjęłam, przyjęte, zrozumiałem, zrozumiałam, rozumiem, "
        "wiem, odebrałem, otrzymałem, oki, spoko, luz, aha, jestem chętny, jestem chętna, hmm"
    ),
    Meaning.NO_PROBLEM: (
        "nie ma problemu, nie ma sprawy, bez problemu, żaden problem, nie widzę problemu, "
        "nie ma żadnego problemu, nie problem, nie ma za co"
    ),
    Meaning.CONDITION: (
        "ale, jeśli, jeżeli, gdyby, jak, pod warunkiem, tylko, chyba, chyba że, może, raczej, ewentualnie, "
        "lub, albo, byle, dopiero, zamiast, wolałbym, wolałabym, mógłbym, mogłabym, zależy, warunkowo, "
        "o ile, póki"
    ),
    Meaning.COUNTER: (
        "jutro, pojutrze, później, potem, za, po, przed, o, od, do, około, godz, godzinę, godziny, godzin, "
        "godzinie, minut, minuty, kwadrans, teraz, dziś, dzisiaj, rano, wieczorem, wieczór, popołudniu, "
        "południu, zł, złotych, pln, poniedziałek, wtorek, środę, środa, czwartek, piątek, sobotę, sobota, "
        "niedzielę, niedziela, stawka, dopłata, km"
    ),
    Meaning.ASKING: (
        "jaki, jaka, jakie, jaką, który, która, którą, gdzie, kiedy, ile, kto, co, czy, czemu, dlaczego, "
        "skąd, adres, proszę o telefon, proszę zadzwonić, zadzwoń, proszę o kontakt, proszę o adres, "
        "oddzwonię, pytanie"
    ),
    Meaning.AUTOMATIC: (
        "prowadzę, prowadzę samochód, prowadzę auto, jestem za kierownicą, jadę samochodem, "
        "odpowiedź automatyczna, automatyczna odpowiedź, autoodpowiedź, jestem poza biurem, poza biurem, "
        "jestem na urlopie, na urlopie, nie mogę teraz rozmawiać, jestem na spotkaniu, "
        "jestem w trakcie jazdy"
    ),
}
