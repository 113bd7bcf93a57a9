"""What the partners' module tells others: a choice was made, or a person is asked for."""

from shared.kernel.effects import Message


class InstituteChosen(Message):
    """A partner took the offer of a recommendation."""

    recommendation_id: str
    institute_id: str


class ChoiceWithdrawn(Message):
    """What a partner took is taken no longer."""

    recommendation_id: str
    institute_id: str


class HumanOfferAsked(Message):
    """A partner would rather talk to somebody."""

    recommendation_id: str
