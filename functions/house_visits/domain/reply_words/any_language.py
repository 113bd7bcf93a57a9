"""Words that mean the same whatever language surrounds them."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

ANY_LANGUAGE: Final[Words] = {
    # Our texts say "reply YES", so doctors of every language do, and add their own courtesy.
    Meaning.YES: "yes, yes ok, yes okay, ok yes",
    # "ok" is how most people say yes in a text, and also how they say "I have read this": alone it is a
    # yes, with anything but a code or "I take it" it goes back to the doctor ("ok thanks", "ok dobrze").
    Meaning.BARE_YES: "ok, okay, okey, okej, o k, ок, окей",
    # Each is a yes somewhere and something else elsewhere: "da" (Russian typed in Latin; German "there",
    # Italian "from", Polish "it can be done"), "jo" (Czech and northern German), "ya" (Spanish "enough"),
    # and the single letters that people hope stand for tak, ja, oui, sí.
    Meaning.ACKNOWLEDGING: "da, jo, ya, k, kk, t, j, o, s, д, т",
    # Sent alone, the carrier blocks us at these four, and the doctor is hardly aware of it.
    Meaning.OPT_OUT: "stop, stopall, stop all, unsubscribe, optout, opt out, opt-out, стоп",
    Meaning.CARRIER_OPT_OUT: "cancel, end, quit, revoke",
    Meaning.OF_TEXTS: "sms, mms",
    Meaning.OPT_IN: "start, unstop",
    # "No problem, I'll go" and "no problem" for "no": one of the commonest answers, and it decides nothing.
    Meaning.NO_PROBLEM: "no problem, no problema, no problemo",
    Meaning.ASKING: "help, info",
}
