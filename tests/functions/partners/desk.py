"""What partners and admins do, in the words of the tests."""

from functions.partners.accept_recommendation import AcceptRecommendation, accept_recommendation
from functions.partners.domain.institute import Institute
from functions.partners.domain.link import UploadStarted
from functions.partners.domain.partner import Partner
from functions.partners.domain.prices import PriceList
from functions.partners.domain.recommendation_views import RecommendationLine, RecommendationView
from functions.partners.domain.views import UploadView
from functions.partners.finish_upload import FinishUpload, finish_upload
from functions.partners.generate_questionnaire import GenerateQuestionnaire, generate_questionnaire
from functions.partners.get_questionnaire import GetQuestionnaire, get_questionnaire
from functions.partners.import_price_list import ImportPriceList, import_price_list
from functions.partners.put_price_list import PutPriceList, put_price_list
from functions.partners.put_site import PutSite, put_site
from functions.partners.recommend_institute import RecommendInstitute, recommend_institute
from functions.partners.start_upload import StartUpload, start_upload
from shared.kernel.actors import Actor, Role
from shared.kernel.places import Position
from tests.functions.partners.an_institute import CODES, flat, hours
from tests.functions.partners.filled import PARTNER, Edit, filled
from tests.world import ADMIN, TENANT, World

PARTNER_USER = Actor(role=Role.PARTNER, tenant_id=TENANT, user_id="user-partner-1", record_id=PARTNER)
STRANGER = Actor(role=Role.PARTNER, tenant_id=TENANT, user_id="user-partner-2", record_id="partner-2")
NEAR = Position(lat=52.20, lon=20.95)


def a_partner(world: World, partner_id: str = PARTNER, **facts: object) -> None:
    world.given(Partner(id=partner_id, tenant_id=TENANT, name="Fabryka Żubr").but(**facts))


def an_institute(
    world: World,
    key: str = "alfa",
    *,
    net: int = 100_00,
    at: Position = NEAR,
    prices: PriceList | None = None,
    capacity: int = 500,
) -> Institute:
    """One site that does everything, with one price for everything; on file already where it is known."""
    if world.wiring.documents.read([f"institutes/{key}"])[f"institutes/{key}"] is None:
        world.given(Institute(id=key, tenant_id=TENANT, name=key.capitalize()))
    site = PutSite(
        institute_id=key, site_id="main", institute_name=key.capitalize(), name="Centrum", city="Warszawa",
        position=at, services=frozenset(CODES), languages=frozenset({"pl", "en"}), capacity=capacity,
        hours=hours(),
    )  # fmt: skip
    world.call(put_site, site, as_=ADMIN)
    put_prices(world, key, prices or flat(net, CODES))
    return world.record(Institute, key)


def a_market(world: World) -> World:
    """A partner and two institutes, of which alfa is the cheaper."""
    a_partner(world)
    an_institute(world, "alfa", net=100_00)
    an_institute(world, "beta", net=120_00)
    return world


def put_prices(world: World, key: str, prices: PriceList) -> None:
    wish = PutPriceList(
        institute_id=key, valid_from=prices.valid_from, currency=prices.currency, items=prices.items
    )
    world.call(put_price_list, wish, as_=ADMIN)


def questionnaire(world: World, as_: Actor = PARTNER_USER) -> bytes:
    made = world.call(
        generate_questionnaire, GenerateQuestionnaire(partner_id=as_.record_id or PARTNER), as_=as_
    )
    return world.download(made.url)


def start(
    world: World, content: bytes, as_: Actor = PARTNER_USER, partner_id: str = PARTNER
) -> UploadStarted:
    wish = StartUpload(partner_id=partner_id, size=max(1, len(content)))
    return world.call(start_upload, wish, as_=as_)


def start_import(world: World, content: bytes) -> UploadStarted:
    return world.call(import_price_list, ImportPriceList(size=len(content)), as_=ADMIN)


def send(world: World, started: UploadStarted, content: bytes) -> None:
    world.upload(started.url, content, started.headers)


def finish(world: World, upload_id: str, as_: Actor = PARTNER_USER) -> UploadView:
    return world.call(finish_upload, FinishUpload(upload_id=upload_id), as_=as_)


def look(world: World, upload_id: str, as_: Actor = PARTNER_USER) -> UploadView:
    return world.call(get_questionnaire, GetQuestionnaire(upload_id=upload_id), as_=as_)


def brought(world: World, *edits: Edit, content: bytes = b"", as_: Actor = PARTNER_USER) -> UploadView:
    """A questionnaire that was filled in, uploaded, and has been read."""
    file = content or filled(*edits, content=questionnaire(world, as_))
    started = start(world, file, as_, as_.record_id)
    send(world, started, file)
    world.settle()
    return look(world, started.upload_id, as_)


def brought_prices(world: World, content: bytes) -> UploadView:
    """A workbook of prices that was uploaded and has been read."""
    started = start_import(world, content)
    send(world, started, content)
    world.settle()
    return look(world, started.upload_id, ADMIN)


def recommend(world: World, upload_id: str, as_: Actor = PARTNER_USER) -> RecommendationView:
    return world.call(recommend_institute, RecommendInstitute(upload_id=upload_id), as_=as_)


def accept(world: World, key: str, institute_id: str = "", as_: Actor = PARTNER_USER) -> RecommendationLine:
    wish = AcceptRecommendation(recommendation_id=key, institute_id=institute_id)
    return world.call(accept_recommendation, wish, as_=as_)
