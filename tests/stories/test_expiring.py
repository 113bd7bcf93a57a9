"""From a list of employees to a mail about who is to be examined again, and to a workbook of all of them."""

from datetime import timedelta
from typing import Any

from functions.referrals.domain.certificate_search import CertificateFilter
from functions.referrals.domain.fitness import NextDue, NextDueReason
from functions.referrals.domain.names import name_keys
from functions.referrals.finish_import import FinishImport, finish_import
from functions.referrals.import_employees import ImportEmployees, import_employees
from functions.referrals.list_employees import ListEmployees, list_employees
from functions.referrals.read_export import ReadExport, read_export
from functions.referrals.read_import import ReadImport, read_import
from functions.referrals.scan_expiries import scan_expiries
from functions.referrals.search_certificates import SearchCertificates, search_certificates
from functions.referrals.send_digests import send_digests
from functions.referrals.start_export import StartExport, start_export
from tests.functions.referrals.people import HUTA, TODAY, as_employer, certificate, employer
from tests.world import TENANT, World

LIST = (
    "Imię;Nazwisko;PESEL;Stanowisko\r\n"
    "Łucja;Testowa;88050200007;spawacz\r\n"
    ";Bezimienna;88050300004;monter\r\n"
)
HR = as_employer(HUTA)


def brought(world: World, content: bytes) -> str:
    asked = ImportEmployees(file_format="csv", size=len(content))
    link = world.call(import_employees, asked, as_=HR)
    world.upload(link.url, content, link.headers)
    world.call(finish_import, FinishImport(import_id=link.import_id), as_=HR)
    world.settle()
    return link.import_id


def found(world: World, **filters: Any) -> list[str]:
    page = world.call(search_certificates, SearchCertificates(**filters), as_=HR)
    return [one.certificate_id for one in page.certificates]


def test_whose_certificate_runs_out_is_found_told_and_exported(world: World) -> None:
    world.given(employer())
    import_id = brought(world, LIST.encode("cp1250"))
    done = world.call(read_import, ReadImport(import_id=import_id), as_=HR)
    assert (done.status, done.tally.added, done.tally.faulty) == ("done", 1, 1)
    assert world.download(done.marked_url).startswith(b"PK")
    (person,) = world.call(list_employees, ListEmployees(name="łuc"), as_=HR).employees
    keys = name_keys(world.wiring.seals, TENANT, person.given_name, person.family_name)
    for number, days in enumerate((31, 400)):
        due = NextDue(reason=NextDueReason.PERIODIC, due_on=TODAY + timedelta(days=days))
        held = certificate(f"fc-{number}", next_dues=(due,), employee_id=person.employee_id)
        named = {"given_name": person.given_name, "family_name": person.family_name, "name_keys": keys}
        world.given(held.but(reminded_until=TODAY - timedelta(days=1), **named))
    world.tick(scan_expiries)
    world.tick(send_digests)
    assert world.mails_to("kadry@example.org") == []
    world.advance(timedelta(days=1))
    world.tick(scan_expiries)
    world.tick(scan_expiries)
    world.tick(send_digests)
    (text,) = world.mails_to("kadry@example.org")
    assert ("Testowa Łucja" in text, "fc-0" in text, "fc-1" in text) == (True, True, False)
    assert found(world, expiring_within_days=30) == ["fc-0"]
    begun = world.call(start_export, StartExport(certificates=CertificateFilter()), as_=HR)
    world.settle()
    ready = world.call(read_export, ReadExport(export_id=begun.export_id), as_=HR)
    assert (ready.status, ready.rows) == ("ready", 2)
    assert world.download(ready.url).startswith(b"PK")
