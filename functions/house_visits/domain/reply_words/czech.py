"""Czech."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

CZECH: Final[Words] = {
    # "ano" is yes; Polish "ano" drawls "well, yes" and stands with no Polish word here.
    # "no" and "jo" are "yeah", "tak" is "so": no Czech yes. "já", typed "ja", is "I", and no German yes here.
    Meaning.YES: "ano",
    Meaning.ALSO_YES: (
        "souhlasím, samozřejmě, beru, beru to, beru si to, vezmu, vezmu to, vezmu si to, beru návštěvu, "
        "vezmu návštěvu"
    ),
    # "přijímám" is "I accept" and "I see patients", as in Polish.
    Meaning.AGREEING: (
        "dobře, jasně, rád, ráda, rád to vezmu, ráda to vezmu, s radostí, mohu, můžu, můžu přijet, "
        "mohu přijet, jedu, pojedu, přijedu, budu tam, přijímám, potvrzuji, potvrzuju, platí, skvělé, "
        "výborně, super, jistě"
    ),
    Meaning.NO: "ne",
    Meaning.CANNOT: (
        "nemohu, nemůžu, dnes ne, dneska ne, dnes nemohu, dnes nemůžu, nemohu dnes, nemůžu dnes, nelze, "
        "není možné, nejde to, nejsem k dispozici, nedostupný, nedostupná, zaneprázdněn, zaneprázdněná, "
        "jsem zaneprázdněn, jsem zaneprázdněná, odmítám, neberu, nevezmu, nepřijedu, nestíhám, nemám čas, "
        "nepřijímám, tentokrát ne, nestihnu to"
    ),
    Meaning.REGRET: "bohužel, omlouvám se, promiňte, lituji, je mi líto, pardon",
    Meaning.COURTESY: (
        "prosím, děkuji, děkuju, díky, díky moc, děkuji moc, moc děkuji, děkuji vám, dobrý den, dobré ráno, "
        "dobrý večer, ahoj, zdravím, hezký den, s pozdravem"
    ),
    Meaning.OPT_OUT: "odhlásit, odhlaste mě, odhlásit odběr",
    Meaning.OF_TEXTS: "zprávy, smsky",
    Meaning.MAYBE_OPT_OUT: "konec, zrušit, zrušte, ruším, dost, přestaňte, ukončit",
    Meaning.ACKNOWLEDGING: (
        "no, no jo, jo, tak, tak jo, tak ano, dobrá, jasný, určitě, asi, asi ano, asi jo, pravděpodobně, "
        "rozumím, chápu, přijato, beru na vědomí, jasné, hm, hmm, no ano"
    ),
    Meaning.NO_PROBLEM: (
        "žádný problém, není problém, bez problému, bez problémů, v pohodě, nevadí, není zač, to není problém"
    ),
    Meaning.CONDITION: (
        "ale, jestli, pokud, když, kdyby, jen, jenom, pouze, možná, spíš, spíše, snad, nebo, leda, "
        "mohl bych, mohla bych, záleží, až, raději, radši, podle, dříve"
    ),
    Meaning.COUNTER: (
        "zítra, pozítří, později, potom, za, po, před, v, ve, od, do, kolem, hodin, hodiny, hodinu, hod, "
        "minut, minuty, dnes, dneska, teď, teď ne, ráno, večer, odpoledne, dopoledne, poledne, pondělí, "
        "úterý, středa, středu, čtvrtek, pátek, sobota, sobotu, neděle, neděli, kč, cena, km"
    ),
    Meaning.ASKING: (
        "co, kde, kdo, kdy, kolik, jak, jaký, jaká, jaké, který, která, proč, kam, adresa, adresu, "
        "zavolejte, zavolejte mi, dotaz"
    ),
    Meaning.AUTOMATIC: (
        "řídím, právě řídím, jsem za volantem, automatická odpověď, mimo kancelář, na dovolené, "
        "jsem na dovolené, jsem na poradě, jsem na jednání, automatická zpráva"
    ),
}
