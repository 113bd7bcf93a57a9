"""What the matrix asks of partners: a company, its questionnaire, what was recommended, and an institute."""

from decimal import Decimal
from typing import Any

from functions.partners.domain.answers import Answers, Location, Wish
from functions.partners.domain.explaining import explained
from functions.partners.domain.institute import Institute, Site, version_of
from functions.partners.domain.market_head import MarketHead, MarketPins
from functions.partners.domain.money import Currency
from functions.partners.domain.needs import needs_of
from functions.partners.domain.packing import packed
from functions.partners.domain.partner import Partner, UploadDesk
from functions.partners.domain.prices import PriceItem, PriceList
from functions.partners.domain.ranking import ranked
from functions.partners.domain.recommendation import Recommendation, RecommendationStatus
from functions.partners.domain.upload import Upload, UploadStatus
from functions.partners.domain.weights import USUAL
from shared.kernel.places import Position
from shared.kernel.records import Record
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OTHER, Ask, Asks, Party, listed, named, told
from tests.outside import START

HERE = Position(lat=52.2, lon=21.0)
ANSWERS = Answers(
    locations=(Location(city="Warszawa", head_count=10, languages=("pl",), position=HERE),),
    wishes=(Wish(service="ecg", quantity=10),),
    average_age=Decimal(40),
)


def records(it: Party, wiring: Wiring) -> list[Record]:
    partner_id = f"partner-{it.owner or it.name}"
    institute = _institute(it)
    changed = {institute.id: institute.version}
    head = MarketHead(id=it.tenant_id, tenant_id=it.tenant_id, changed=changed)
    accepted = _recommendation(it, it.id("partner"), institute).but(
        id=it.id("accepted"), status=RecommendationStatus.ACCEPTED, institute_id=institute.id
    )
    upload = Upload(
        id=it.id("upload"), tenant_id=it.tenant_id, partner_id=partner_id, purpose="questionnaire",
        desk_id=partner_id, number=1, status=UploadStatus.READ, size=100, announced_at=START, due_at=START,
        answers=ANSWERS,
    )  # fmt: skip
    return [
        Partner(id=it.id("partner"), tenant_id=it.tenant_id, name=f"Fabryka -{it.name}"),
        UploadDesk(id=it.id("partner"), tenant_id=it.tenant_id, partner_id=partner_id),
        institute,
        version_of(institute),
        *([] if it is OTHER else [head]),
        upload,
        _recommendation(it, it.id("partner"), institute),
        accepted,
    ]


def _institute(it: Party) -> Institute:
    site = Site(
        id="main", name="Centrum", city="Warszawa", position=HERE, services=frozenset({"ecg"}),
        languages=frozenset({"pl"}), capacity=100,
    )  # fmt: skip
    prices = PriceList(
        valid_from=START.date(), currency=Currency.PLN, items=(PriceItem(service="ecg", net=50_00),)
    )
    return Institute(
        id=it.id("institute"), tenant_id=it.tenant_id, version=1, name=f"Klinika -{it.name}", sites=(site,),
        price_lists=(prices,),
    )  # fmt: skip


def _recommendation(it: Party, partner_id: str, institute: Institute) -> Recommendation:
    version, needs = version_of(institute), needs_of(ANSWERS, START.date())
    layers = (packed([version]),)
    outcome = explained(ranked(layers, needs), layers, needs, {institute.id: version})
    return Recommendation(
        id=it.id("recommendation"), tenant_id=it.tenant_id, partner_id=partner_id, upload_id=it.id("upload"),
        made_at=START, on=START.date(), answers=ANSWERS, weights=USUAL, weights_version=1, services_version=1,
        pins=MarketPins(changed={institute.id: 1}), outcome=outcome, outcome_sha256=outcome.sha256,
    )  # fmt: skip


def file_of(it: Party) -> dict[str, str]:
    return {"bucket": Settings().quarantine_bucket, "name": f"partners/{it.tenant_id}/{it.id('upload')}"}


SITE: dict[str, Any] = {
    "site_id": "main", "name": "Centrum", "city": "Warszawa", "position": {"lat": 52.2, "lon": 21.0},
    "services": ["ecg"], "languages": ["pl"], "capacity": 5,
}  # fmt: skip
PRICES: dict[str, Any] = {
    "valid_from": "2027-01-01", "currency": "PLN", "items": [{"service": "ecg", "net": 100}],
}  # fmt: skip

ASKS: Asks = {
    "accept_recommendation": named("recommendation"),
    "chase_upload": told(lambda it: {"upload_id": it.id("upload")}),
    "decline_recommendation": named("recommendation", reason="x"),
    "discard_upload": told(lambda it: {"upload_id": it.id("upload")}),
    "download_recommendation": (
        Ask(lambda it: {"recommendation_id": it.id("recommendation"), "form": "xlsx"}, shows=False),
    ),
    "finish_upload": named("upload"),
    "generate_questionnaire": (Ask(lambda it: {"partner_id": it.id("partner")}, shows=False),),
    "generate_price_workbook": (Ask(lambda it: {"institute_ids": [it.id("institute")]}, shows=False),),
    "get_price": (Ask(lambda it: {"institute_id": it.id("institute"), "service": "ecg"}, shows=False),),
    "get_questionnaire": named("upload"),
    "get_recommendation": named("recommendation"),
    "hear_storage": told(file_of),
    "import_price_list": listed(shows=False, size=100),
    "list_recommendations": listed(),
    "list_sites": listed(),
    "pack_market": told(lambda _: {"edition": 99}),
    "put_partner": named("partner", name="Fabryka"),
    "put_price_list": named("institute", **PRICES),
    "put_site": named("institute", **SITE),
    "read_price_list": told(lambda it: {"upload_id": it.id("upload"), "attempt": 1}),
    "read_questionnaire": told(lambda it: {"upload_id": it.id("upload"), "attempt": 1}),
    "recommend_institute": (Ask(lambda it: {"upload_id": it.id("upload")}, shows=False),),
    "recompute_recommendation": (
        Ask(lambda it: {"recommendation_id": it.id("recommendation")}, shows=False),
    ),
    "renew_market": listed(shows=False),
    "request_human_offer": named("recommendation"),
    "start_upload": (Ask(lambda it: {"partner_id": it.id("partner"), "size": 100}, shows=False),),
    "sweep_uploads": listed(shows=False),
    "withdraw_acceptance": (
        Ask(lambda it: {"recommendation_id": it.id("accepted"), "reason": "x"}, shows=False),
    ),
}
