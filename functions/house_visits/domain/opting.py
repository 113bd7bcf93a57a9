"""Leave me alone, and write to me again: what a phone says about texts as such."""

from dataclasses import replace
from typing import Final

from functions.house_visits.domain.answering import answer, noted
from functions.house_visits.domain.desk import Binding, is_open, open_offer
from functions.house_visits.domain.offer import OfferEvent
from functions.house_visits.domain.replies import Reason, ReplyIntent
from functions.house_visits.domain.reply_facts import Facts, Outcome, Reading, any_language
from functions.house_visits.domain.texts import doctor_text, which_text
from functions.house_visits.domain.turns import moved_on
from functions.house_visits.domain.visit import Channel, Visit
from functions.house_visits.domain.winning import winner_says_no
from shared.contracts.messaging import PhoneOptedOut
from shared.kernel.effects import Publish
from shared.kernel.records import Decision

CARRIER_YES: Final = "yes"


def opt_out(facts: Facts, intent: ReplyIntent) -> Reading:
    """No more texts to this phone, on any of our numbers; its open offers end and the search moves on."""
    visits, decisions = dict(facts.visits), list[Decision[Visit]]()
    for entry in facts.desk.entries:
        visit = visits.get(entry.visit_id)
        if visit is None:
            continue
        if (doubt := winner_says_no(visit, entry.doctor_id, Channel.SMS.value)) is not None:
            # "cancel" from who was to come: the carrier hears stop, the patient may wait in vain.
            decisions += [doubt] if all(one.record.id != visit.id for one in decisions) else []
        elif (offer := open_offer(entry, visits)) is not None:
            ended = offer.after(OfferEvent.WITHDRAW, answered_at=facts.now)
            moved = moved_on(visit.but(attention="doctor_opted_out"), ended, facts.now, "doctor_opted_out")
            visits[visit.id] = moved.record
            decisions.append(moved)
    told = PhoneOptedOut(phone_key=facts.text.phone_key, opted_out=True, text_id=facts.text.id)
    letter = Publish(key=f"opted-out-{facts.text.id}", message=told)
    return Reading(
        Outcome.BOUND, intent.reason, tuple(decisions), facts.desk.but(opted_out=True), effects=(letter,)
    )


def opt_in(facts: Facts) -> Reading:
    """Texts are welcome again. An offer that is still open is asked about again, never booked by this."""
    told = PhoneOptedOut(phone_key=facts.text.phone_key, opted_out=False, text_id=facts.text.id)
    letter = Publish(key=f"opted-in-{facts.text.id}", message=told)
    opened = [one for one in facts.desk.entries if is_open(one, dict(facts.visits))]
    language = any_language(facts)
    text = (
        which_text(language, [one.code for one in opened])
        if opened
        else doctor_text("welcome_back", language)
    )
    effects = (letter, answer(facts, text))
    return Reading(Outcome.BOUND, Reason.OPT_IN_WORD, desk=facts.desk.but(opted_out=False), effects=effects)


def yes_after_stop(facts: Facts, intent: ReplyIntent, binding: Binding) -> Reading:
    """Carriers take a bare YES for START. What else it may mean nobody guesses: no offer is open here
    since the stop, so a person asks."""
    entry = binding.entry
    visit = facts.visits.get(entry.visit_id) if entry else None
    told = noted(facts, visit, entry, "yes_after_stop") if visit and entry else ()
    if facts.text.body.strip(" .!").casefold() != CARRIER_YES:
        return Reading(Outcome.TO_OPERATOR, "yes_after_stop", told)
    return replace(opt_in(facts), decisions=told)
