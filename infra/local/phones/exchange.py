"""The telephone exchange: what all parts of the twin look at, and what a reset empties."""

from datetime import datetime

from infra.local.clock import MovableClock
from infra.local.phones.account import Account
from infra.local.phones.agenda import Agenda
from infra.local.phones.messages import Book
from infra.local.phones.opt_out import OptOuts
from infra.local.phones.script import Mode, Scripts


class Exchange:
    """`labels` are the names of invented people, by phone; `mode` is what the account suffers."""

    def __init__(self, account: Account, clock: MovableClock) -> None:
        self.account = account
        self.clock = clock
        self.book = Book()
        self.agenda = Agenda(clock.now)
        self.scripts = Scripts()
        self.opt_outs = OptOuts()
        self.mode = Mode.NONE
        self.labels: dict[str, str] = {}

    def now(self) -> datetime:
        return self.clock.now()

    def reset(self) -> None:
        self.agenda.clear()
        self.scripts.clear()
        self.opt_outs.clear()
        self.book.clear()
        self.mode = Mode.NONE
        self.labels = {}
