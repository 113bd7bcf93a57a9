"""Where a function is called by queues, topics and schedules, and what their token must be made out to.

Locally one gateway answers for all functions, and a token is for the whole URL. In the cloud each function
has an address of its own, and the platform lets a token in only if it is for that address, without a path.
"""

from typing import NamedTuple


class Door(NamedTuple):
    url: str
    audience: str


def service_of(entry_point: str) -> str:
    """`house_visits__ask_next_doctor` -> `house-visits-ask-next-doctor`, as services may be named."""
    return entry_point.replace("__", "-").replace("_", "-")


def inner_door(entry_point: str, path: str, public_url: str, internal_url: str) -> Door:
    """`internal_url` holds `{service}`, e.g. https://{service}-123456789012.europe-central2.run.app."""
    if not internal_url:
        return Door(public_url + path, public_url + path)
    address = internal_url.replace("{service}", service_of(entry_point))
    return Door(address + path, address)
