"""Tells a story in a terminal: the hour, who, what; texts as they were sent; the promises at the end.

Never wider than a hundred columns. Colours on a terminal only, NO_COLOR honoured; in a file the same
lines without them.
"""

import textwrap
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, TextIO
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.text import Text

WIDTH_MAX: Final = 100
MARGIN: Final = 2
LINES_AT: Final = MARGIN + 7
"""Where everything stands that happened at an hour: behind `09:00  `."""
WHO: Final = 10
BUBBLE_MAX: Final = 58
THEIRS_AT: Final = LINES_AT + 20
"""Texts from people stand farther right than ours, as on a phone held by us."""

DIM, OURS, THEIRS, GOOD, BAD, WARN = "dim", "cyan", "green", "green", "bold red", "yellow"


class Timeline:
    def __init__(self, zone: ZoneInfo, out: TextIO | None = None) -> None:
        self._zone = zone
        self._console = Console(file=out, highlight=False)
        known = self._console.width if self._console.is_terminal else WIDTH_MAX
        self._width = min(WIDTH_MAX, known)
        self._hour = ""

    def title(self, title: str, about: str) -> None:
        self._print()
        self._print((" " * MARGIN, ""), (title, "bold"))
        for line in textwrap.wrap(about, self._width - 2 * MARGIN):
            self._print((" " * MARGIN + line, DIM))

    def says(self, at: datetime, who: str, what: str) -> None:
        """Somebody does something."""
        self._print()
        head, room = f"{who:<{WHO}} ", self._width - LINES_AT - WHO - 1
        first, *more = textwrap.wrap(what, room) or [""]
        self._print(self._at(at), (head, "bold"), (first, ""))
        for line in more:
            self._print((" " * (LINES_AT + WHO + 1) + line, ""))

    def text(self, at: datetime, who: str, body: str, foot: str, *, ours: bool) -> None:
        """A text message, word for word."""
        left = LINES_AT if ours else THEIRS_AT
        lines = [one for part in body.split("\n") for one in textwrap.wrap(part, self._room(left)) or [""]]
        inner = max(len(foot), *(len(one) for one in lines))
        colour, indent = OURS if ours else THEIRS, " " * left
        self._print()
        self._print(self._at(at), (" " * (left - LINES_AT), ""), (who, "bold"))
        self._print((f"{indent}╭{'─' * (inner + 2)}╮", colour))
        for line in lines:
            self._print((f"{indent}│ ", colour), (f"{line:<{inner}}", ""), (" │", colour))
        self._print((f"{indent}╰{'─' * (inner + 2)}╯", colour))
        if foot:
            self._print((f"{indent}  {foot}", DIM))

    def rows(self, rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> None:
        """A little table; the columns named in `right` are aligned to the right."""
        if not rows:
            return
        widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        turned = set(right)
        self._print()
        for row in rows:
            cells = [
                f"{cell:>{width}}" if place in turned else f"{cell:<{width}}"
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            ]
            line = " " * (LINES_AT + 2) + "   ".join(cells).rstrip()
            self._print((self._cut(line), ""))

    def warning(self, text: str) -> None:
        self._print((" " * (LINES_AT + 2) + self._cut(f"! {text}"), WARN))

    def blank(self) -> None:
        self._print()

    def heading(self, text: str) -> None:
        self._hour = ""
        self._print()
        self._print((" " * MARGIN + text, "bold"))

    def promise(self, text: str, held: bool) -> None:
        self._print(
            ("  ✓ " if held else "  ✗ ", GOOD if held else BAD), (self._cut(text), "" if held else BAD)
        )

    def figures(self, text: str, good: bool) -> None:
        self._print()
        self._print((" " * MARGIN + text, "bold" if good else BAD))

    def hour(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M}"

    def _at(self, at: datetime) -> tuple[str, str]:
        """The hour, where it is another than that of the line before."""
        hour = self.hour(at)
        shown = "" if hour == self._hour else hour
        self._hour = hour
        return f"{'':{MARGIN}}{shown:<{LINES_AT - MARGIN}}", DIM

    def _room(self, left: int) -> int:
        return min(BUBBLE_MAX, self._width - left - 4)

    def _cut(self, line: str) -> str:
        return line if len(line) <= self._width else line[: self._width - 1] + "…"

    def _print(self, *parts: tuple[str, str]) -> None:
        line = Text.assemble(*parts)
        line.rstrip()
        self._console.print(line, no_wrap=True, crop=False, overflow="ignore")
