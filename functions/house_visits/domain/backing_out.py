"""What a doctor's words in the chat mean for the visit that they have taken."""

from functions.house_visits.domain.visit import Visit, VisitStatus
from functions.house_visits.domain.winning import WINNER_SAID_NO, winner_says_no
from shared.contracts.chat import WorkerCannot
from shared.kernel.records import Decision


def is_about(news: WorkerCannot, visit: Visit) -> bool:
    """Whether they still have it, and had it when they wrote."""
    if visit.status != VisitStatus.BOOKED or visit.winner is None:
        return False
    return visit.is_won_by(news.doctor_id) and visit.winner.won_at <= news.at


def doubted(visit: Visit, news: WorkerCannot) -> Decision[Visit] | None:
    """A person asks them at once; None where somebody has been asked to."""
    if visit.attention == WINNER_SAID_NO:
        return None
    return winner_says_no(visit, news.doctor_id, "chat")
