"""Saved searches and exports: one's own company's, the whole result, nothing that the reader may not see."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest

from functions.referrals.domain.asked import Asked
from functions.referrals.domain.certificate_search import CertificateFilter
from functions.referrals.domain.combining import CombinationNotServed, NotYoursToAsk
from functions.referrals.domain.export import ExportView, SearchExport
from functions.referrals.domain.names import name_keys
from functions.referrals.domain.referral_search import ReferralFilter
from functions.referrals.domain.saved_view import VIEWS_MAX, TooManyViews
from functions.referrals.list_views import ListViews, list_views
from functions.referrals.read_export import ReadExport, read_export
from functions.referrals.remove_view import RemoveView, remove_view
from functions.referrals.save_view import SaveView, save_view
from functions.referrals.start_export import StartExport, start_export
from functions.referrals.sweep_exports import sweep_exports
from shared.kernel.errors import NotFound
from tests.functions.referrals.people import MLYN, WELDER, as_employer, certificate, referral
from tests.outside import START
from tests.world import TENANT, World

MINE, THEIRS = as_employer(), as_employer(MLYN)
ALL = ReferralFilter()


@pytest.fixture
def files(firm: World) -> World:
    for number in range(7):
        issued_at = START - timedelta(hours=number)
        firm.given(referral(f"r-{number}", number=f"S/{number}", issued_at=issued_at))
    firm.given(referral("r-9", number="S/9", employer_id=MLYN))
    return firm


def exported(world: World, **asked: Any) -> ExportView:
    begun = world.call(start_export, StartExport(**asked), as_=MINE)
    world.settle()
    return world.call(read_export, ReadExport(export_id=begun.export_id), as_=MINE)


def lines(world: World, url: str) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(world.download(url)))
    return list(book[book.sheetnames[0]].iter_rows(values_only=True))


def test_an_export_holds_every_row_of_the_search_and_nobody_elses(files: World) -> None:
    files.tasks_come_twice()
    done = exported(files, referrals=ALL)
    assert (done.status, done.percent, done.rows) == ("ready", 100, 7)
    head, *rows = lines(files, done.url)
    assert head[:3] == ("Numer", "Nazwisko", "Imię")
    assert [row[0] for row in rows] == [f"S/{number}" for number in range(7)]


def test_an_export_in_many_parts_is_whole(firm: World) -> None:
    for number in range(1203):
        firm.given(referral(f"r-{number:04d}", number=f"S/{number}"))
    done = exported(firm, referrals=ALL)
    rows = lines(firm, done.url)[1:]
    assert done.rows == len(rows) == len({row[0] for row in rows}) == 1203
    assert not firm.record(SearchExport, done.export_id).parts


def test_what_begins_like_a_formula_is_text(firm: World) -> None:
    firm.given(referral(positions=("=1+1",)))
    assert lines(firm, exported(firm, referrals=ALL).url)[1][4] == "=1+1"


def test_an_export_shows_of_a_certificate_what_its_law_allows(firm: World) -> None:
    firm.given(certificate("fc-1", number="VM/1"), certificate("fc-2", number="VM/2", jurisdiction="DE"))
    rows = {row[0]: row[6] for row in lines(firm, exported(firm, certificates=CertificateFilter()).url)}
    assert (rows["VM/1"], rows["VM/2"]) == (f"{WELDER}: fit", None)


def test_an_export_by_name_holds_whom_it_names(files: World) -> None:
    keys = name_keys(files.wiring.seals, TENANT, "Zofia", "Malinowska")
    files.given(referral("r-3", number="S/3", name_keys=keys))
    done = exported(files, referrals=ReferralFilter(name="malin"))
    assert [row[0] for row in lines(files, done.url)[1:]] == ["S/3"]


def test_an_export_of_nothing_has_its_headings(firm: World) -> None:
    done = exported(firm, referrals=ALL)
    assert len(lines(firm, done.url)) == 1


def test_an_export_that_stopped_goes_on_and_after_a_day_it_is_gone(files: World) -> None:
    begun = files.call(start_export, StartExport(referrals=ALL), as_=MINE)
    files.queue.pending.clear()
    files.advance(timedelta(minutes=11))
    files.tick(sweep_exports)
    ask = ReadExport(export_id=begun.export_id)
    assert files.call(read_export, ask, as_=MINE).status == "ready"
    files.advance(timedelta(hours=25))
    files.tick(sweep_exports)
    gone = files.call(read_export, ask, as_=MINE)
    assert (gone.status, gone.url) == ("gone", "")
    assert files.files.names("clean", "exports/", "", 10) == []


def test_parts_are_sealed_and_vanish_with_the_export(files: World) -> None:
    begun = files.call(start_export, StartExport(referrals=ALL), as_=MINE)
    files.settle()
    folder = files.record(SearchExport, begun.export_id).folder
    for one in files.files.names("clean", folder, "", 10):
        content = files.files.read("clean", one.name, one.generation, 10_000_000)
        assert b"Malinowska" not in content


def test_no_other_company_follows_an_export_and_a_colleague_does(files: World) -> None:
    ask = ReadExport(export_id=exported(files, referrals=ALL).export_id)
    assert files.call(read_export, ask, as_=MINE.but(user_id="hr-2")).status == "ready"
    with pytest.raises(NotFound):
        files.call(read_export, ask, as_=THEIRS)


def test_what_may_not_be_asked_is_not_exported_or_saved(files: World) -> None:
    hidden = ReferralFilter(doctor_id="d-anna")
    odd = ReferralFilter(position=WELDER, name="lu")
    for asked, refusal in ((hidden, NotYoursToAsk), (odd, CombinationNotServed)):
        with pytest.raises(refusal):
            files.call(start_export, StartExport(referrals=asked), as_=MINE)
        with pytest.raises(refusal):
            files.call(save_view, SaveView(name="Moje", referrals=asked), as_=MINE)


def test_a_saved_search_is_the_companys_until_it_is_removed(files: World) -> None:
    asked = CertificateFilter(expiring_within_days=30)
    view = files.call(save_view, SaveView(name="Kończące się", certificates=asked), as_=MINE)
    (kept,) = files.call(list_views, ListViews(), as_=MINE).views
    assert (kept.name, kept.asked) == ("Kończące się", Asked(certificates=asked))
    assert files.call(list_views, ListViews(), as_=THEIRS).views == ()
    with pytest.raises(NotFound):
        files.call(remove_view, RemoveView(view_id=view.view_id), as_=THEIRS)
    files.call(remove_view, RemoveView(view_id=view.view_id), as_=MINE)
    assert files.call(list_views, ListViews(), as_=MINE).views == ()


def test_nobody_saves_searches_without_end(files: World) -> None:
    for number in range(VIEWS_MAX):
        files.call(save_view, SaveView(name=f"Nr {number}", referrals=ALL), as_=MINE)
    with pytest.raises(TooManyViews):
        files.call(save_view, SaveView(name="Jeszcze", referrals=ALL), as_=MINE)
