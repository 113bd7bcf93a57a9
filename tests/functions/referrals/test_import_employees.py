"""Lists of employees: right rows are taken in, faulty cells come back marked, twice changes nothing."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest

from functions.referrals.add_employee import AddEmployee, add_employee
from functions.referrals.domain.employee_import import EmployeeImport, ImportPortion
from functions.referrals.domain.employment import Employee
from functions.referrals.domain.import_views import ImportView
from functions.referrals.domain.importing import NoListYet
from functions.referrals.domain.people_facts import (
    AlreadyListed,
    EndsBeforeItBegins,
    NoSuchContract,
    NotBornThen,
)
from functions.referrals.end_employment import EndEmployment, end_employment
from functions.referrals.finish_import import FinishImport, finish_import
from functions.referrals.import_employees import ImportEmployees, ImportStarted, import_employees
from functions.referrals.list_employees import ListEmployees, list_employees
from functions.referrals.read_import import ReadImport, read_import
from functions.referrals.sweep_imports import sweep_imports
from shared.contracts.patients import IdentifierKey
from shared.kernel.errors import NotFound
from shared.kernel.ports import Query
from tests.functions.referrals.people import HUTA, MLYN, as_employer
from tests.world import TENANT, World

HEAD = (
    "Imię", "Nazwisko", "PESEL", "Stanowisko", "Dział", "Zatrudniony od", "E-mail", "Kraj dokumentu",
    "Numer dokumentu", "Data urodzenia",
)  # fmt: skip
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def pesel(number: int) -> str:
    """Of somebody invented, born on one of the first days of May 1988."""
    digits = f"8805{1 + number % 28:02d}{number // 28:04d}"
    return digits + str(-sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 10)


def row(number: int, **facts: Any) -> tuple[Any, ...]:
    said = {"Imię": "Jan", "Nazwisko": "Testowy", "PESEL": pesel(number), "Stanowisko": "spawacz; monter",
            "Dział": "Produkcja", "Zatrudniony od": date(2020, 1, 1)} | facts  # fmt: skip
    return tuple(said.get(name) for name in HEAD)


def book(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, title: bool = True) -> bytes:
    from openpyxl import Workbook

    made = Workbook()
    sheet: Any = made.active
    if title:
        sheet.append(("Lista pracowników",))
    for one in (head, *rows):
        sheet.append(one)
    held = BytesIO()
    made.save(held)
    return held.getvalue()


def started(world: World, content: bytes, file_format: str = "xlsx", by: str = HUTA) -> ImportStarted:
    asked = ImportEmployees(file_format=file_format, size=len(content))
    return world.call(import_employees, asked, as_=as_employer(by))


def brought(world: World, content: bytes, file_format: str = "xlsx", by: str = HUTA) -> ImportView:
    link = started(world, content, file_format, by)
    world.upload(link.url, content, link.headers)
    world.call(finish_import, FinishImport(import_id=link.import_id), as_=as_employer(by))
    world.settle()
    return seen(world, link.import_id, by)


def seen(world: World, import_id: str, by: str = HUTA) -> ImportView:
    return world.call(read_import, ReadImport(import_id=import_id), as_=as_employer(by))


def sheet_at(world: World, url: str) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(world.download(url))).active


def people(world: World, by: str = HUTA, **filters: Any) -> list[str]:
    page = world.call(list_employees, ListEmployees(page_size=100, **filters), as_=as_employer(by))
    return sorted(f"{one.family_name} {one.given_name}" for one in page.employees)


def records(world: World) -> list[Employee]:
    found = world.wiring.documents.query(Query(Employee.kind, order=(("id", "asc"),), limit=10_000))
    return [world.wiring.codec.decode(Employee, one.fields) for one in found]


def test_a_list_is_taken_in_with_what_it_says(world: World) -> None:
    done = brought(world, book(row(1), row(2, Nazwisko="Żakowska", Imię="Łucja", PESEL=int(pesel(2)))))
    assert (done.status, done.percent, done.tally.added, done.marked_url) == ("done", 100, 2, "")
    assert people(world, name="łu") == ["Żakowska Łucja"]
    assert people(world, department="Produkcja") == people(world, position="monter") == people(world)
    one = records(world)[0]
    assert (one.birth_date[:7], one.employments[0].since) == ("1988-05", date(2020, 1, 1))
    assert one.employments[0].positions == ("spawacz", "monter")
    assert world.log_of(one) == ["added"]


def test_the_same_file_twice_changes_nothing(world: World) -> None:
    content = book(*(row(number) for number in range(5)))
    brought(world, content)
    before = records(world)
    again = brought(world, content)
    assert (again.tally.known, again.tally.added, again.tally.changed) == (5, 0, 0)
    assert records(world) == before


def test_what_is_new_of_somebody_is_taken_over_and_what_is_left_out_stays(world: World) -> None:
    brought(world, book(row(1, **{"E-mail": "jan@example.org"})))
    done = brought(world, book(row(1, Dział="Biuro")))
    (one,) = records(world)
    assert (done.tally.changed, one.email, one.employments[0].department) == (1, "jan@example.org", "Biuro")


def test_faulty_cells_come_back_marked_and_the_other_rows_are_taken_in(world: World) -> None:
    wrong = pesel(3)[:-1] + str((int(pesel(3)[-1]) + 1) % 10)
    content = book(
        row(1),
        row(2, Nazwisko=None),
        row(3, PESEL=wrong),
        row(4, **{"Zatrudniony od": "kiedyś"}),
        row(5, **{"E-mail": "bez małpy"}),
        row(6, PESEL=None),
        row(1),
        row(7, **{"Data urodzenia": date(1990, 1, 1)}),
    )
    done = brought(world, content)
    assert (done.status, done.tally.added, done.tally.faulty, done.rows) == ("done", 1, 7, 8)
    sheet = sheet_at(world, done.marked_url)
    marked = {
        cell.coordinate: cell.comment.text for line in sheet.iter_rows() for cell in line if cell.comment
    }
    assert sorted(marked) == ["B4", "C5", "C8", "C9", "F6", "G7", "J10"]
    assert "PESEL" in marked["C8"]
    assert sheet["A3"].value == "Jan"


def test_a_corrected_list_adds_the_rest(world: World) -> None:
    brought(world, book(row(1), row(2, Nazwisko=None)))
    done = brought(world, book(row(1), row(2)))
    assert (done.tally.known, done.tally.added, done.tally.faulty) == (1, 1, 0)


def test_a_csv_is_read_as_people_save_it_and_comes_back_as_a_workbook(world: World) -> None:
    text = "Imię;Nazwisko;PESEL;Stanowisko\r\n" + "".join(
        f"Łukasz;Żak;{number};monter\r\n" for number in (pesel(1), "1")
    )
    done = brought(world, text.encode("cp1250"), "csv")
    assert (done.tally.added, done.tally.faulty) == (1, 1)
    assert people(world) == ["Żak Łukasz"]
    sheet = sheet_at(world, done.marked_url)
    assert (sheet["C3"].value, sheet["C3"].comment is not None) == ("1", True)


def test_a_foreigner_is_known_by_a_document_and_one_without_any_number_is_asked_back(world: World) -> None:
    passport = {"PESEL": None, "Kraj dokumentu": "UA", "Numer dokumentu": "FX 123456"}
    done = brought(
        world,
        book(row(1, **passport, **{"Data urodzenia": date(1991, 2, 3)}), row(2, **passport)),
    )
    assert (done.tally.added, done.tally.faulty) == (1, 1)
    assert [(one.identifier_system, one.identifier) for one in records(world)] == [
        ("passport-UA", "FX123456")
    ]


def test_many_rows_are_read_in_portions_and_a_portion_that_comes_twice_is_read_once(world: World) -> None:
    world.tasks_come_twice()
    done = brought(world, book(*(row(number) for number in range(230))))
    assert (done.tally.added, done.rows) == (230, 230)
    assert len(records(world)) == 230
    assert all(one.version == 1 for one in records(world))


def test_a_list_whose_task_is_lost_goes_on_from_where_it_was(world: World) -> None:
    content = book(*(row(number) for number in range(150)))
    link = started(world, content)
    world.upload(link.url, content, link.headers)
    world.call(finish_import, FinishImport(import_id=link.import_id), as_=as_employer())
    world.queue.pending.clear()
    world.advance(timedelta(minutes=11))
    world.tick(sweep_imports)
    assert seen(world, link.import_id).tally.added == 150


def test_a_file_that_no_app_told_of_is_found_and_one_that_never_came_is_given_up(world: World) -> None:
    content = book(row(1))
    link, empty = started(world, content), started(world, content)
    world.upload(link.url, content, link.headers)
    with pytest.raises(NoListYet):
        world.call(finish_import, FinishImport(import_id=empty.import_id), as_=as_employer())
    world.advance(timedelta(minutes=61))
    world.tick(sweep_imports)
    assert seen(world, link.import_id).tally.added == 1
    assert seen(world, empty.import_id).status == "abandoned"


@pytest.mark.parametrize(
    ("content", "file_format", "reason"),
    [
        (b"no workbook at all", "xlsx", "no_workbook"),
        (book(head=("Imię", "Nazwisko", "Stanowisko")), "xlsx", "no_head"),
        (b"a;b\r\n1;2\r\n", "csv", "no_head"),
        (b"\x00\x01\x02", "csv", "no_workbook"),
    ],
)
def test_what_is_no_list_is_refused_with_a_reason(
    world: World, content: bytes, file_format: str, reason: str
) -> None:
    done = brought(world, content, file_format)
    assert (done.status, done.reason) == ("refused", reason)
    assert records(world) == []


def test_a_formula_is_no_value_and_is_never_given_back_as_one(world: World) -> None:
    done = brought(world, book(row(1, Nazwisko='=HYPERLINK("http://x")')))
    assert done.tally.faulty == 1
    sheet = sheet_at(world, done.marked_url)
    assert sheet["B3"].data_type != "f"


def test_two_employers_of_one_person_have_records_of_their_own(world: World) -> None:
    world.given(IdentifierKey(id=number_key(world, pesel(1)), tenant_id=TENANT, patient_id="p-1"))
    brought(world, book(row(1)))
    brought(world, book(row(1, Nazwisko="Inny")), by=MLYN)
    assert (people(world), people(world, MLYN)) == (["Testowy Jan"], ["Inny Jan"])
    mine, theirs = records(world)
    assert mine.id != theirs.id
    assert {mine.patient_id, theirs.patient_id} == {"p-1"}


def test_nobody_follows_the_import_of_another_employer(world: World) -> None:
    done = brought(world, book(row(1)))
    with pytest.raises(NotFound):
        seen(world, done.import_id, MLYN)


def test_what_is_kept_of_faults_is_where_they_are_and_not_what_stood_there(world: World) -> None:
    done = brought(world, book(row(1, **{"E-mail": "bez małpy"})))
    portion = world.record(ImportPortion, f"{done.import_id}.0000")
    assert "bez" not in portion.model_dump_json()
    assert world.log_of(world.record(EmployeeImport, done.import_id)) == [
        "announced",
        "arrived",
        "portion_read",
        "done",
    ]


def number_key(world: World, number: str) -> str:
    return world.wiring.seals.lookup_key(TENANT, f"pl-pesel:{number}")


def person(number: int = 1, **facts: Any) -> AddEmployee:
    fields = {
        "given_name": "Jan",
        "family_name": "Testowy",
        "birth_date": f"1988-05-{1 + number % 28:02d}",
        "identifier_system": "pl-pesel",
        "identifier": pesel(number),
        "positions": ("spawacz",),
        "contract": "U/1",
        "since": date(2020, 1, 1),
    }
    return AddEmployee(**fields | facts)


def test_a_person_is_added_once_and_with_a_second_contract_is_the_same(world: World) -> None:
    one = world.call(add_employee, person(), as_=as_employer())
    with pytest.raises(AlreadyListed):
        world.call(add_employee, person(), as_=as_employer())
    two = world.call(add_employee, person(contract="U/2", phone="512 000 099"), as_=as_employer())
    assert (one.employee_id, len(two.employments), two.phone) == (two.employee_id, 2, "+48512000099")


def test_a_person_who_is_known_to_us_is_joined_with_their_own_record(world: World) -> None:
    world.given(IdentifierKey(id=number_key(world, pesel(1)), tenant_id=TENANT, patient_id="p-1"))
    one = world.call(add_employee, person(), as_=as_employer())
    assert world.record(Employee, one.employee_id).patient_id == "p-1"


def test_a_number_of_another_birth_date_is_asked_back(world: World) -> None:
    with pytest.raises(NotBornThen):
        world.call(add_employee, person(birth_date="1990-01-01"), as_=as_employer())


def test_a_contract_ends_and_the_person_is_former_when_all_have(world: World) -> None:
    one = world.call(add_employee, person(), as_=as_employer())
    world.call(add_employee, person(contract="U/2"), as_=as_employer())
    end = EndEmployment(employee_id=one.employee_id, contract="U/1", until=date(2026, 11, 1))
    assert world.call(end_employment, end, as_=as_employer()).standing == "employed"
    assert world.call(end_employment, end.but(contract="U/2"), as_=as_employer()).standing == "former"
    again = world.call(end_employment, end, as_=as_employer())
    assert world.log_of(world.record(Employee, again.employee_id)).count("contract_ended") == 2


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [({"contract": "U/9"}, NoSuchContract), ({"until": date(2019, 1, 1)}, EndsBeforeItBegins)],
)
def test_a_contract_that_there_is_not_or_that_would_end_too_early_is_refused(
    world: World, facts: dict[str, Any], refusal: type[Exception]
) -> None:
    one = world.call(add_employee, person(), as_=as_employer())
    end = EndEmployment(employee_id=one.employee_id, contract="U/1", until=date(2026, 11, 1)).but(**facts)
    with pytest.raises(refusal):
        world.call(end_employment, end, as_=as_employer())
    with pytest.raises(NotFound):
        world.call(end_employment, end, as_=as_employer(MLYN))
