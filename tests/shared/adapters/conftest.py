"""The clock of the twins that adapters talk to."""

from tests.infra.phones_world import clock

__all__ = ["clock"]
