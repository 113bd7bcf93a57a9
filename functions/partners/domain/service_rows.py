"""The rows of a questionnaire that say which services are needed, and how many."""

from functions.partners.domain.answers import Wish
from functions.partners.domain.grid import At, Grid
from functions.partners.domain.issues import Issues
from functions.partners.domain.prices import QUANTITY_MAX
from functions.partners.domain.services import BY_CODE, Service, service_named
from functions.partners.domain.template import SERVICE_COLUMNS
from shared.contracts.workbooks import Spot


def read_wishes(grid: Grid, issues: Issues, at: dict[str, At]) -> list[Wish]:
    """In the order of the catalogue, so that sorting the rows of the sheet changes nothing."""
    columns = [at[anchor] for anchor in SERVICE_COLUMNS]
    sheet, inputs = columns[0][0], {columns[2][1].column, columns[3][1].column}
    seen: dict[str, int] = {}
    found: dict[str, Wish] = {}
    before = len(issues.all())
    for row in grid.rows(columns):
        code_at, name_at, wanted_at, quantity_at = ((each[0], Spot(row, each[1].column)) for each in columns)
        answered = grid.says_something(wanted_at) or grid.says_something(quantity_at)
        if not answered:
            continue
        service = _service(grid, code_at, name_at)
        if grid.merged_over(sheet, row, inputs):
            issues.add(sheet, (row, columns[2][1].column), "merged")
        elif service is None:
            issues.add(*name_at, "unknown_service")
        elif service.code in seen:
            issues.add(*name_at, "duplicate_service", row=seen[service.code])
        else:
            seen[service.code] = row
            wish = _wish(grid, issues, service, wanted_at, quantity_at)
            if wish:
                found[service.code] = wish
    if not found and len(issues.all()) == before:
        issues.add(sheet, (columns[2][1].row, columns[2][1].column), "nothing_wanted")
    return [found[code] for code in BY_CODE if code in found]


def _service(grid: Grid, code_at: At, name_at: At) -> Service | None:
    """The hidden code says it even where somebody renamed the service; a new row has a name only."""
    code = grid.text(code_at)
    if code and code in BY_CODE:
        return BY_CODE[code]
    name = grid.text(name_at)
    return service_named(name) if name else None


def _wish(grid: Grid, issues: Issues, service: Service, wanted_at: At, quantity_at: At) -> Wish | None:
    before = len(issues.all())
    wanted = grid.yes(wanted_at)
    quantity = grid.whole(quantity_at, 0, QUANTITY_MAX, "12")
    if len(issues.all()) > before:
        return None
    if wanted is False:
        if quantity:
            issues.add(*quantity_at, "unwanted_with_quantity")
        return None
    if wanted and not quantity:
        issues.add(*quantity_at, "wanted_without_quantity")
        return None
    return Wish(service=service.code, quantity=quantity) if quantity else None
