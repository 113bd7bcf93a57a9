"""Italian."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

ITALIAN: Final[Words] = {
    # "sì" is yes; unaccented "si" is also "oneself", so beyond courtesy it needs the accent.
    Meaning.YES: "sì",
    # As "ok": "d'accordo, grazie" is how one takes note that the visit is off.
    Meaning.BARE_YES: (
        "d'accordo, si, sì ok, sì d'accordo, si grazie, si grazie mille, si prego, si per favore, "
        "certo che si"
    ),
    Meaning.ALSO_YES: (
        "certamente, certo che sì, accetto, accetto la visita, la prendo, lo prendo, prendo io, "
        "me ne occupo io"
    ),
    # "certo" and "va bene" alone are "sure" and "all right, understood".
    Meaning.AGREEING: (
        "vado io, ci penso io, certo, va bene, volentieri, con piacere, posso, posso andare, vado, ci vado, "
        "arrivo, vengo, ci sono, perfetto, benissimo, ottimo, confermo, confermato, molto volentieri"
    ),
    Meaning.NO: "no",
    Meaning.CANNOT: (
        "non posso, oggi no, non oggi, oggi non posso, non posso oggi, non è possibile, impossibile, "
        "non disponibile, non sono disponibile, indisponibile, occupato, occupata, sono occupato, "
        "sono occupata, non accetto, rifiuto, non ci riesco, non riesco, questa volta no, non ho tempo, "
        "non vado"
    ),
    Meaning.REGRET: "mi dispiace, mi spiace, purtroppo, scusi, scusate, scusa, spiacente, sono spiacente",
    Meaning.COURTESY: (
        "grazie, grazie mille, molte grazie, per favore, per piacere, prego, ciao, buongiorno, buonasera, "
        "salve, saluti, cordiali saluti, buona giornata, buona serata"
    ),
    Meaning.OPT_OUT: "disiscrivimi, disiscrivetemi, cancellami, cancellatemi, disiscrizione",
    Meaning.OF_TEXTS: "messaggi",
    # Italian "fine" is "end"; English "fine" is "good": neither decides anything.
    Meaning.MAYBE_OPT_OUT: (
        "basta, fine, annulla, annullare, annullato, disdico, disdire, cancella, fermati, smettetela"
    ),
    # "no" stands with Italian words as no; "non" alone is only "not".
    Meaning.ACKNOWLEDGING: (
        "bene, capito, ricevuto, sicuro, ah, forse sì, probabilmente, credo di sì, penso di sì, non"
    ),
    Meaning.NO_PROBLEM: (
        "nessun problema, non c'è problema, senza problemi, non ci sono problemi, nessun problema per me, "
        "di niente, figurati, si figuri"
    ),
    Meaning.CONDITION: (
        "ma, però, se, solo, solo se, forse, a meno che, purché, oppure, o, dipende, quando, potrei, "
        "preferirei, tranne, eccetto, magari, prima, non prima, anche se, fino"
    ),
    Meaning.COUNTER: (
        "domani, dopo, più tardi, tra, fra, alle, verso, dalle, ora, ore, minuti, oggi, adesso, sera, "
        "stasera, mattina, pomeriggio, lunedì, martedì, mercoledì, giovedì, venerdì, sabato, domenica, "
        "euro, prezzo, tariffa, km"
    ),
    Meaning.ASKING: (
        "che, cosa, dove, chi, quanto, quanta, come, quale, perché, indirizzo, chiamami, chiamatemi, domanda"
    ),
    Meaning.AUTOMATIC: (
        "sto guidando, sono alla guida, alla guida, risposta automatica, fuori ufficio, in ferie, "
        "sono in ferie, in riunione, sono in riunione, messaggio automatico"
    ),
}
