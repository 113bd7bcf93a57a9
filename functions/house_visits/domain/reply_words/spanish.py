"""Spanish."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

SPANISH: Final[Words] = {
    # "sí" is yes; "si" is "if" and a hurried yes. So "sí, puedo" is a yes, "si puedo" (if I can) is not.
    Meaning.YES: "sí",
    # As "ok": "de acuerdo, gracias" is how one takes note that the visit is off.
    Meaning.BARE_YES: (
        "de acuerdo, si, sí ok, sí de acuerdo, si gracias, si muchas gracias, si por favor, claro que si"
    ),
    # "y" is English for yes and Spanish for "and": "y gracias" may be the tail of a split text.
    Meaning.ALSO_YES: (
        "por supuesto, desde luego, claro que sí, acepto, lo acepto, la acepto, acepto la visita, lo tomo, "
        "la tomo, me encargo, yo me encargo"
    ),
    Meaning.AGREEING: (
        "yo voy, puedo, puedo ir, voy, ya voy, iré, claro, con gusto, con mucho gusto, encantado, "
        "encantada, perfecto, muy bien, vale, estupendo, confirmo, confirmado, estaré allí"
    ),
    Meaning.NO: "no",
    Meaning.CANNOT: (
        "no puedo, hoy no, hoy no puedo, no puedo hoy, no es posible, imposible, no disponible, "
        "no estoy disponible, ocupado, ocupada, estoy ocupado, estoy ocupada, no acepto, rechazo, no podré, "
        "no voy, esta vez no, no tengo tiempo, me es imposible, no me es posible"
    ),
    Meaning.REGRET: (
        "lo siento, lo siento mucho, lamentablemente, desgraciadamente, perdón, disculpe, disculpen, perdone"
    ),
    Meaning.COURTESY: (
        "gracias, muchas gracias, por favor, hola, buenos días, buenas tardes, buenas noches, buenas, "
        "saludos, un saludo, muy amable"
    ),
    # "baja" leaves a list, but is also sick leave.
    Meaning.OPT_OUT: "darme de baja, dame de baja, denme de baja",
    Meaning.OF_TEXTS: "mensajes",
    Meaning.MAYBE_OPT_OUT: (
        "baja, alto, basta, cancelar, cancela, cancelo, anular, fin, final, parar, para, terminar"
    ),
    Meaning.ACKNOWLEDGING: (
        "bueno, bien, bueno pues, entendido, recibido, ya, seguro, probablemente, creo que sí, ajá, pues, "
        "listo"
    ),
    Meaning.NO_PROBLEM: (
        "no hay problema, sin problema, sin problemas, ningún problema, no pasa nada, "
        "no hay ningún problema, cómo no, no hay de qué"
    ),
    Meaning.CONDITION: (
        "pero, sólo, solamente, solo si, siempre que, quizás, quizá, tal vez, a menos que, o, depende, "
        "aunque, cuando, podría, preferiría, salvo, excepto, si puedo, si me, y si, si no, si acepto, "
        "si lo acepto, si la acepto, si la tomo, si lo tomo, si yo voy, antes, hasta"
    ),
    Meaning.COUNTER: (
        "mañana, luego, más tarde, después, en, a las, desde, sobre, hora, horas, minutos, hoy, ahora, "
        "ahora no, tarde, noche, lunes, martes, miércoles, jueves, viernes, sábado, domingo, euros, precio, "
        "tarifa, km"
    ),
    Meaning.ASKING: (
        "qué, dónde, quién, cuándo, cuánto, cuánta, cómo, cuál, por qué, dirección, llámame, llámeme, "
        "llame, pregunta"
    ),
    Meaning.AUTOMATIC: (
        "estoy conduciendo, estoy manejando, conduciendo, respuesta automática, fuera de la oficina, "
        "de vacaciones, estoy de vacaciones, estoy en una reunión, mensaje automático"
    ),
}
