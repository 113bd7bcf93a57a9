"""What the matrix asks of the platform, and the records that the runtime keeps for all modules."""

from datetime import timedelta

from shared.kernel.effects import SendSms
from shared.kernel.records import Record
from shared.runtime.backlog import StatusNote
from shared.runtime.dead_letters import DeadLetter
from shared.runtime.letters import Letter, LetterStatus
from shared.runtime.marks import AuditEvent, Marker
from shared.runtime.wiring import Wiring
from tests.authorization.parties import Asks, Party, listed, named
from tests.outside import START

LATER = START + timedelta(days=30)


def records(it: Party, wiring: Wiring) -> list[Record]:
    tenant = it.tenant_id
    buried = DeadLetter(
        id=it.id("letter"),
        tenant_id=tenant,
        entry_point="house_visits__notify_patient",
        target="house_visits__notify_patient",
        envelope="{}",
        error="TypeError",
        buried_at=START,
        expires_at=LATER,
    )
    mark = Marker(
        id=it.id("mark"), tenant_id=tenant, fingerprint="",
        response_json="{}", made_at=START, expires_at=LATER,
    )  # fmt: skip
    audit = AuditEvent(
        id=it.id("audit"), tenant_id=tenant, at=START, by_role="operator",
        by_user="u", action="a", records=(), trace="",
    )  # fmt: skip
    note = StatusNote(
        id=it.id("note"), tenant_id=tenant, at=START, outbox_age_seconds=0, dead_letters=0
    )  # fmt: skip
    return [buried, _sent(it), mark, audit, note]


def _sent(it: Party) -> Letter:
    """A text that has gone out; its report is still to come."""
    text = SendSms(
        key=it.id("letter"),
        to=it.phone,
        sender="+48732230001",
        body="Visita: TAK 7KJ?",
        marker="7KJ",
        valid_until=LATER,
        about=it.id("visit-offering"),
    )
    return Letter(
        id=text.key,
        tenant_id=it.tenant_id,
        sms=text,
        written_at=START,
        due_at=LATER,
        expires_at=LATER,
        status=LetterStatus.SENT,
    )


ASKS: Asks = {
    "health": listed(shows=False),
    "list_dead_letters": listed(),
    "replay_dead_letter": named("letter"),
    "sweep_outbox": listed(shows=False),
    "report_metrics": listed(shows=False),
    "status": listed(shows=False),
}
