"""Texts cut at another place under the same signature, because Twilio signs names and values in one line."""

from tests.authorization.attacks import Sent
from tests.authorization.twilio_calls import PLACES, SID, SMS, TEXT, Form, signature, text

STOLEN = "+48512000901"
CUTS: dict[str, tuple[str, Form]] = {
    "into somebody else's phone": (
        f"TAKFrom{STOLEN}FromCity",
        {"Body": "TAK", "From": STOLEN, "FromCity": "From+48512000900FromCity"},
    ),
    "into a state": (
        f"TAKFrom{STOLEN}FromState",
        {"Body": "TAK", "From": STOLEN, "FromState": "From+48512000900FromCityFromCountryFromState"},
    ),
    "into a picture's address": (
        f"TAKFrom{STOLEN}MediaUrl0https://api.twilio.com/a",
        {
            "Body": "TAK",
            "From": STOLEN,
            "MediaUrl0": "https://api.twilio.com/aFrom+48512000900FromCityFromCountryFromStateFromZip",
        },
    ),
    "into a button": ("TAKButtonTextnie", {"Body": "TAK", "ButtonText": "nie"}),
    "into a name nobody knows": ("TAKBodyXnie", {"Body": "TAK", "BodyX": "nie"}),
    "into a status": (
        f"TAKFrom{STOLEN}MessageSid{SID}MessageStatusx",
        {
            "Body": "TAK",
            "From": STOLEN,
            "MessageSid": SID,
            "MessageStatus": f"xFrom+48512000900{''.join(sorted(PLACES)[:4])}MessageSid{SID}",
        },
    ),
    "into the version before it": ("xBodyTAK", {"ApiVersion": "2010-04-01Bodyx", "Body": "TAK"}),
    "away, into the version": ("TAK", {"ApiVersion": "2010-04-01BodyTAK", "Body": ""}),
}
"""What somebody wrote, and how the signed call could be read for it."""


def recut() -> dict[str, Sent]:
    """The calls, each with the signature of the text as it was written."""
    told = {}
    for name, (written, cut) in CUTS.items():
        seal = signature(SMS, TEXT | {"Body": written})
        swallowed = {one for one in PLACES if any(value.find(one) >= 0 for value in cut.values())} - set(cut)
        form = {key: one for key, one in (TEXT | cut).items() if key not in swallowed}
        if name.startswith("away"):
            del form["Body"]
        told[f"cut {name}"] = text(form, seal)
    return told
