"""A recommendation as it is kept, made of invented institutes."""

from functions.partners.domain.explaining import explained
from functions.partners.domain.market_head import MarketPins
from functions.partners.domain.needs import needs_of
from functions.partners.domain.packing import packed
from functions.partners.domain.ranking import ranked
from functions.partners.domain.recommendation import Recommendation
from functions.partners.domain.weights import USUAL
from tests.functions.partners.an_institute import TODAY, some_answers, some_institutes
from tests.functions.partners.filled import PARTNER
from tests.outside import START
from tests.world import TENANT


def a_recommendation(institutes: int = 60, seed: int = 5) -> Recommendation:
    answers, market = some_answers(seed), some_institutes(institutes, seed)
    needs, layers = needs_of(answers, TODAY), (packed(market),)
    outcome = explained(ranked(layers, needs), layers, needs, {one.institute_id: one for one in market})
    return Recommendation(
        id="recommendation-1", tenant_id=TENANT, partner_id=PARTNER, upload_id="upload-1", made_at=START,
        on=TODAY, answers=answers, weights=USUAL, weights_version=1, services_version=1, pins=MarketPins(),
        outcome=outcome, outcome_sha256=outcome.sha256,
    )  # fmt: skip
