"""Messages and numbers as Twilio's JSON shows them."""

from collections.abc import Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any
from urllib.parse import urlencode

from infra.local.phones.account import API_VERSION, Account
from infra.local.phones.messages import Message

SHOWN_ERRORS = {
    30003: "Unreachable destination handset",
    30005: "Unknown destination handset",
    30006: "Landline or unreachable carrier",
    30007: "Message filtered",
    30036: "Validity period expired",
}


def base_path(account: Account) -> str:
    return f"/{API_VERSION}/Accounts/{account.sid}"


def message_json(account: Account, message: Message) -> dict[str, Any]:
    path = f"{base_path(account)}/Messages/{message.sid}"
    return {
        "account_sid": account.sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": _date(message.created_at),
        "date_sent": _date(message.sent_at),
        "date_updated": _date(message.updated_at),
        "direction": message.direction.value,
        "error_code": message.error_code,
        "error_message": SHOWN_ERRORS.get(message.error_code or 0),
        "from": message.sender,
        "messaging_service_sid": message.service_sid or None,
        "num_media": "0",
        "num_segments": str(message.segments),
        "price": None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status.value,
        "subresource_uris": {"media": f"{path}/Media.json"},
        "to": message.recipient,
        "uri": f"{path}.json",
    }


def number_json(account: Account, number: str) -> dict[str, Any]:
    sid = "PN" + number.lstrip("+").rjust(32, "0")
    return {
        "sid": sid,
        "account_sid": account.sid,
        "friendly_name": number,
        "phone_number": number,
        "api_version": API_VERSION,
        "capabilities": {"voice": False, "sms": True, "mms": False, "fax": False},
        "status": "in-use",
        "uri": f"{base_path(account)}/IncomingPhoneNumbers/{sid}.json",
    }


def page_json(
    key: str,
    rows: Sequence[dict[str, Any]],
    path: str,
    args: dict[str, str],
    page: int,
    page_size: int,
    next_token: str,
) -> dict[str, Any]:
    """`next_token` names the last row shown; empty on the last page."""
    kept = {name: value for name, value in args.items() if name not in {"Page", "PageSize", "PageToken"}}

    def uri(number: int, token: str = "") -> str:
        paging = {"PageSize": str(page_size), "Page": str(number)} | ({"PageToken": token} if token else {})
        return f"{path}?{urlencode(kept | paging)}"

    start = page * page_size
    return {
        key: list(rows),
        "page": page,
        "page_size": page_size,
        "start": start,
        "end": start + max(len(rows) - 1, 0),
        "uri": uri(page),
        "first_page_uri": uri(0),
        "previous_page_uri": uri(page - 1) if page else None,
        "next_page_uri": uri(page + 1, next_token) if next_token else None,
    }


def _date(instant: datetime | None) -> str | None:
    return format_datetime(instant) if instant else None
