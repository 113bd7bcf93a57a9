"""English."""

from typing import Final

from functions.house_visits.domain.reply_words.meaning import Meaning, Words

ENGLISH: Final[Words] = {
    Meaning.YES: "yeah, yep, yup",
    # "y" is "and" in Spanish: only alone.
    Meaning.BARE_YES: "y",
    # "of course not", "definitely not" fail on the unknown word. Not "take it": that is an order.
    Meaning.ALSO_YES: (
        "of course, absolutely, certainly, definitely, agreed, accept, accepted, i accept, i accept it, "
        "i take it, i'll take it, i will take it, i'll take this, i'm taking it, i am taking it, taking it, "
        "i'll do it, i will do it, i'll take the visit"
    ),
    Meaning.AGREEING: (
        "sure, good, great, perfect, alright, all right, gladly, happily, happy to, with pleasure, i can, "
        "i can do it, i can go, i can take it, i will, i'll go, i will go, i'm going, i am going, "
        "i'm coming, i am coming, i'm on my way, on my way, i'll be there, i will be there, will do, "
        "i confirm, confirm, confirmed, count me in"
    ),
    Meaning.NO: "no, nope, nah",
    Meaning.BARE_NO: "n",
    Meaning.CANNOT: (
        "i can't, i cannot, i can not, can't, cannot, can not, i won't, i am not able, i'm not able, "
        "not today, i can't today, not available, i'm not available, i am not available, unavailable, "
        "i'm unavailable, i am unavailable, busy, i'm busy, i am busy, not possible, impossible, "
        "not interested, decline, declined, i decline, i must decline, i'm afraid not, i am afraid not, "
        "no way, i can't make it, can't make it, i can't do it, can't do it, unable, i am unable"
    ),
    Meaning.REGRET: "sorry, i'm sorry, i am sorry, unfortunately, i'm afraid, i am afraid, apologies",
    Meaning.COURTESY: (
        "please, thanks, thank you, thank you very much, thanks a lot, many thanks, thx, hi, hello, "
        "good morning, good afternoon, good evening, good day, regards, best regards, kind regards, dear"
    ),
    Meaning.OPT_OUT: "don't text me, do not text me",
    Meaning.OF_TEXTS: "texts, text, texting, messages, message, messaging, sending, these, me, the, all",
    Meaning.ACKNOWLEDGING: (
        "understood, fine, noted, received, got it, copy, roger, i see, cool, nice, okie, oki, probably, "
        "possibly, likely, i think so, i guess, i guess so, might"
    ),
    Meaning.NO_PROBLEM: "no problem, no problems, not a problem, no worries, no prob, np, without problem",
    Meaning.CONDITION: (
        "but, if, only, unless, except, provided, maybe, perhaps, depends, depending, though, however, "
        "when, until, till, rather, instead, or, could, would, should, can we, not sure, not before"
    ),
    Meaning.COUNTER: (
        "in, at, after, before, from, by, around, about, later, tomorrow, tonight, today, now, not now, "
        "soon, hour, hours, h, min, mins, minute, minutes, o'clock, oclock, morning, evening, afternoon, "
        "noon, monday, tuesday, wednesday, thursday, friday, saturday, sunday, week, day, days, price, for, "
        "money, pln, eur, euro, usd, km, extra, pay"
    ),
    Meaning.ASKING: (
        "what, where, who, which, how, why, how much, how far, how long, address, call, call me, "
        "please call, phone me, tell me, question"
    ),
    Meaning.AUTOMATIC: (
        "i'm driving, i am driving, driving right now, i'm driving with, out of office, out of the office, "
        "auto reply, autoreply, automatic reply, automatic response, auto response, automated reply, "
        "automated response, do not disturb, on vacation, on holiday, on annual leave, "
        "i'll get back to you, i will get back to you, sleep focus, driving focus, in a meeting"
    ),
}
