"""Which secrets a function cannot do without, by how it is reached; what else it asks is read from its source
when it is deployed (infra/rendering/secrets_of.py). Whoever is not given a secret cannot lose it."""

from collections.abc import Mapping
from typing import Final

from shared.runtime.action import Declaration
from shared.runtime.setting_names import LISTS, NAMES
from shared.runtime.settings import RefusesToStart, Settings

SEALS: Final = "seal_keys"
TEXTS: Final = "twilio_tokens"
MAILS: Final = "smtp_password"
SIGNS: Final[Mapping[str, str]] = {
    "twilio": TEXTS,
    "clinic": "clinic_webhook_secrets",
    "bridge": "bridge_webhook_secrets",
}
"""By whose signature a webhook carries."""


def needed_always(action: Declaration) -> frozenset[str]:
    """Names of settings. Who writes sends the letters of its commit itself: texts and mails."""
    needed = {SEALS} if action.reads_only else {SEALS, TEXTS, MAILS}
    signed = SIGNS.get(action.trigger.verify)
    return frozenset({*needed, signed} if signed else needed)


def refuse_without(action: Declaration, settings: Settings) -> None:
    """Raises RefusesToStart in the cloud where one is not set: it would be missed at the worst time."""
    needed = needed_always(action) - _not_asked_for(settings)
    missing = sorted({**NAMES, **LISTS}[name] for name in needed if not getattr(settings, name))
    if settings.in_cloud and missing:
        raise RefusesToStart(f"{action.entry_point} cannot do without {', '.join(missing)}")


def _not_asked_for(settings: Settings) -> frozenset[str]:
    bridge = {SIGNS["bridge"]} if settings.bridge == "off" else set[str]()
    return frozenset(bridge if settings.smtp_user else {*bridge, MAILS})
