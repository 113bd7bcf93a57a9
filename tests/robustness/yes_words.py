"""What may stand in a yes, written down a second time by hand: the first time is `reply_words`.

A word that is added there and not here makes the fuzz complain, so that two people have thought of it. The
words of the accepts in reply_examples.tsv need not be repeated here.
"""

from typing import Final

PLAIN: Final = """
    yes y yeah yep yup tak ja jawohl oui так sí sì si ano да
"""
"""At most one of these: said twice it is asked back."""
LIGHT: Final = """
    ok okay okey okej ок окей d'accord daccord acuerdo d'accordo daccordo
"""
SI: Final = frozenset(
    (
        "si",
        "si ok",
        "si gracias",
        "si muchas gracias",
        "si por favor",
        "claro que si",
        "si grazie",
        "si grazie mille",
        "si prego",
        "certo che si",
    )
)
"""Without its accent it is also "if": only so."""
OF_COURSE: Final = "claro_que_sí"
"""Three words that say one thing; so does "certo che sì"."""
DECIDING: Final = f"""
    {OF_COURSE}
    zgoda zgadzam oczywiście biorę wezmę akceptuję przyjmuję course absolutely certainly definitely
    agreed accept accepted take taking do natürlich naturlich natuerlich selbstverständlich
    einverstanden übernehme nehme mache mach sûr entendu absolument accepte j'accepte jaccepte prends
    charge m'en supuesto luego acepto tomo encargo certamente accetto prendo occupo samozřejmě souhlasím
    beru vezmu звичайно звісно авжеж беру візьму згоден згодна beru viz'mu конечно разумеется возьму
    согласен согласна
"""
"""Without one of these or of those above there is no yes."""

BESIDE: Final = {
    "pl": """
        to ją tą akceptuję zlecenie dobra jasne chęcią przyjemnością jechać przyjechać pojadę przyjadę
        będę podjadę zrobię potwierdzić super świetnie poproszę dzięki bardzo wieczór witam cześć hej
        pani pana państwa
    """,
    "en": """
        certainly definitely will this taking am do the visit great perfect alright all right gladly
        happily happy to go going coming be there confirm count me in very much a lot many thx hi
        afternoon evening day regards best kind dear
    """,
    "de": """
        selbstverständlich nehme es ihn termin mach sehr gut super perfekt passt kann fahre hin komme
        bin dabei bestätige geht in ordnung schön dankeschön vielen dank besten herzlichen hallo morgen
        abend grüsse gruss liebe viele beste lg vg mfg
    """,
    "fr": """
        absolument entendu la le visite m'en charge occupe volontiers peux y aller viens serai là
        j'arrive parfait très super confirme c'est bon ça marche me va sans faute beaucoup te stp
        bonsoir salut cordialement bonne journée soirée en prie
    """,
    "uk": """
        звісно авжеж візьму візит цей я viz'mu добре гаразд із задоволенням з радістю можу зможу їду
        поїду буду підтверджую приймаю чудово супер залюбки dobre mozhu дуже щиро прошу доброго дня
        вечір ранку вітаю привіт diakuiu diakuju bud laska повагою
    """,
    "es": """
        muchas desde luego lo la visita tomo me encargo yo voy ir ya iré con gusto mucho encantado
        encantada perfecto muy bien vale estupendo confirmo confirmado estaré allí hola buenas tardes
        noches saludos un saludo amable
    """,
    "it": """
        mille certo che visita lo io me ne occupo vado ci penso va bene con piacere posso andare arrivo
        vengo sono perfetto benissimo ottimo confermo confermato molto molte ciao buonasera salve saluti
        cordiali buona giornata serata
    """,
    "cs": """
        samozřejmě si vezmu návštěvu dobře jasně ráda s radostí mohu můžu přijet jedu pojedu přijedu
        budu tam potvrzuji potvrzuju platí skvělé výborně super jistě děkuju díky moc vám dobré ráno
        večer ahoj zdravím hezký pozdravem
    """,
    "ru": """
        разумеется возьму я визит вызов этот хорошо с удовольствием могу смогу поеду приеду выезжаю буду
        принимаю отлично супер большое благодарю добрый день доброе утро вечер привет уважением
    """,
}

SIGNS: Final = frozenset(
    " \t\n\r.,!;:()[]'\"¡-–—―‐‑‒•=" + "👍👌✅✔☑😀😃😄😁💪🚗🚙🚑🩺⚕🎉🤝🥰❤💚💙💛🆗🙏🙂😊👋😉🤗🌞☀🌷👨👩"
)
"""What decides nothing: punctuation, and the emoji of somebody who is glad or kind."""
_DEVICE: Final = (
    r"((mojego |mon |my )?(telefonu )?(iphon(e|e'?a|u)?|ipad|samsung( galaxy)?)"
    r"( [a-z]?[0-9]{1,2}[a-z]?)?( smartphone)?)"
)
SIGNATURES: Final = (
    rf"sent from {_DEVICE}", rf"wysłan[eo] z {_DEVICE}", rf"von meinem {_DEVICE} gesendet",
    rf"gesendet von (meinem )?{_DEVICE}", rf"envoyé de {_DEVICE}", rf"надіслано з {_DEVICE}",
    rf"отправлено с {_DEVICE}", rf"enviado desde (mi )?{_DEVICE}", rf"inviato da(l mio)? {_DEVICE}",
    rf"odesláno z {_DEVICE}", r"get outlook for (ios|android)",
)  # fmt: skip
"""What phones add at the very end; one word more, and somebody wrote it."""
