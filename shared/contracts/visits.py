"""What the house visits module announces to the others. Ids only."""

from shared.kernel.effects import Message


class VisitBooked(Message):
    visit_id: str
    epoch: int


class VisitReleased(Message):
    """A booked visit is no longer booked: the winner withdrew, or it was cancelled or moved."""

    visit_id: str
    epoch: int


class OutsideSearchOpened(Message):
    """Nobody took the visit: the process outside the system begins."""

    visit_id: str
