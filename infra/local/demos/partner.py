"""A company looks for an institute: questionnaire, faults, correction, recommendation, acceptance.

It goes through the running cloud as the apps do, over HTTP, and saves the workbook with LibreOffice where
that is installed. 0: what it showed is what was promised; 1: something is not.
"""

import sys
from collections.abc import Sequence
from os import environ
from pathlib import Path
from tempfile import TemporaryDirectory

import requests

from functions.partners.accept_recommendation import AcceptRecommendation, accept_recommendation
from functions.partners.domain.money import in_words
from functions.partners.domain.recommendation_views import RecommendationView
from functions.partners.download_recommendation import DownloadRecommendation, download_recommendation
from functions.partners.generate_questionnaire import GenerateQuestionnaire, generate_questionnaire
from functions.partners.list_sites import ListSites, list_sites
from functions.partners.recommend_institute import RecommendInstitute, recommend_institute
from functions.partners.recompute_recommendation import RecomputeRecommendation, recompute_recommendation
from functions.partners.withdraw_acceptance import WithdrawAcceptance, withdraw_acceptance
from infra.local.demos.app import Refused
from infra.local.demos.cloud import Cloud, NothingHappened, cloud_from
from infra.local.demos.partner_desk import PartnerDesk
from infra.local.demos.partner_market import fill_market
from infra.local.demos.partner_workbook import filled_in, how_saved, right, wrong
from shared.kernel.actors import Actor, Role

TROUBLE = (Refused, NothingHappened, requests.RequestException)


def main(_: Sequence[str]) -> int:
    try:
        with TemporaryDirectory() as folder:
            return play(cloud_from(environ), Path(folder))
    except TROUBLE as trouble:
        print(f"\nThe demo ends here: {trouble}", file=sys.stderr)
        return 1


def play(cloud: Cloud, folder: Path) -> int:
    admin, kept = cloud.staff(Role.ADMIN), dict[str, bool]()
    institutes = fill_market(cloud.app, admin)
    desk = PartnerDesk.of_a_new_company(cloud, admin)
    say("Admin", f"{institutes} institutes with sites and price lists; the partner is {desk.name}")

    made = cloud.app.call(
        generate_questionnaire, GenerateQuestionnaire(partner_id=desk.partner_id), desk.actor
    )
    blank = desk.fetched(made.url)
    say("Partner", f"gets the questionnaire, {len(blank) // 1024} kB, and fills it in ({how_saved()}).")

    faulty = desk.brought(filled_in(blank, wrong(), folder))
    say("Visita", f"{faulty.status}: {len(faulty.issues)} cells to correct, marked in the workbook:")
    for issue in faulty.issues:
        print(f"             {issue.sheet} {issue.cell}  {issue.message}")
    kept["every fault is told by its cell"] = [one.rule for one in faulty.issues] == [
        "not_a_number", "wanted_without_quantity",
    ]  # fmt: skip
    marked = desk.fetched(faulty.marked_url)

    read = desk.brought(filled_in(marked, right(), folder))
    say("Partner", f"corrects the marked workbook and sends it again: {read.status}.")
    kept["the corrected workbook is read"] = read.status == "read"

    wish = RecommendInstitute(upload_id=read.upload_id)
    found = cloud.app.call(recommend_institute, wish, desk.actor)
    tell(found)
    first = found.outcome.candidates[0]
    kept["five institutes, the best first"] = len(found.outcome.candidates) == 5
    kept["contributions make the score"] = first.points == sum(one.points for one in first.contributions)
    kept["the quotation is the sum of its lines"] = first.quote.gross == sum(
        line.gross for line in first.quote.lines
    )
    again = RecomputeRecommendation(recommendation_id=found.recommendation_id)
    kept["computed again it is the same"] = cloud.app.call(recompute_recommendation, again, admin).same
    paper = DownloadRecommendation(recommendation_id=found.recommendation_id)
    pdf = desk.fetched(cloud.app.call(download_recommendation, paper, desk.actor).url)
    kept["there is a page to hand on"] = pdf.startswith(b"%PDF")
    taken = AcceptRecommendation(recommendation_id=found.recommendation_id)
    line = cloud.app.call(accept_recommendation, taken, desk.actor)
    kept["the offer is taken for the price that was told"] = (line.status, line.gross) == (
        "accepted", first.quote.gross,
    )  # fmt: skip
    say("Partner", f"accepts {line.name}.")
    kept["the offer takes room of the institute until it is withdrawn"] = room_comes_and_goes(
        cloud, admin, found
    )
    return promises(kept, found)


def room_comes_and_goes(cloud: Cloud, admin: Actor, found: RecommendationView) -> bool:
    """Leaves the market as it was, so that it can be shown again as often as one likes."""
    before = room_at(cloud, admin, found.outcome.candidates[0].institute_id)
    over = WithdrawAcceptance(recommendation_id=found.recommendation_id, reason="The demo is over.")
    cloud.app.call(withdraw_acceptance, over, admin)
    after = room_at(cloud, admin, found.outcome.candidates[0].institute_id)
    say("Admin", f"{before} of its services a month were taken; withdrawn, it is {after}.")
    return before > after


def room_at(cloud: Cloud, admin: Actor, institute_id: str) -> int:
    listed = cloud.app.call(list_sites, ListSites(page_size=100), admin).institutes
    return sum(site.taken for one in listed if one.institute_id == institute_id for site in one.sites)


def tell(found: RecommendationView) -> None:
    outcome, said = found.outcome, found.said
    say("Visita", f"compared {outcome.considered} institutes, {outcome.fitting} meet all conditions.")
    remarks = [said.why_first, *said.runners_up]
    for rank, (one, remark) in enumerate(zip(outcome.candidates, remarks, strict=True), 1):
        price = in_words(one.quote.gross, one.quote.currency)
        print(
            f"           {rank}. {one.name:<24} {one.points * 100 / outcome.points_max:6.2f} %  {price:>18}"
        )
        print(f"              {remark}")
    print(f"           {said.smallest_change}")


def say(who: str, what: str) -> None:
    print(f"  {who:<9}{what}")


def promises(kept: dict[str, bool], found: RecommendationView) -> int:
    print("\n  What was promised\n")
    for words, holds in kept.items():
        print(f"  {'✓' if holds else '✗'} {words}")
    held = sum(kept.values())
    print(
        f"\n  {held} of {len(kept)} promises kept · {found.outcome.considered} institutes compared · "
        f"{found.outcome.fitting} fit · score {found.score}"
    )
    return 0 if held == len(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
