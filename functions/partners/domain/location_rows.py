"""The rows of a questionnaire that say where people work."""

from collections.abc import Callable
from typing import Final

from functions.partners.domain.answers import HEAD_COUNT_MAX, LOCATIONS_MAX, Location
from functions.partners.domain.cell_values import NotUnderstood, is_blank, words_in, yes_or_no
from functions.partners.domain.grid import At, Grid
from functions.partners.domain.issues import Issues
from functions.partners.domain.languages import language_named
from functions.partners.domain.spelling import plain
from functions.partners.domain.template import LANGUAGE_COLUMNS, LOCATION_COLUMNS
from shared.contracts.geocoding import AddressQuery, GeocodeReason, GeocodeResult
from shared.contracts.workbooks import Spot
from shared.kernel.errors import Busy
from shared.kernel.places import Position

Locate = Callable[[AddressQuery], GeocodeResult]
_RULES: Final = {GeocodeReason.SEVERAL: "place_unclear", GeocodeReason.DISAGREE: "place_disagrees"}
_POSTCODE_MAX: Final = 12


def read_locations(grid: Grid, issues: Issues, at: dict[str, At], locate: Locate) -> list[Location]:
    """Raises Busy where the map does not answer: what nobody could look up is not wrong."""
    columns = [at[anchor] for anchor in LOCATION_COLUMNS]
    spoken = {at[anchor]: code for anchor, code in LANGUAGE_COLUMNS.items() if anchor in at}
    sheet, inputs = columns[0][0], {each[1].column for each in (*columns, *spoken)}
    seen: dict[tuple[str, str, str], int] = {}
    found: list[Location] = []
    rows = [
        row
        for row in grid.rows(columns)
        if any(grid.says_something((each[0], Spot(row, each[1].column))) for each in columns)
    ]
    for row in rows:
        if grid.merged_over(sheet, row, inputs):
            issues.add(sheet, (row, columns[0][1].column), "merged")
            continue
        if len(found) == LOCATIONS_MAX:
            issues.add(sheet, (row, columns[0][1].column), "too_many_locations", most=LOCATIONS_MAX)
            break
        one = _location(grid, issues, row, columns, spoken, seen, locate)
        if one is not None:
            found.append(one)
    if not rows:
        issues.add(sheet, (columns[3][1].row + 1, columns[3][1].column), "no_location")
    return found


def _location(
    grid: Grid,
    issues: Issues,
    row: int,
    columns: list[At],
    spoken: dict[At, str],
    seen: dict[tuple[str, str, str], int],
    locate: Locate,
) -> Location | None:
    name_at, street_at, postcode_at, city_at, heads_at = (
        (each[0], Spot(row, each[1].column)) for each in columns
    )
    name, street, postcode, city = (
        grid.text(each) or "" for each in (name_at, street_at, postcode_at, city_at)
    )
    heads = grid.whole(heads_at, 1, HEAD_COUNT_MAX, "25")
    languages = _languages(grid, issues, row, spoken)
    if heads is None:
        issues.add(*heads_at, "required", what=grid_text(grid, columns[4]))
    if not city:
        issues.add(*city_at, "required", what=grid_text(grid, columns[3]))
        return None
    if len(postcode) > _POSTCODE_MAX:
        issues.add(*postcode_at, "text_too_long")
        return None
    same = (plain(street), plain(postcode), plain(city))
    if same in seen:
        issues.add(*city_at, "duplicate_row", row=seen[same])
        return None
    seen[same] = row
    position = _position(issues, locate, city_at, AddressQuery(street=street, postcode=postcode, city=city))
    if position is None or heads is None:
        return None
    return Location(
        name=name, street=street, postcode=postcode, city=city, head_count=heads, languages=languages,
        position=position,
    )  # fmt: skip


def _position(issues: Issues, locate: Locate, at: At, query: AddressQuery) -> Position | None:
    result = locate(query)
    if result.reason == GeocodeReason.OUTAGE:
        raise Busy
    rule = _RULES.get(result.reason)
    if rule or result.found is None:
        issues.add(*at, rule or "place_not_found")
        return None
    return result.found.position


def _languages(grid: Grid, issues: Issues, row: int, spoken: dict[At, str]) -> tuple[str, ...]:
    """A mark under a language, or languages written out, as in "PL, EN; ukraiński"."""
    found: list[str] = []
    for (sheet, head), code in spoken.items():
        spot = Spot(row, head.column)
        cell = grid.cell((sheet, spot))
        if cell is None or is_blank(cell):
            continue
        named = [language_named(word) for word in words_in([cell])]
        if named and all(named):
            found += named
            continue
        try:
            if yes_or_no(cell):
                found.append(code)
        except NotUnderstood as error:
            rule = "unknown_language" if str(error) == "not_yes_or_no" else str(error)
            issues.add(sheet, spot, rule, example="x")
    return tuple(dict.fromkeys(found))


def grid_text(grid: Grid, at: At) -> str:
    """What the head of the column says now."""
    cell = grid.cell(at)
    return cell.value if cell and isinstance(cell.value, str) else ""
