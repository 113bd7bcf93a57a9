"""docs/capacity.md, made of the model: the same figures as the command prints."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from infra.capacity.limits import Limit, limits
from infra.capacity.model import HERE, MEASURED, Month, declared, given, measured, month, told_stories

SIZES: Final = (40_000, 400_000, 4_000_000)


def page() -> str:
    months = [month(size) for size in SIZES]
    return "\n".join([_head(months), _table(months), _limits(months), _stories(), _basis(), ""])


def table(months: Sequence[Month]) -> list[list[str]]:
    """The first row is the head; the first column says what."""
    rows = [["a month", *(f"{one.patients:,} patients" for one in months)]]
    for field, name in (
        ("calls", "requests"), ("reads", "documents read"), ("writes", "documents written"), ("deletes", "documents deleted"),
        ("tasks", "tasks"), ("messages", "messages"), ("segments", "text segments"), ("mails", "mails"),
    ):  # fmt: skip
        rows.append([name, *(f"{one.totals[field]:,.0f}" for one in months)])
    rows.append(["requests a second, busiest minute", *(f"{one.peak('calls'):,.1f}" for one in months)])
    rows.append(["texts a second, busiest minute", *(f"{one.peak('segments'):,.1f}" for one in months)])
    rows.append(["instances, busiest minute", *(f"{one.instances:,}" for one in months)])
    for name in months[0].costs:
        rows.append([f"€ {name}", *(f"{one.costs[name]:,.0f}" for one in months)])
    rows.append(["€ in all", *(f"{one.euros:,.0f}" for one in months)])
    rows.append(["€ without texts", *(f"{one.euros - one.costs['texts']:,.0f}" for one in months)])
    rows.append(["€ a patient", *(f"{one.euros / one.patients:.3f}" for one in months)])
    return rows


def _head(months: Sequence[Month]) -> str:
    small, large = months[0], months[-1]
    tight = limits(small)[0]
    visit = small.per_story["visit"]
    return f"""# Capacity and cost

Made by `python -m infra.render`; do not edit. Figures for another size: `python -m infra.capacity --patients N`.

- **Texts are the bill.** {small.costs["texts"] / small.euros:.0%} of {small.euros:,.0f} € a month at {small.patients:,} patients, \
{large.costs["texts"] / large.euros:.0%} at {large.patients:,}. Everything at Google costs \
{small.euros - small.costs["texts"]:,.0f} € and {large.euros - large.costs["texts"]:,.0f} €.
- **A booked visit costs {visit:.3f} €**, of which texts are {_texts_of("visit"):.3f} €: {_count("visit", "segments")} segments \
for four doctors asked. One letter outside the GSM alphabet would double that; tests count the segments of every text.
- **What gets tight first is {tight.name}**: at {small.patients:,} patients the busiest minute uses {tight.share:.0%} of it. \
{tight.knob[:1].upper()}{tight.knob[1:]}.
- Nothing else has to be changed up to {large.patients:,} patients but what the second table names; no part is rebuilt.

![Euros a month over patients a month](capacity.svg)
"""


def _table(months: Sequence[Month]) -> str:
    head, *rows = table(months)
    lines = [_row(head), "|---|" + "---:|" * len(months), *map(_row, rows)]
    each = "\n".join(f"| {name} | {euros:.4f} |" for name, euros in months[0].per_story.items())
    return "## A month\n\n" + "\n".join(lines) + f"\n\n| one of each | € |\n|---|---:|\n{each}\n"


def _limits(months: Sequence[Month]) -> str:
    """Each limit with the share of it that the busiest minute uses, at every size."""
    by_size = [{_family(one): one for one in limits(single)} for single in months]
    order = [_family(one) for one in limits(months[-1])]
    rows = [
        _row([name, *(f"{one[name].share:.0%}" for one in by_size), f"{by_size[-1][name].most:,.0f} {by_size[-1][name].unit}", by_size[-1][name].knob])
        for name in order
    ]  # fmt: skip
    head = _row(["limit", *(f"{one.patients:,}" for one in months), "is", "the knob"])
    return (
        "## What gets tight, in the busiest minute\n\nShares of each limit as it is set now; above 100 % the knob must have been "
        f"turned.\n\n{head}\n|---|{'---:|' * len(months)}---|---|\n" + "\n".join(rows) + "\n"
    )


def _family(one: Limit) -> str:
    return one.name.partition(" (")[0]


def _stories() -> str:
    lines = [
        _row(["story", "of a patient", *(field.replace("_", " ") for field in MEASURED)]),
        "|---|" + "---:|" * (len(MEASURED) + 1),
    ]
    for name, often in told_stories().items():
        lines.append(_row([name, f"{often:g}", *(str(_count(name, field)) for field in MEASURED)]))
    told = {action for one in measured().values() for action in one}
    timed = {name for name, one in declared()["functions"].items() if one["cron"]}
    silent = len(declared()["functions"]) - len(told | timed)
    dearest = _dearest()
    return (
        "## What was measured\n\nEach story told once through the real doors, counted where the program meets the world "
        "(`python -m tests.bench.story_counts`). A test fails when a count changes and this page does not.\n\n"
        + "\n".join(lines)
        + f"\n\nOf {len(declared()['functions'])} functions {len(told)} are in a story and {len(timed)} run by timetable; {silent} are "
        "called seldom (corrections, lists, administration) and count for nothing here. The dearest by documents written: "
        + ", ".join(f"`{name}` ({count:g} a patient)" for name, count in dearest)
        + ".\n"
    )


def _dearest() -> list[tuple[str, float]]:
    writes: dict[str, float] = {}
    for story, often in told_stories().items():
        for action, counts in measured()[story].items():
            writes[action] = writes.get(action, 0.0) + counts["writes"] * often
    return sorted(writes.items(), key=lambda item: (-item[1], item[0]))[:3]


def _basis() -> str:
    prices = json.loads((HERE / "prices.json").read_text())
    priced = [(name, one) for name, one in prices.items() if isinstance(one, Mapping)]
    taken = sum(one["how"] == "taken" for _, one in priced)
    rows = "\n".join(
        f"| {name.replace('_', ' ')} | {one['price']:g} | {one['how']} | {one['source']} |"
        for name, one in priced
    )
    facts = "\n".join(
        f"| {name.replace('_', ' ')} | {value} |"
        for name, value in given().items()
        if isinstance(value, int | float)
    )
    return f"""## What it rests on

Prices of {prices["date"]}, in US dollars. {prices["note"]} {taken} of {len(priced)} are taken.

| price | $ | how | source |
|---|---:|---|---|
{rows}

| assumed | |
|---|---:|
{facts}

How far to believe it: counts are exact for the story told, and another story (more doctors asked, more looking at lists) is a
line in `tests/bench/stories.py` or `module_stories.py`. Time is the weakest: a request is taken to wait {given()["round_trip_seconds"] * 1000:g} ms for each
round trip and to compute for {given()["cpu_seconds"] * 1000:g} ms. `./emulator.sh load --visits 500` compares the model's requests,
documents and texts with those of a load on the local cloud, and its times with a bare function in the same run.
"""


def _count(story: str, field: str) -> int:
    return sum(one[field] for one in measured()[story].values())


def _texts_of(story: str) -> float:
    from infra.capacity.model import prices

    return _count(story, "segments") * prices()["text_segment"] * prices()["eur_per_usd"]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
