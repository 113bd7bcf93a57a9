"""Numbers of every minute: which referrals stand still, and which wait for a person."""

from datetime import timedelta

import pytest

from functions.referrals.domain.referral import Referral
from functions.referrals.report_figures import report_figures
from tests.functions.referrals.orders import issue
from tests.functions.referrals.places import practice
from tests.log_lines import figures
from tests.world import World

__all__ = ["practice"]


def said(world: World, capsys: pytest.CaptureFixture[str], name: str) -> list[int]:
    assert world.deliver(report_figures.declaration).status == 200  # type: ignore[attr-defined]  # every action carries one
    return figures(capsys.readouterr().out, name)


def test_a_referral_that_is_not_printed_is_stuck(practice: World, capsys: pytest.CaptureFixture[str]) -> None:
    seen = issue(practice)
    practice.settle()
    referral = practice.record(Referral, seen.referral_id)
    practice.given(referral.but(paper_generation=None))
    assert said(practice, capsys, "referrals_stuck") == [0]
    practice.set_clock(practice.clock.now() + timedelta(minutes=20))  # no sweeper ran
    assert said(practice, capsys, "referrals_stuck") == [1]


def test_what_waits_for_a_person_is_counted(practice: World, capsys: pytest.CaptureFixture[str]) -> None:
    seen = issue(practice)
    practice.given(practice.record(Referral, seen.referral_id).but(attention="clinic_does_not_answer"))
    assert said(practice, capsys, "referrals_wait_for_person") == [1]
