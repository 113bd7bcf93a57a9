"""Numbers that tell how searching goes: how long it takes, and at which step somebody says yes.

Each is a metric of its name (infra/terraform/modules/sight). A step is counted when its doctor is asked,
whatever becomes of the search, and again when that doctor takes the visit: the ratio of the two is the accept
rate of the step.
"""

from typing import Final

from functions.house_visits.domain.visit import Channel, Visit

STEPS_MAX: Final = 6
"""The last one stands for all that follow."""
BY_OFFER: Final = (Channel.SMS, Channel.APP)


def of_an_ask(visit: Visit) -> dict[str, float]:
    """`visit` as it is now that one more doctor has been asked."""
    return {f"asked_at_step_{min(len(_asked(visit)), STEPS_MAX)}": 1}


def of_a_booking(visit: Visit) -> dict[str, float]:
    """`winning_step` counts the doctors who were asked up to the one who comes; 0 where none was. Who was
    found by phone has accepted at no step."""
    winner = visit.winner
    assert winner is not None
    minutes = round((winner.won_at - visit.requested_at).total_seconds() / 60, 1)
    asked = _asked(visit)
    step = asked.index(winner.doctor_id) + 1 if winner.doctor_id in asked else 0
    accepted = step if winner.channel in BY_OFFER else 0
    return {
        "minutes_to_fill": minutes,
        f"minutes_to_fill_{winner.channel}": minutes,
        "winning_step": step,
        "offers_asked": len(asked),
        **({f"accepted_at_step_{min(accepted, STEPS_MAX)}": 1} if accepted else {}),
    }


def _asked(visit: Visit) -> list[str]:
    """The doctors, in the order in which they were asked."""
    asked = sorted((one.asked_at, one.doctor_id) for one in visit.offers if one.asked_at is not None)
    return [doctor_id for _, doctor_id in asked]
