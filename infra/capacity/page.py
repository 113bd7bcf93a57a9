"""docs/capacity.md, made of the model: the same figures as the command prints."""

from collections.abc import Sequence
from typing import Final

from infra.capacity.basis import basis, row, stories, whole
from infra.capacity.limits import Limit, limits
from infra.capacity.money import Month, month, texts_of

SIZES: Final = (40_000, 400_000, 4_000_000)
COUNTED: Final = (
    ("calls", "requests"), ("front", "requests from outside"), ("reads", "documents read"), ("writes", "documents written"),
    ("deletes", "documents deleted"), ("tasks", "tasks"), ("messages", "messages"), ("segments", "text segments"),
    ("replies", "texts received"), ("mails", "mails"), ("egress_gib", "egress, GiB"), ("files_gib", "new files, GiB"),
    ("log_gib", "logs, GiB"), ("audit_gib", "audit logs, GiB"),
)  # fmt: skip


def page() -> str:
    months = [month(size) for size in SIZES]
    return "\n".join([_head(months), _table(months), _limits(months), stories(), basis(), ""])


def table(months: Sequence[Month]) -> list[list[str]]:
    """The first row is the head; the first column says what."""
    rows = [["a month", *(f"{one.patients:,} patients" for one in months)]]
    rows += [[name, *(f"{one.totals[field]:,.0f}" for one in months)] for field, name in COUNTED]
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

- **Texts are the bill.** {small.costs["texts"] / small.euros:.1%} of {small.euros:,.0f} € a month at {small.patients:,} patients, \
{large.costs["texts"] / large.euros:.1%} at {large.patients:,}. Everything else costs \
{small.euros - small.costs["texts"]:,.0f} € and {large.euros - large.costs["texts"]:,.0f} €.
- **A booked visit costs {visit:.3f} €**, of which texts are {texts_of("visit"):.3f} €: {whole("visit", "segments")} segments \
for four doctors asked, and their replies. One letter outside the GSM alphabet would double that; tests count the segments of every text.
- **What gets tight first is {tight.name}**: at {small.patients:,} patients the busiest minute uses {tight.share:.0%} of it. \
{tight.knob[:1].upper()}{tight.knob[1:]}.
{chr(10).join(f"- {_passed(one)}" for one in months)}

![Euros a month over patients a month](capacity.svg)
"""


def _passed(one: Month) -> str:
    """Which limits a size passes, and what that asks of whom."""
    over = [limit for limit in limits(one) if limit.share > 1]
    if not over:
        return f"**{one.patients:,} patients** pass no limit: nothing has to be changed."
    settings = [_with_share(limit) for limit in over if not limit.is_code]
    code = [_with_share(limit) for limit in over if limit.is_code]
    said = [f"to be set before: {', '.join(settings)}"] if settings else []
    said += [f"**to be programmed before**: {', '.join(code)}"] if code else ["no code changes"]
    return f"**{one.patients:,} patients**: {'; '.join(said)}."


def _with_share(limit: Limit) -> str:
    return f"{_family(limit)} ({limit.share:.0%})"


def _table(months: Sequence[Month]) -> str:
    head, *rows = table(months)
    lines = [row(head), "|---|" + "---:|" * len(months), *map(row, rows)]
    each = "\n".join(f"| {name} | {euros:.4f} |" for name, euros in months[0].per_story.items())
    return "## A month\n\n" + "\n".join(lines) + f"\n\n| one of each | € |\n|---|---:|\n{each}\n"


def _limits(months: Sequence[Month]) -> str:
    """Each limit with the share of it that the busiest minute uses, at every size."""
    by_size = [{_family(one): one for one in limits(single)} for single in months]
    order = [_family(one) for one in limits(months[-1])]
    rows = [
        row([name, *(f"{one[name].share:.0%}" for one in by_size), by_size[-1][name].bound, by_size[-1][name].knob])
        for name in order
    ]  # fmt: skip
    head = row(["limit", *(f"{one.patients:,}" for one in months), "is", "the knob"])
    return (
        "## What gets tight, in the busiest minute\n\nShares of each limit as it is set now; above 100 % the knob must have been "
        f"turned. Rates of queues and `instances_max` are those of `infra/terraform`.\n\n{head}\n|---|{'---:|' * len(months)}---|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def _family(one: Limit) -> str:
    return one.name.partition(" (")[0]
