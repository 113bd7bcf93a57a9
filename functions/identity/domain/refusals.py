"""What sign-in and the register of members say no with."""

from shared.kernel.errors import Conflict, Invalid, NotAllowed


class ProviderNotKnown(NotAllowed):
    """Your organisation's sign-in is not set up here: tell your administrator which one you used."""


class AnotherProvider(NotAllowed):
    """This account belongs to another sign-in: use that one, or ask your administrator."""


class NoGroup(NotAllowed):
    """None of your groups gives you a role here: ask your administrator for a group, or for a role."""


class RecordNotFound(NotAllowed):
    """Your account is not linked to a record here: ask your administrator to link it, then sign in again."""


class LastAdmin(Conflict):
    """This is the last administrator: make somebody else one first."""


class RoleNeedsRecord(Invalid):
    """Doctors, patients, employers and partners need a `record_id`; staff and nobody have none."""


class LinkNotFound(Invalid):
    """There is no such doctor, patient or employer in use: look up the id of the record they stand for."""
