"""What the matrix asks of messaging."""

from functions.messaging.reconcile_inbox import InboxCursor
from shared.contracts.messaging import InboundText
from shared.contracts.notice_rules import NoticePreferences, Refused, preferences_id
from shared.contracts.notices import Channel
from shared.kernel.actors import Role
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OTHER, Asks, Party, listed, named, told
from tests.outside import START


def records(it: Party, wiring: Wiring) -> list[Record]:
    text = InboundText(
        id=it.id("text"),
        tenant_id=it.tenant_id,
        sender=it.phone,
        phone_key=wiring.seals.lookup_key(it.tenant_id, it.phone),
        recipient="+48732230001",
        body="?",
        received_at=START,
        found_by="webhook",
        outcome="to_operator",
    )
    cursors = [] if it is OTHER else [InboxCursor(id=it.tenant_id, tenant_id=it.tenant_id, ran_at=START)]
    wanted = NoticePreferences(
        id=preferences_id(it.tenant_id, Role.PATIENT, it.id("patient")),
        tenant_id=it.tenant_id,
        role=Role.PATIENT,
        record_id=it.id("patient"),
        refused=(Refused(notice="certificates.ready", channel=Channel.SMS),),
    )
    return [text, text.but(id=it.id("unread"), outcome=""), wanted, *cursors]


def sid(it: Party) -> str:
    return f"SM{it.number:032x}"


ASKS: Asks = {
    "get_notice_preferences": listed(shows=False),
    "list_texts": listed(),
    "note_sms_status": told(
        lambda it: {"?": f"m={it.id('letter')}&a=1", "MessageSid": sid(it), "MessageStatus": "delivered"}
    ),
    "receive_sms": told(
        lambda it: {"MessageSid": sid(it), "From": it.phone, "To": "+48732230001", "Body": "tak"}
    ),
    "reconcile_inbox": listed(shows=False),
    "set_notice_preferences": listed(
        shows=False, quiet_hours={"zone": "Europe/Warsaw", "begins": "22:00", "ends": "08:00"}
    ),
    "settle_text": named("text"),
}
