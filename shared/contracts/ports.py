"""The sockets towards other people's systems: SMS, mail, customer, clinics, maps, phones, identifiers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # who needs one socket loads the values of none
    from collections.abc import Sequence
    from datetime import date, datetime

    from shared.contracts.bridge import BridgeMessage
    from shared.contracts.calendar import CalendarEvent
    from shared.contracts.clinic_booking import BookingStatus, ClinicBooking, Hold, Slot
    from shared.contracts.customer import ChangesPage
    from shared.contracts.file_checks import Inspected
    from shared.contracts.geocoding import AddressQuery, GeocodeResult
    from shared.contracts.mail import OutboundMail
    from shared.contracts.papers import CertificatePaper
    from shared.contracts.recommendation_paper import RecommendationPaper
    from shared.contracts.sheets import Sheet
    from shared.contracts.sign_in import SignInEvent
    from shared.contracts.sms import InboundSms, OutboundSms, SmsAccepted
    from shared.contracts.transcripts import TranscriptPaper
    from shared.contracts.work_papers import FitnessPaper, ReferralPaper
    from shared.contracts.workbook_plans import BookPlan, Mark
    from shared.contracts.workbooks import BookLimits, Workbook


class Sms(Protocol):
    """Raises SmsRefused, SmsThrottled, SmsUnknown, SmsRejectedAccount (shared.contracts.sms)."""

    def send(self, sms: OutboundSms) -> SmsAccepted: ...

    def find_sent(self, to: str, since: datetime, containing: str) -> SmsAccepted | None: ...

    def inbound_since(self, since: datetime, limit: int) -> Sequence[InboundSms]: ...


class Mail(Protocol):
    def send(self, mail: OutboundMail) -> None: ...


class Push(Protocol):
    """Raises DeviceGone, PushDelayed (shared.contracts.push)."""

    def tell(self, token: str, thread_id: str) -> None:
        """That something waits in this thread, and not a word more. Twice shows once."""


class Bridge(Protocol):
    """Another chat; every call may be repeated. Raises BridgeDelayed, BridgeRefused (contracts.bridge)."""

    def open_room(self, name: str) -> str:
        """The id of the room of that name."""

    def post(self, room_id: str, key: str, text: str) -> None:
        """The same key is the same message."""

    def archive(self, room_id: str, *, archived: bool) -> None: ...

    def since(self, room_id: str, after: datetime, limit: int) -> Sequence[BridgeMessage]:
        """What was written at or after that instant, oldest first."""


class Calendar(Protocol):
    def file_of(self, event: CalendarEvent) -> str:
        """The iCalendar file that puts the event into a calendar, changes it there or takes it out."""


class SignInEvents(Protocol):
    def read(self, token: str, audience: str) -> SignInEvent:
        """What Identity Platform signed for exactly `audience`. Raises NotAdmitted, Busy."""


class Customer(Protocol):
    def changes(self, collection: str, cursor: str, limit: int) -> ChangesPage: ...


class Clinics(Protocol):
    """A clinic's own system; every booking call is idempotent by our key."""

    def find_slots(
        self, clinic_id: str, specialization: str, window_start: datetime, window_end: datetime
    ) -> Sequence[Slot]: ...

    def hold(self, clinic_id: str, slot: Slot, key: str) -> Hold: ...

    def book(self, clinic_id: str, slot: Slot, key: str, patient_reference: str) -> ClinicBooking: ...

    def cancel(self, clinic_id: str, key: str) -> None: ...

    def status(self, clinic_id: str, key: str) -> BookingStatus: ...


class Geocoder(Protocol):
    def locate(self, query: AddressQuery) -> GeocodeResult:
        """Never raises for an outage: quality `none` and the reason, so that a person pins by hand."""


class PhoneBook(Protocol):
    def parse(self, text: str, country: str) -> str:
        """E.164 of a number that can receive a text. Raises Invalid."""

    def normal(self, text: str) -> str:
        """A sender as a provider names it, in E.164 where it is a number; else as it is."""

    def can_text_back(self, phone: str) -> bool:
        """Whether replies reach us from that phone's country."""


class Identifiers(Protocol):
    def check(self, system: str, value: str, birth_date: date | None) -> str:
        """The compact form of a personal identifier. Raises Invalid saying which digit rule failed."""


class Sheets(Protocol):
    def file_of(self, sheet: Sheet) -> bytes:
        """The table as a workbook."""


class Papers(Protocol):
    """Papers to hand out, as PDF/A. A method for each kind of paper."""

    def certificate(self, paper: CertificatePaper) -> bytes:
        """The PDF, not signed yet: the same paper gives the same bytes."""

    def referral(self, paper: ReferralPaper) -> bytes:
        """As `certificate`."""

    def fitness(self, paper: FitnessPaper) -> bytes:
        """As `certificate`."""

    def recommendation(self, paper: RecommendationPaper) -> bytes:
        """One page; the same paper gives the same bytes."""

    def transcript(self, paper: TranscriptPaper) -> bytes:
        """The PDF of a conversation: the same paper gives the same bytes."""

    def sign(self, pdf: bytes) -> bytes:
        """The same bytes with a signature after them; unchanged where no key is configured.

        Every signature differs: keep the first one. Raises PaperNotSigned.
        """


class WorkingDays(Protocol):
    """The calendar of a country (ISO 3166-1 alpha-2); of a country it does not know, the weekends."""

    def is_working_day(self, country: str, day: date) -> bool: ...

    def holiday_name(self, country: str, day: date) -> str:
        """In Polish for Poland, else in English; "" on a day that is none."""


class Workbooks(Protocol):
    def read(self, content: bytes, limits: BookLimits | None = None) -> Workbook:
        """Within limits. Raises WorkbookRefused."""

    def read_csv(self, content: bytes, limits: BookLimits | None = None) -> Workbook:
        """Text with separators, as a workbook of one sheet. Raises WorkbookRefused."""

    def write(self, plan: BookPlan) -> bytes:
        """The same plan gives the same bytes."""

    def mark(self, content: bytes, marks: Sequence[Mark]) -> bytes:
        """The same workbook with these cells marked; only of what the reader has read."""


class Inspector(Protocol):
    def inspect(self, content: bytes, content_type: str) -> Inspected:
        """Looks into a file without trusting it. `content_type`: one of contracts.documents.TYPES."""


class Antivirus(Protocol):
    def scan(self, content: bytes) -> str:
        """The name of what was found, "" for nothing. Raises ScannerUnclear."""
