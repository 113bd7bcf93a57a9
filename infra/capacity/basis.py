"""The second half of docs/capacity.md: what was measured, and what the figures rest on."""

import json
from collections.abc import Mapping, Sequence

from infra.capacity.facts import HERE, declared, given, measured, told_stories
from infra.capacity.model import MEASURED, cpu_seconds


def stories() -> str:
    lines = [
        row(["story", "of a patient", *(field.replace("_", " ") for field in MEASURED)]),
        "|---|" + "---:|" * (len(MEASURED) + 1),
    ]
    for name, often in told_stories().items():
        lines.append(row([name, f"{often:g}", *(str(whole(name, field)) for field in MEASURED)]))
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


def basis() -> str:
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
    heavy = "\n".join(
        f"| `{name}` | {one['cpu']:g} | {one['wait']:g} |" for name, one in given()["heavier"].items()
    )
    return f"""## What it rests on

Prices of {prices["date"]}, in US dollars. {prices["note"]} {taken} of {len(priced)} are taken.

| price | $ | how | source |
|---|---:|---|---|
{rows}

| assumed | |
|---|---:|
{facts}

| what takes longer than a request | computes, s | waits, s |
|---|---:|---:|
{heavy}

How far to believe it: counts are exact for the story told, and another story (more doctors asked, more looking at lists) is a
line in `tests/bench/stories.py` or `module_stories.py`. Time is the weakest: a request is taken to wait {given()["round_trip_seconds"] * 1000:g} ms for each
round trip and to compute for {cpu_seconds() * 1000:g} ms, {given()["cpu_of_bare"]:g} times what a function computes that does nothing. `./emulator.sh load --visits 500`
measures that ratio (500 visits: 4.8) and holds p50 and p99 to those of a bare function in the same run; how long a round trip is at Google can be seen only there. Its visits are the same story, so they say that HTTP
and a load change nothing in the counts, not that patients behave like the story.

{given()["audit_about"]} {given()["heavier_about"]} {given()["kept_about"]}
"""


def whole(story: str, field: str) -> int:
    return sum(one[field] for one in measured()[story].values())


def row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
