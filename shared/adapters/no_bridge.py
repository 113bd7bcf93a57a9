"""The bridge is switched off: nothing is asked of it, and nothing is loaded for it."""

from collections.abc import Sequence
from datetime import datetime

from shared.contracts.bridge import BridgeMessage, BridgeRefused


class NoBridge:
    def open_room(self, name: str) -> str:
        raise BridgeRefused("off")

    def post(self, room_id: str, key: str, text: str) -> None:
        raise BridgeRefused("off")

    def archive(self, room_id: str, *, archived: bool) -> None:
        raise BridgeRefused("off")

    def since(self, room_id: str, after: datetime, limit: int) -> Sequence[BridgeMessage]:
        raise BridgeRefused("off")
