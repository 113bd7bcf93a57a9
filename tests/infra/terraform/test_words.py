"""What Terraform says to people and what the docs say of it: asked without Terraform."""

import ast
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.routing import Map, Rule

from infra.checks import terraform
from infra.checks.terraform import FOLDER, GENERATED
from infra.rendering.routing import routes
from shared.runtime import catalog
from shared.runtime.settings import from_environment

ROOT = FOLDER.parents[1]
RUNBOOK = (ROOT / "docs" / "runbook.md").read_text()
TEXTS = {path: path.read_text() for path in FOLDER.rglob("*.tf")}


def _anchors(page: str) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in titles}


def test_each_alert_has_its_entry_in_the_runbook() -> None:
    sight = "".join(text for path, text in TEXTS.items() if path.parent.name == "sight")
    named = set(re.findall(r'entry = "([\w-]+)"', sight)) | set(re.findall(r"runbook_url}#([\w-]+)", sight))
    assert len(named) >= 12
    assert named - _anchors(RUNBOOK) == set()


def _sections() -> dict[str, str]:
    parts = re.split(r"^## (.+)$", RUNBOOK, flags=re.MULTILINE)[1:]
    return {
        re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-"): text
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }


def _alerts() -> dict[str, str]:
    """Where each leads, by the name that stands in its mail."""
    sight = "".join(text for path, text in TEXTS.items() if path.parent.name == "sight")
    told = dict(re.findall(r'^ {4}(\w+) += \{ above.*entry = "([\w-]+)"', sight, re.MULTILINE))
    policies = re.findall(
        r'^resource "google_monitoring_alert_policy" .*?^\}', sight, re.MULTILINE | re.DOTALL
    )
    for one in policies:
        name, entry = re.search(r'display_name = "([\w-]+)', one), re.search(r"runbook_url\}#([\w-]+)", one)
        if name and entry:
            told[name[1]] = entry[1]
    return told


@pytest.mark.parametrize(("name", "entry"), _alerts().items())
def test_whoever_is_woken_reads_the_name_of_the_alert_where_it_sends_them(name: str, entry: str) -> None:
    """In the table at the top, and in the entry itself."""
    table = RUNBOOK.partition("## How to look")[0]
    rows = [row for row in table.splitlines() if f"`{name}" in row]
    assert [row for row in rows if f"(#{entry})" in row], f"{name} is not in the table"
    assert f"`{name}" in _sections()[entry], f"{name} is not in its entry"


def test_all_alerts_are_looked_at() -> None:
    assert {"burn-", "down", "queue_long", "undelivered", "schedules_silent", "crashed", "visits_stuck"} <= (
        _alerts().keys()
    )


def test_each_alert_says_where_its_entry_is() -> None:
    """Whatever alarm is added: its mail leads to the runbook."""
    alarms = re.findall(
        r'^resource "google_monitoring_alert_policy" "(\w+)" \{\n(.*?)^\}',
        "".join(TEXTS.values()),
        re.MULTILINE | re.DOTALL,
    )
    assert len(alarms) >= 6
    assert [name for name, body in alarms if "runbook_url}#" not in body] == []


def test_without_terraform_nothing_is_said_to_hold(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terraform, "is_here", lambda: False)
    assert terraform.main([]) == 1
    assert "nothing was checked" in capsys.readouterr().out
    assert terraform.main([terraform.IF_THERE]) == 0


@pytest.mark.skipif(not shutil.which("terraform"), reason="terraform is not installed here")
def test_a_check_that_planned_nothing_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(terraform, "validate", lambda: None)
    monkeypatch.setattr(terraform, "plans", dict)
    assert terraform.main([]) == 1
    assert "nothing was planned by archive\nnothing was planned by image" in capsys.readouterr().out


def test_each_line_that_wakes_somebody_is_said_by_the_program() -> None:
    alerts = (FOLDER / "modules" / "sight" / "alerts.tf").read_text()
    lines = re.findall(r"^    (\w+) += \{ above", alerts.partition("gauges = {")[0], re.MULTILINE)
    said = {one for room in ("shared", "functions") for one in _said_in(ROOT / room)}
    assert len(lines) >= 10
    assert set(lines) - said == set()


def _said_in(room: Path) -> Iterator[str]:
    """The names of the lines that are written there: the first word of each `event` and `crash`."""
    calls = (
        node for path in room.rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and node.args
    )  # fmt: skip
    for one in calls:
        name, first = getattr(one.func, "attr", getattr(one.func, "id", "")), one.args[0]
        if name in ("event", "crash") and isinstance(first, ast.Constant):
            yield str(first.value)


def test_each_schedule_that_comes_often_is_missed_when_it_is_silent() -> None:
    alerts = (FOLDER / "modules" / "sight" / "alerts.tf").read_text()
    watched = set(re.findall(r'"(\S+ \S+ \S+ \S+ \S+)" += \{ seconds', alerts))
    crons = {one.trigger.cron for one in catalog.all_actions() if one.trigger.kind == "schedule"}
    often = {one for one in crons if one.endswith(" * * * *") and not one.split()[0].isdigit()}
    assert often == watched


FOLDERS = [FOLDER, *sorted((FOLDER / "modules").iterdir())]


@pytest.mark.parametrize("folder", FOLDERS, ids=[one.name for one in FOLDERS])
def test_every_input_is_explained_and_asked_for(folder: Path) -> None:
    text = "".join(path.read_text() for path in folder.glob("*.tf"))
    inputs = re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', text, re.MULTILINE | re.DOTALL)
    assert inputs
    assert [name for name, body in inputs if "description" not in body] == []
    assert [name for name, _ in inputs if not re.search(rf"\bvar\.{name}\b", text)] == []


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_the_example_lets_people_of_each_provider_in(environment: str) -> None:
    text = (FOLDER / "environments" / f"{environment}.tfvars").read_text()
    said = text.partition("VISITA_SIGN_IN = <<-EOT")[2].partition("EOT")[0]
    policies = from_environment({"VISITA_SIGN_IN": said}).sign_in_policies
    organisation = text.partition("organisations = {")[2]
    named = {
        f"{way}.{name}"
        for way in ("oidc", "saml")
        for name in re.findall(rf"{way} = {{\n +(\w+) = {{", organisation)
    }
    assert {one.provider for one in policies} == named != set()


def test_the_first_rule_that_fits_a_request_is_its_own() -> None:
    """As the load balancer asks them, in order; as the local gateway finds them, by its own rules."""
    rules = json.loads(GENERATED.read_text())["routes"]
    assert rules == routes(catalog.all_actions())
    patterns = [
        (one["method"], re.compile(re.escape(one["template"]).replace(r"\*", "[^/]+")), one["service"])
        for one in rules
    ]
    for one in rules:
        path = one["template"].replace("*", "k3v9x2m4q7p1")
        first = next(
            service for method, fits, service in patterns if method == one["method"] and fits.fullmatch(path)
        )
        assert first == one["service"], path


def test_no_two_functions_share_a_rule() -> None:
    rules = json.loads(GENERATED.read_text())["routes"]
    Map([Rule(_as_rule(one["template"]), endpoint=one["service"], methods=[one["method"]]) for one in rules])
    assert len({(one["template"], one["method"]) for one in rules}) == len(rules)
    assert len(rules) <= 200, "the load balancer takes no more rules of one host"


def _as_rule(template: str) -> str:
    """Each star has a name of its own."""
    first, *others = template.split("*")
    return first + "".join(f"<x{number}>{rest}" for number, rest in enumerate(others))


def test_indexes_come_before_functions_and_functions_before_what_calls_them() -> None:
    """A function never asks without its index, and nothing calls what is not there."""
    whole = TEXTS[FOLDER / "main.tf"]
    blocks = dict(re.findall(r'^module "(\w+)" \{\n(.*?)^\}', whole, re.MULTILINE | re.DOTALL))
    waits = {
        name: set(re.findall(r"module\.(\w+)", "".join(re.findall(r"depends_on\s*=\s*\[(.*?)\]", body))))
        for name, body in blocks.items()
    }
    assert "google_firestore_index" in TEXTS[FOLDER / "modules" / "store" / "main.tf"]
    for functions in ("functions", "services"):
        assert waits[functions] >= {"store", "queues"}
        for calls in ("subscriptions", "schedules", "front"):
            assert functions in waits[calls], f"{calls} must come after {functions}"


def test_files_stay_short() -> None:
    for path, text in TEXTS.items():
        assert text.count("\n") <= 400, Path(path).name
