"""Requests as they stand at our doors: an app's, one of our own services', a provider's webhook."""

import base64
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

from shared.adapters.clinic_signature import HEADER, sign
from shared.contracts.sign_in import SignInEvent
from shared.contracts.sms import InboundSms
from shared.kernel.actors import Actor
from shared.runtime import auth
from shared.runtime.action import Declaration
from shared.runtime.incoming import Incoming
from shared.runtime.settings import Settings

SMS_PATH = "/v1/webhooks/twilio/sms"
BRIDGE_PATH = "/v1/webhooks/bridge/messages"
STATUS_PATH = "/v1/webhooks/twilio/status"


def from_app(
    action: Declaration,
    fields: Mapping[str, Any],
    as_: Actor,
    key: str,
    headers: Mapping[str, str] | None = None,
    signed_in_ago: timedelta = timedelta(0),
) -> Incoming:
    """With the token of the test's identity, which says whose it is."""
    left = dict(fields)
    token = f"{as_.role}/{as_.tenant_id}/{as_.user_id}/{as_.record_id}/{int(signed_in_ago.total_seconds())}"
    path = filled(action.path, left)
    sent = {"Authorization": f"Bearer {token}", "Idempotency-Key": key, **(headers or {})}
    reads = action.trigger.method == "GET"
    query = urlencode(left, doseq=True) if reads else ""
    return Incoming(action.trigger.method, path, query, sent, b"" if reads else json.dumps(left).encode())


def from_service(settings: Settings, action: Declaration, body: bytes = b"{}", retries: int = 0) -> Incoming:
    """A task, a message or a scheduled run, signed by the right service."""
    account = f"{auth.SERVICES[action.trigger.kind]}@{settings.service_domain}"
    token = f"service/{account}/{settings.public_url}{action.path}"
    if action.trigger.kind == "topic":
        wrapped = {"message": {"data": base64.b64encode(body).decode()}, "deliveryAttempt": retries + 1}
        body = json.dumps(wrapped).encode()
    headers = {"Authorization": f"Bearer {token}", "X-CloudTasks-TaskRetryCount": str(retries)}
    return Incoming("POST", action.path, "", headers, body)


def text_from(settings: Settings, sms: InboundSms) -> Incoming:
    """The webhook of a text that reached one of our numbers."""
    form = {
        "MessageSid": sms.sid,
        "AccountSid": settings.twilio_account,
        "From": sms.sender,
        "To": sms.recipient,
        "Body": sms.body,
        "NumMedia": "0",
    }
    return signed(settings, SMS_PATH, "", form)


def report_of(
    settings: Settings, status_url: str, sid: str, status: str, error_code: int = 0, token: str = ""
) -> Incoming:
    """The webhook that reports what became of a text; `status_url` as we gave it."""
    query = status_url.partition("?")[2]
    form = {"MessageSid": sid, "AccountSid": settings.twilio_account, "MessageStatus": status}
    if error_code:
        form["ErrorCode"] = str(error_code)
    return signed(settings, STATUS_PATH, query, form, token)


def from_bridge(room_id: str, message_id: str, now: datetime, secret: str) -> Incoming:
    """The other chat's word that something was written in a room of it."""
    body = json.dumps({"message_id": message_id, "channel_id": room_id}).encode()
    return Incoming("POST", BRIDGE_PATH, "", {HEADER: sign(secret, body, now)}, body)


def signing_in(event: SignInEvent) -> Incoming:
    """The question of Identity Platform whether somebody may come in."""
    body = json.dumps({"data": {"jwt": event.model_dump_json()}}).encode()
    return Incoming("POST", "/v1/webhooks/identity/before-sign-in", "", {}, body)


def signed(settings: Settings, path: str, query: str, form: Mapping[str, str], token: str = "") -> Incoming:
    """As Twilio signs it: the URL that it was given, and the form; by our current token unless told."""
    url = f"{settings.public_url}{path}{f'?{query}' if query else ''}"
    signature = RequestValidator(token or settings.twilio_tokens[0]).compute_signature(url, dict(form))
    headers = {"X-Twilio-Signature": signature, "Content-Type": "application/x-www-form-urlencoded"}
    return Incoming("POST", path, query, headers, urlencode(form).encode())


def filled(path: str, fields: dict[str, Any]) -> str:
    """The path with its fields in place; they are taken out of `fields`."""
    for name in [one for one in fields if f"{{{one}}}" in path]:
        path = path.replace(f"{{{name}}}", str(fields.pop(name)))
    return path
