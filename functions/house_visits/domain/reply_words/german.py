"""German. Umlauts may be typed as ae, oe, ue or left bare."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

GERMAN: Final[Words] = {
    # "na ja", "ja ja", "ja sicher" (yeah, right) and "ja eh" fail on a second or unknown word.
    Meaning.YES: "ja, jawohl, ja ok, ja okay, ok ja",
    # Not "ich nehme an": that is "I assume".
    Meaning.ALSO_YES: (
        "einverstanden, natürlich, selbstverständlich, nehme ich, ich nehme es, ich nehme ihn, "
        "ich nehme den Besuch, ich nehme den Termin, ich übernehme, übernehme ich, ich übernehme das, "
        "ich übernehme es, ich übernehme den Besuch, ich mache das, mache ich, mach ich"
    ),
    Meaning.AGREEING: (
        "gerne, gern, sehr gerne, klar, gut, super, prima, perfekt, passt, kann ich, ich kann, "
        "ich fahre hin, ich fahre, ich komme, komme ich, bin dabei, ich bin dabei, ich bestätige, "
        "bestätige ich, geht klar, geht in Ordnung"
    ),
    Meaning.NO: "nein, nö, nee, ne",
    Meaning.CANNOT: (
        "kann nicht, ich kann nicht, kann leider nicht, ich kann leider nicht, kann ich nicht, geht nicht, "
        "geht leider nicht, leider nicht, heute nicht, nicht heute, ich kann heute nicht, kann heute nicht, "
        "heute leider nicht, keine Zeit, ich habe keine Zeit, habe keine Zeit, nicht verfügbar, "
        "ich bin nicht verfügbar, bin nicht verfügbar, nicht möglich, unmöglich, ich lehne ab, lehne ab, "
        "abgelehnt, beschäftigt, schaffe ich nicht, ich schaffe es nicht, bin beschäftigt, "
        "ich bin beschäftigt, diesmal nicht"
    ),
    Meaning.REGRET: "leider, tut mir leid, es tut mir leid, sorry, entschuldigung, bedaure, verzeihung",
    Meaning.COURTESY: (
        "bitte, danke, danke schön, dankeschön, vielen Dank, besten Dank, herzlichen Dank, bitte schön, "
        "hallo, guten Tag, guten Morgen, guten Abend, Grüße, Gruß, liebe Grüße, viele Grüße, beste Grüße, "
        "lg, vg, mfg"
    ),
    # "stopp" is the German spelling of the carrier's word, "abmelden" the usual word for leaving a list.
    Meaning.OPT_OUT: "stopp, abmelden, abbestellen, bitte abmelden",
    Meaning.OF_TEXTS: "keine, weitere, nachrichten",
    Meaning.MAYBE_OPT_OUT: "ende, abbrechen, abbruch, stornieren, storno, absagen, aufhören, schluss",
    Meaning.ACKNOWLEDGING: (
        "verstanden, alles klar, sicher, in Ordnung, erhalten, aha, genau, doch, schön, wahrscheinlich, "
        "wohl, ich glaube, ich denke, naja, na, na ja, tja, eh, okidoki"
    ),
    Meaning.NO_PROBLEM: (
        "kein Problem, keine Probleme, gar kein Problem, kein Ding, kein Thema, ohne Problem, keine Sorge, "
        "macht nichts"
    ),
    Meaning.CONDITION: (
        "aber, wenn, falls, nur, nur wenn, sofern, vielleicht, eventuell, evtl, außer, oder, sondern, erst, "
        "frühestens, spätestens, lieber, könnte, würde, kommt darauf an, je nachdem, jedoch, allerdings, "
        "bis, bevor"
    ),
    Meaning.COUNTER: (
        "morgen, übermorgen, später, nachher, um, ab, nach, vor, gegen, in, am, Uhr, Stunde, Stunden, "
        "Minuten, min, heute, jetzt, nachmittag, abend, mittag, Montag, Dienstag, Mittwoch, Donnerstag, "
        "Freitag, Samstag, Sonntag, Euro, Preis, Honorar, Zuschlag, km"
    ),
    Meaning.ASKING: (
        "was, wo, wer, wann, wie, wieviel, wie viel, wie weit, welche, welcher, welches, warum, wohin, "
        "Adresse, anrufen, bitte anrufen, rufen Sie an, bitte rufen Sie an, Rückruf, bitte um Rückruf, "
        "Frage"
    ),
    Meaning.AUTOMATIC: (
        "ich fahre gerade, fahre gerade, ich fahre gerade Auto, ich sitze am Steuer, bin am Steuer, "
        "Abwesenheitsnotiz, automatische Antwort, automatische Nachricht, nicht im Büro, außer Haus, "
        "im Urlaub, bin im Urlaub, ich bin im Urlaub, ich melde mich später, melde mich später, "
        "in einer Besprechung"
    ),
}
