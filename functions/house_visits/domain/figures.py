"""Numbers that tell how searching goes: how long it takes, and at which step somebody says yes."""

from functions.house_visits.domain.visit import Visit


def of_a_booking(visit: Visit) -> dict[str, float]:
    """`winning_step` counts the doctors who were asked up to the one who comes; 0 where none was."""
    assert visit.winner is not None
    minutes = (visit.winner.won_at - visit.requested_at).total_seconds() / 60
    asked = sorted((one.asked_at, one.doctor_id) for one in visit.offers if one.asked_at is not None)
    order = [doctor_id for _, doctor_id in asked]
    step = order.index(visit.winner.doctor_id) + 1 if visit.winner.doctor_id in order else 0
    return {"minutes_to_fill": round(minutes, 1), "winning_step": step, "offers_asked": len(order)}
