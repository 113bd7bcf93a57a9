"""Random days of occupational medicine: more people than units, and everybody changes their mind."""

from functools import partial
from typing import Final

from functions.referrals.domain.referral import Referral, ReferralStatus
from shared.contracts.clinic_booking import RefusalReason
from tests.clinic_twin import Trouble
from tests.sim.counting import records
from tests.sim.machine import Machine
from tests.sim.referral_judge import breaches
from tests.sim.referrals import ONLINE, Office
from tests.sim.scenario import Scenario
from tests.sim.scenarios.referrals import MODULES, elsewhere, misses, refuses, reissues, revokes

PEOPLE: Final = 10
UNITS: Final = 7
TROUBLES: Final[tuple[tuple[str, Trouble | RefusalReason], ...]] = (
    ("hold", RefusalReason.SLOT_TAKEN), ("book", Trouble.SILENT_AFTER), ("book", Trouble.SILENT_BEFORE),
    ("book", Trouble.OTHER_TIME), ("hold", Trouble.SILENT_BEFORE),
)  # fmt: skip
ENDS: Final = frozenset(ReferralStatus) - {ReferralStatus.UNKNOWN_OUTCOME}
TURNS: Final = ("", "", "sign", "sign", "void", "miss", "revoke", "refuse", "reissue", "elsewhere")
"""What becomes of a referral after some minutes."""


class Day:
    """All chances of one day; each is named by what it is about."""

    def __init__(self, machine: Machine) -> None:
        self.machine, self.dice, self.office = machine, machine.dice, Office(machine, ENDS)

    def play(self) -> Office:
        self.office.opens(PEOPLE, UNITS)
        for number in range(1, PEOPLE + 1):
            after = self.dice.between(f"order {number}", 0, 600)
            self.machine.timeline.start(partial(self._ordered, number), after)
            if self.dice.share(f"link {number}") < 0.7:
                self.office.chooses(number, minutes=self.dice.between(f"comes {number}", 2, 240))
        for at, (call, trouble) in enumerate(TROUBLES):
            if self.dice.share(f"trouble {at}") < 0.5:
                self.machine.clinics.will(ONLINE, call, trouble)
        return self.office

    def _ordered(self, number: int) -> None:
        """Sometimes by two at once, who do not know of each other."""
        if self.dice.share(f"two order {number}") < 0.2:
            self.machine.timeline.start(partial(self.office.refers, number, by=2))
        referral_id = self.office.refers(number)
        if not referral_id:
            return
        self._turns(number, referral_id, self.dice.one_of(f"turn {number}", TURNS))
        if self.dice.share(f"again {number}") < 0.3:
            self._turns(number, referral_id, self.dice.one_of(f"turn again {number}", TURNS))

    def _turns(self, number: int, referral_id: str, turn: str) -> None:
        self.machine.wait(minutes=self.dice.between(f"{turn} {number} after", 0.1, 12))
        office = self.office
        match turn:
            case "sign":
                office.agrees(referral_id)
                office.signs(referral_id)
            case "void":
                office.agrees(referral_id)
                if certificate_id := office.signs(referral_id):
                    self.machine.wait(minutes=self.dice.between(f"void {number} later", 0, 3))
                    office.makes_void(certificate_id)
            case "miss":
                office.agrees(referral_id, minutes=2)
                self.machine.wait(minutes=4)
                misses(office, referral_id)
                office.agrees(referral_id)
            case "revoke":
                revokes(office, referral_id)
            case "refuse":
                refuses(office, referral_id)
            case "reissue":
                reissues(office, referral_id)
            case "elsewhere":
                elsewhere(office, referral_id, number)


SCENARIOS = (
    Scenario(
        "a day of referrals",
        lambda machine: Day(machine).play(),
        breaches,
        minutes=30,
        calm_minutes=35,
        subjects=PEOPLE,
        ends=records(Referral),
        is_random=True,
        modules=MODULES,
    ),
)
