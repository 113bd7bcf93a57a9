"""One real use of each socket, so that its adapter loads what it loads when it is used.

Loaded into the process that is counted: it imports nothing at the top that a function would not have.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

PHONE = "+48512000001"
NOW = datetime.now(UTC)


def _sms(wired: Any) -> None:
    from shared.contracts.sms import OutboundSms

    sender = wired.settings.sender_numbers[0]
    wired.sms.send(OutboundSms(PHONE, sender, "Visita", 600, f"{wired.settings.public_url}/v1/none"))


def _mail(wired: Any) -> None:
    from shared.contracts.mail import OutboundMail

    wired.mail.send(OutboundMail("a@example.org", "s", "t", "", (), "<1@example.org>"))


def _queue(wired: Any) -> None:
    from shared.kernel.ports import Task

    name = f"count-{NOW.timestamp():.0f}-{wired.ids.new()}"
    wired.queue.add(Task(name, "cascade", "house_visits__ask_next_doctor", b"{}", NOW + timedelta(days=1)))


def _calendar(wired: Any) -> None:
    from shared.contracts.calendar import CalendarEvent

    who = "a@example.org"
    wired.calendar.file_of(
        CalendarEvent(
            uid="v@visita", sequence=1, starts_at=NOW, ends_at=NOW + timedelta(hours=1), title="t",
            description="d", language="pl", organizer=who, attendee=who, made_at=NOW,
        )
    )  # fmt: skip


def _papers(wired: Any) -> bytes:
    from shared.contracts.papers import PaperIssuer
    from shared.contracts.transcripts import TranscriptPaper

    paper = TranscriptPaper(
        language="pl", issuer=PaperIssuer(name="Visita"), number="1", title="t", made_at=NOW, lines=()
    )
    return bytes(wired.papers.transcript(paper))


def _workbooks(wired: Any) -> None:
    from functions.partners.domain.questionnaire_plan import questionnaire_plan

    wired.workbooks.read(wired.workbooks.write(questionnaire_plan("p-1", "Fabryka", "pl", "0" * 64)))


def _sheets(wired: Any) -> None:
    from shared.contracts.sheets import Sheet

    wired.sheets.file_of(Sheet("t", (), ()))


def _geocoder(wired: Any) -> None:
    from shared.contracts.geocoding import AddressQuery

    wired.geocoder.locate(AddressQuery(city="Warszawa", street="Polna 1"))


def _user_keys(wired: Any) -> None:
    """Fetched to check a user's token with: from the twin in whose keys services' tokens are signed."""
    from shared.adapters.google_keys import GoogleKeys

    GoogleKeys(wired.settings.keys_url).current()


USES: dict[str, Callable[[Any], object]] = {
    "documents": lambda wired: wired.documents.read(["visits/none"]),
    "seals": lambda wired: wired.seals.unseal(wired.seals.seal("a", "b"), "b"),
    "topics": lambda wired: wired.topics.publish("sms-received", b"{}", {}),
    "queue": _queue,
    "sms": _sms,
    "mail": _mail,
    "files": lambda wired: wired.files.stat("clean", "none"),
    "phones": lambda wired: wired.phones.normal(PHONE),
    "identifiers": lambda wired: wired.identifiers.check("pl-pesel", "44051401359", date(1944, 5, 14)),
    "working_days": lambda wired: wired.working_days.is_working_day("PL", date(2026, 1, 2)),
    "calendar": _calendar,
    "papers": _papers,
    "signature": lambda wired: wired.papers.sign(_papers(wired)),
    "workbooks": _workbooks,
    "sheets": _sheets,
    "geocoder": _geocoder,
    "customer": lambda wired: wired.customer.changes("clinics", "", 1),
    "clinics": lambda wired: wired.clinics.status("c", "k"),
    "bridge": lambda wired: wired.bridge.open_room("r"),
    "push": lambda wired: wired.push.tell("t", "thread"),
    "inspector": lambda wired: wired.inspector.inspect(b"", "application/pdf"),
    "antivirus": lambda wired: wired.antivirus.scan(b""),
    "user keys": _user_keys,
}
NOBODY_THERE = frozenset({"mail", "customer", "clinics", "files", "bridge", "push"})
"""Sockets whose other end is not there while we count: what they load to find that out is loaded."""


def use(socket: str, wired: Any) -> None:
    try:
        USES[socket](wired)
    except Exception:
        if socket not in NOBODY_THERE:
            raise


def build_models(names: Sequence[str]) -> None:
    """Pydantic builds what it checks with when a model is first used."""
    from shared.kernel.records import Value

    kinds: list[type[Value]] = [Value]
    for kind in kinds:
        kinds += kind.__subclasses__()
    for kind in kinds:
        if kind.__name__ in names:
            kind.model_rebuild()
