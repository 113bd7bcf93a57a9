"""Which scales there are, and which of them may be signed on for an insurer today."""

from datetime import date
from typing import Final

from functions.certificates.domain.scales.accident import ACCIDENT_2026
from functions.certificates.domain.scales.general import GENERAL_2025, GENERAL_2027
from functions.certificates.domain.scales.scale import DamageScale
from shared.kernel.errors import Conflict, FieldError, Invalid

SCALES: Final = (GENERAL_2025, GENERAL_2027, ACCIDENT_2026)


class ScaleUnknown(Invalid):
    """There is no such scale: choose one from the list of damage scales."""


class ScaleOfAnotherInsurer(Invalid):
    """This insurer asks for another scale: assess on the one that is named in the answer."""


class ScaleSuperseded(Conflict):
    """This version of the scale does not hold today: assess anew on the one that does, and save the draft."""


def scale_of(name: str, version: str, scales: tuple[DamageScale, ...] = SCALES) -> DamageScale:
    """Raises ScaleUnknown."""
    found = next((one for one in scales if (one.name, one.version) == (name, version)), None)
    if found is None:
        raise ScaleUnknown(errors=[FieldError("/scale_version", "is not on file")])
    return found


def usable(asked_for: str, day: date, scales: tuple[DamageScale, ...] = SCALES) -> tuple[DamageScale, ...]:
    """What may be signed on that day: the scale that is asked for by name, else a general one."""
    valid = (one for one in scales if one.holds_on(day))
    return tuple(one for one in valid if (one.name == asked_for if asked_for else one.is_general))


def signable(
    name: str, version: str, asked_for: str, day: date, scales: tuple[DamageScale, ...] = SCALES
) -> DamageScale:
    """The scale, if an assessment on it may be signed on that day for an insurer that asks for `asked_for`.

    Raises ScaleUnknown, ScaleOfAnotherInsurer, ScaleSuperseded: the last two name what to use instead.
    """
    scale = scale_of(name, version, scales)
    wanted = usable(asked_for, day, scales)
    instead = ", ".join(f"{one.name} {one.version}" for one in wanted) or asked_for
    if scale.name != asked_for if asked_for else not scale.is_general:
        raise ScaleOfAnotherInsurer(f"Assess on {instead}: that is what is asked for here.")
    if scale not in wanted:
        raise ScaleSuperseded(f"Version {version} does not hold today: assess anew on {instead}.")
    return scale
