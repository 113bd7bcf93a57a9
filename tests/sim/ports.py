"""The sockets of one process: each leads to what all processes share, by a call that may go wrong."""

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final, TypeVar

from shared.adapters.geocoding import OfflineGeocoder
from shared.adapters.memory import MemoryDocuments
from shared.contracts.calendar import CalendarEvent
from shared.contracts.clinic_booking import ClinicUnknown
from shared.contracts.geocoding import AddressQuery, GeocodeReason, GeocodeResult
from shared.contracts.mail import MailUnknown
from shared.contracts.papers import CertificatePaper
from shared.contracts.sms import SmsUnknown
from shared.contracts.work_papers import FitnessPaper, ReferralPaper
from shared.kernel.errors import Busy
from shared.kernel.ports import OutcomeUnknown, Seals, Snapshot, Write
from shared.kernel.records import Record
from shared.runtime.codec import Codec
from tests.sim.process import Process

R = TypeVar("R", bound=Record)


class NoAnswer(Exception):
    """The service was not reached, or its answer was lost: what a vendor's library raises then."""


UNKNOWN: Final[Mapping[str, type[Exception]]] = {
    "documents.commit": OutcomeUnknown,
    "sms": SmsUnknown,
    "mail": MailUnknown,
    "clinics": ClinicUnknown,
    "files": Busy,
}
"""What an action meets where no answer comes, by call or by port; NoAnswer for the others."""


class Socket:
    """Every method of what is `behind`, each call through the process."""

    def __init__(self, process: Process, port: str, behind: object) -> None:
        self._process, self._port, self._behind = process, port, behind

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call, through, process = getattr(self._behind, name), f"{self._port}.{name}", self._process
        unknown = UNKNOWN.get(through) or UNKNOWN.get(self._port, NoAnswer)

        def ask(*given: Any, **named: Any) -> Any:
            return process.through(through, lambda: call(*given, **named), unknown)

        self.__dict__[name] = ask
        return ask


class RememberingGeocoder:
    """Looks up each address once: the gazetteer is the same for every story."""

    locate = staticmethod(cache(OfflineGeocoder().locate))


class FarGeocoder:
    """A geocoder at the other end of a network: where no answer comes, its adapter says so."""

    def __init__(self, socket: Socket) -> None:
        self._socket = socket

    def locate(self, query: AddressQuery) -> GeocodeResult:
        try:
            found: GeocodeResult = self._socket.locate(query)
        except NoAnswer:
            return GeocodeResult(source="simulated", reason=GeocodeReason.OUTAGE)
        return found


class ProcessClock:
    """The process's own clock, a little wrong."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def now(self) -> Any:
        return self._process.machine.timeline.at(self._process.skew)

    def pause(self, seconds: float) -> None:
        self._process.machine.timeline.sleep(seconds)


class Store(MemoryDocuments):
    """The embedded store without its copies: what the codec hands over is nobody else's, and snapshots
    are read and never changed. A third of a simulated search would be copying."""

    def everything(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return ((path, fields) for path, (_, fields) in self._stored.items())

    def _snapshot(self, path: str) -> Snapshot | None:
        stored = self._stored.get(path)
        return Snapshot(path, stored[1], stored[0]) if stored else None

    def _kept(self, write: Write) -> dict[str, Any]:
        return dict(write.fields or {})


class RememberingCodec(Codec):
    """Opens each version of a document once. Records are frozen, and the store keeps each version as it
    was written, so that who reads it again may have the same record."""

    def __init__(self, seals: Seals) -> None:
        super().__init__(seals)
        self._opened: dict[tuple[type[Record], int], tuple[Mapping[str, Any], Any]] = {}

    def decode(self, kind: type[R], fields: Mapping[str, Any]) -> R:
        place = (kind, id(fields))
        known = self._opened.get(place)
        if known is None or known[0] is not fields:
            self._opened[place] = known = (fields, super().decode(kind, fields))
        record: R = known[1]
        return record


class PlainCalendar:
    """Invitations that say no more than what they are about: the file itself is tested with its adapter."""

    def file_of(self, event: CalendarEvent) -> str:
        return f"{event.method}:{event.uid}:{event.sequence}"


class PlainPapers:
    """Papers that say no more than their number. As with real ones, no two signatures are the same."""

    def __init__(self) -> None:
        self._signatures = 0

    def certificate(self, paper: CertificatePaper) -> bytes:
        return f"%PDF {paper.number}".encode()

    def referral(self, paper: ReferralPaper) -> bytes:
        return f"%PDF {paper.number}".encode()

    def fitness(self, paper: FitnessPaper) -> bytes:
        return f"%PDF {paper.number}".encode()

    def sign(self, pdf: bytes) -> bytes:
        self._signatures += 1
        return pdf + f" signature {self._signatures}".encode()
