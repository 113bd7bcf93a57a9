"""The plot of the capacity page: euros a month over patients a month, both in powers of ten."""

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Final

from infra.capacity.money import Month

WIDTH, HEIGHT = 760, 420
LEFT, RIGHT, TOP, BOTTOM = 70, 150, 46, 46
COLOURS: Final[Mapping[str, str]] = {
    "texts": "#b4431f", "Firestore": "#1f5fb4", "functions": "#2b7a4b",
    "tasks and topics": "#7a5cc0", "front and egress": "#8a6d1b", "logs and keys": "#6b7280",
    "mails": "#c2577a", "files": "#1b8a86",
}  # fmt: skip
LABEL_ROOM: Final = 15


def plot(months: Sequence[Month]) -> str:
    """An SVG; every line is named where it ends."""
    low = floor(log10(min(min(one.costs.values()) for one in months)))
    high = ceil(log10(max(max(one.costs.values()) for one in months)))
    first, last = (log10(one.patients) for one in (months[0], months[-1]))

    def x(patients: float) -> float:
        return LEFT + (log10(patients) - first) / (last - first) * (WIDTH - LEFT - RIGHT)

    def y(euros: float) -> float:
        return HEIGHT - BOTTOM - (log10(euros) - low) / (high - low) * (HEIGHT - TOP - BOTTOM)

    grid = []
    for power in range(low, high + 1):
        at = y(10.0**power)
        grid.append(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>')
        grid.append(
            f'<text class="tick" x="{LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_short(10**power)}</text>'
        )
    for one in months:
        at = x(one.patients)
        grid.append(
            f'<text class="tick" x="{at:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{_short(one.patients)}</text>'
        )
    lines: list[str] = []
    taken: list[float] = []
    for name in sorted(months[-1].costs, key=lambda one: -months[-1].costs[one]):
        points = " ".join(f"{x(one.patients):.1f},{y(one.costs[name]):.1f}" for one in months)
        end = y(months[-1].costs[name])
        while any(abs(end - other) < LABEL_ROOM for other in taken):
            end += 1
        taken.append(end)
        colour = COLOURS.get(name, "#374151")
        lines.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{points}"/>')
        lines += [
            f'<circle cx="{x(one.patients):.1f}" cy="{y(one.costs[name]):.1f}" r="3" fill="{colour}"/>'
            for one in months
        ]
        lines.append(f'<text x="{WIDTH - RIGHT + 10}" y="{end + 4:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([HEAD, *grid, *lines, "</svg>", ""])


def _short(number: float) -> str:
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:g} {letter}"
    return f"{number:g}"


HEAD: Final = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"
 aria-label="Euros a month over patients a month, by what is paid for">
<style>
 text {{ font: 13px system-ui, sans-serif; }}
 .tick {{ fill: #6b7280; font-size: 12px; }}
 .title {{ fill: #374151; font-weight: 600; }}
 .grid {{ stroke: #9ca3af; stroke-opacity: .35; }}
</style>
<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>
<text class="title" x="{LEFT}" y="24">€ a month, by patients a month (both axes in powers of ten)</text>"""
