"""Numbers of every minute: which certificates stand still, and which wait for a person."""

from datetime import timedelta

import pytest

from functions.certificates.domain.case import CertificateCase
from functions.certificates.report_figures import report_figures
from tests.functions.certificates.signing import CASE, at_work, issued
from tests.log_lines import figures
from tests.world import World


def said(world: World, capsys: pytest.CaptureFixture[str], name: str) -> list[int]:
    assert world.deliver(report_figures.declaration).status == 200  # type: ignore[attr-defined]  # every action carries one
    return figures(capsys.readouterr().out, name)


def test_a_lease_that_nothing_ends_is_stuck(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    at_work(world)
    assert said(world, capsys, "certificates_stuck") == [0]
    world.set_clock(world.clock.now() + timedelta(days=2))  # no timer came, no sweeper ran
    assert said(world, capsys, "certificates_stuck") == [1]


def test_a_paper_that_is_not_printed_is_stuck(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    at_work(world)
    world.given(issued(world).but(printed=None))
    assert said(world, capsys, "certificates_stuck") == [0]
    world.set_clock(world.clock.now() + timedelta(minutes=20))
    assert said(world, capsys, "certificates_stuck") == [1]


def test_what_waits_for_a_person_is_counted(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    at_work(world)
    world.given(world.record(CertificateCase, CASE).but(attention="late"))
    assert said(world, capsys, "certificates_wait_for_person") == [1]
