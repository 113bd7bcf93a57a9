"""What apps see of institutes and of uploads."""

from datetime import date
from typing import Final

from functions.partners.domain.institute import Institute, Site
from functions.partners.domain.issues import CellIssue
from functions.partners.domain.prices import valid_until
from functions.partners.domain.reasons import reason_in_words
from functions.partners.domain.template_words import Spoken
from functions.partners.domain.upload import Upload, UploadStatus
from shared.kernel.places import Position
from shared.kernel.records import Value

ISSUES_SHOWN: Final = 200


class SiteView(Value):
    """`taken` of `capacity`: services a month, by offers that were accepted."""

    site_id: str
    name: str
    address: str
    position: Position
    services: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: int
    taken: int
    weekly_minutes: int
    accessible: bool


class PriceListView(Value):
    valid_from: date
    valid_until: date | None
    currency: str
    items: int


class InstituteView(Value):
    institute_id: str
    version: int
    name: str
    active: bool
    sites: tuple[SiteView, ...]
    price_lists: tuple[PriceListView, ...]


def site_view(one: Site) -> SiteView:
    return SiteView(
        site_id=one.id,
        name=one.name,
        address=", ".join(part for part in (one.street, f"{one.postcode} {one.city}".strip()) if part),
        position=one.position,
        services=tuple(sorted(one.services)),
        languages=tuple(sorted(one.languages)),
        capacity=one.capacity,
        taken=one.taken,
        weekly_minutes=one.weekly_minutes,
        accessible=one.accessible,
    )


def institute_view(one: Institute) -> InstituteView:
    lists = [
        PriceListView(
            valid_from=each.valid_from,
            valid_until=valid_until(one.price_lists, each),
            currency=each.currency,
            items=len(each.items),
        )
        for each in one.price_lists
    ]
    return InstituteView(
        institute_id=one.id,
        version=one.version,
        name=one.name,
        active=one.active,
        sites=tuple(site_view(each) for each in one.sites),
        price_lists=tuple(lists),
    )


class UploadView(Value):
    """`same_as`: the upload that this one repeats; `reason_text` says what to do with a refused one."""

    upload_id: str
    status: UploadStatus
    progress_percent: int
    reason: str
    reason_text: str
    issues: tuple[CellIssue, ...]
    same_as: str
    marked_url: str = ""
    imported: tuple[str, ...] = ()


def upload_view(one: Upload, language: Spoken, marked_url: str = "") -> UploadView:
    return UploadView(
        upload_id=one.id,
        status=one.status,
        progress_percent=one.progress_percent,
        reason=one.reason,
        reason_text=reason_in_words(one.reason, language),
        issues=one.issues[:ISSUES_SHOWN],
        same_as=one.same_as,
        marked_url=marked_url,
        imported=one.imported,
    )
