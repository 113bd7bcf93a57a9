"""Each figure that the program says is a metric, and each metric is a figure that the program says."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

import pytest

from functions.certificates.report_figures import report_figures as of_certificates
from functions.house_visits.domain.figures import STEPS_MAX
from functions.house_visits.domain.reply_facts import Outcome
from functions.house_visits.domain.visit import Channel
from functions.house_visits.report_figures import report_figures as of_visits
from functions.platform.report_metrics import report_metrics
from functions.referrals.report_figures import report_figures as of_referrals
from infra.checks.terraform import FOLDER
from tests.bench import module_stories, stories
from tests.log_lines import lines
from tests.world import World

ROOT: Final = FOLDER.parents[1]
SIGHT: Final = FOLDER / "modules" / "sight"
PROGRAM: Final = [path for room in ("shared", "functions") for path in (ROOT / room).rglob("*.py")]
STEPS: Final = [str(one) for one in range(1, STEPS_MAX + 1)]
LETTERS: Final = [one for one in ROOT.glob("functions/*/domain/*.py") if "text_letter(" in one.read_text()]
WRITERS: Final = {one.parents[1].name for one in LETTERS}
FILLED: Final[Mapping[str, Iterable[str]]] = {
    "minutes_to_fill_{}": Channel,
    "asked_at_step_{}": STEPS,
    "accepted_at_step_{}": STEPS,
    "replies_{}": Outcome,
    "segments_of_{}": WRITERS,
    "cents_of_{}": WRITERS,
}
"""What may stand in a figure's name where the program puts it together."""
BESIDE: Final = {
    "severity", "message", "function", "revision", "release", "actor", "record", "linked",
    "logging.googleapis.com/trace", "logging.googleapis.com/spanId",
}  # fmt: skip
"""What every line says."""


def metrics() -> set[str]:
    shown = (SIGHT / "main.tf").read_text().partition("shown = [")[2].partition("]")[0]
    gauges = (SIGHT / "alerts.tf").read_text().partition("gauges = {")[2].partition("\n  }")[0]
    return {*re.findall(r'"(\w+)"', shown), *re.findall(r"^    (\w+) += \{", gauges, re.MULTILINE)}


def figures_in(path: Path) -> Iterator[str]:
    """Names in the source, with {} where something is put in."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Subscript) and is_figures(node.value):
            yield named(node.slice)
        for one in ast.iter_child_nodes(node):
            if isinstance(one, ast.Dict) and (path.name == "figures.py" or said_in(node)):
                yield from (named(key) for key in one.keys if key is not None)


def said_in(node: ast.AST) -> bool:
    """log.figures({...}), ctx.figures.update({...}), figures = {...}."""
    if isinstance(node, ast.Call):
        inner = node.func.value if getattr(node.func, "attr", "") == "update" else node.func  # type: ignore[attr-defined]
        return is_figures(inner)
    return isinstance(node, ast.AnnAssign) and is_figures(node.target)


def is_figures(node: ast.AST) -> bool:
    return "figures" in (getattr(node, "attr", ""), getattr(node, "id", ""))


def named(key: ast.expr) -> str:
    if isinstance(key, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in key.values)
    assert isinstance(key, ast.Constant), ast.dump(key)
    return str(key.value)


def test_each_figure_is_a_metric_and_each_metric_a_figure() -> None:
    found = {one for path in PROGRAM for one in figures_in(path)}
    templates = {one for one in found if "{}" in one}
    assert templates == set(FILLED)
    filled = {one.format(word) for one, words in FILLED.items() for word in words}
    assert (found - templates) | filled == metrics()


@pytest.mark.parametrize(
    "tell",
    [stories.visit, stories.certificate, module_stories.referral, module_stories.talk],
    ids=["visit", "certificate", "referral", "talk"],
)
def test_whatever_a_story_says_is_a_metric(
    world: World, capsys: pytest.CaptureFixture[str], tell: Callable[[World], None]
) -> None:
    tell(world)
    for run in (of_visits, of_certificates, of_referrals, report_metrics):
        world.tick(run)
    said = {name for one in lines(capsys.readouterr().out, "figures") for name in one} - BESIDE
    assert said >= {"visits_stuck", "certificates_stuck", "referrals_stuck", "outbox_age_seconds"}
    assert said - metrics() == set()


def test_each_metric_is_on_the_page_that_is_looked_at() -> None:
    """As a gauge, or in a question; a name that no metric has would stop the plan."""
    page = (SIGHT / "dashboard.tf").read_text()
    asked = set(re.findall(r'local\.(?:sums|counts|medians)\["(\w+)"\]', page))
    begun = re.findall(r'local\.sums\["(\w+_)\$\{', page)
    asked |= {name for one in begun for name in metrics() if name.startswith(one)}
    asked |= set(re.findall(r'"(\w+)"', page.partition("for name in [")[2].partition("]")[0]))
    gauges = {one for one in metrics() if one.endswith(("_stuck", "_wait_for_person"))}
    gauges |= {"outbox_age_seconds", "dead_letters"}
    assert metrics() - asked - gauges == set()
