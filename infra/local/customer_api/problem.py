"""A refusal of the customer's API: a status and a code from the port's document."""

from typing import Final

STATUSES: Final = {
    "not_understood": 400,
    "bad_cursor": 400,
    "not_admitted": 401,
    "unknown_clinic": 404,
    "unknown_slot": 404,
    "unknown_key": 404,
    "slot_taken": 409,
    "not_integrated": 409,
    "key_reused": 409,
    "key_sealed": 409,
    "too_late": 409,
    "cursor_expired": 410,
    "too_many": 429,
    "server_error": 500,
}


class Problem(Exception):
    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.status = STATUSES[code]
        self.detail = detail or code.replace("_", " ")
