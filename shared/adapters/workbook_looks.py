"""How the looks of a plan look: one palette, one font, inputs that are seen at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from shared.contracts.workbook_plans import INPUTS, Look

if TYPE_CHECKING:
    from openpyxl.styles import NamedStyle

_FONT: Final = "Calibri"
_INK, _GREY, _DEEP, _ACCENT, _BAND = "1F2937", "6B7280", "134E4A", "0F766E", "D7EFEA"
_INPUT, _LINE, _INPUT_LINE = "FFF9E5", "CBD5E1", "D9B44A"

_FONTS: Final[dict[Look, dict[str, Any]]] = {
    Look.TITLE: {"size": 22, "bold": True, "color": "FFFFFF"},
    Look.SUBTITLE: {"size": 12, "color": "D7EFEA"},
    Look.NOTE: {"size": 10, "italic": True, "color": _GREY},
    Look.STEP: {"size": 14, "bold": True, "color": "FFFFFF"},
    Look.HEAD: {"size": 11, "bold": True, "color": "FFFFFF"},
    Look.HEAD_TURNED: {"size": 10, "bold": True, "color": "FFFFFF"},
    Look.GROUP: {"size": 11, "bold": True, "color": _DEEP},
    Look.LABEL: {"size": 11, "bold": True, "color": _INK},
    Look.GOOD: {"size": 13, "bold": True, "color": _DEEP},
    Look.LEGEND: {"size": 11, "color": _GREY},
}
_FILLS: Final = {
    Look.TITLE: _DEEP,
    Look.SUBTITLE: _DEEP,
    Look.STEP: _ACCENT,
    Look.HEAD: _ACCENT,
    Look.HEAD_TURNED: _ACCENT,
    Look.GROUP: _BAND,
    Look.GOOD: _BAND,
    **dict.fromkeys(INPUTS, _INPUT),
}
_FORMATS: Final = {
    Look.MONEY: "#,##0.00",
    Look.INPUT_MONEY: "#,##0.00",
    Look.INPUT_NUMBER: "#,##0.##",
    Look.INPUT_DATE: "yyyy-mm-dd",
}
_CENTRED: Final = {Look.STEP, Look.HEAD, Look.HEAD_TURNED, Look.INPUT_CHOICE}
_WRAPPED: Final = {Look.TEXT, Look.NOTE, Look.HEAD, Look.INPUT, Look.LABEL, Look.VALUE}
_INDENTED: Final = {
    Look.TITLE,
    Look.SUBTITLE,
    Look.NOTE,
    Look.GOOD,
    Look.GROUP,
    Look.VALUE,
    Look.LEGEND,
    Look.LABEL,
}
_LINED: Final = {Look.LABEL, Look.VALUE, Look.MONEY}


def looks() -> tuple[NamedStyle, ...]:
    return tuple(_style(look) for look in Look)


def _style(look: Look) -> NamedStyle:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    style = NamedStyle(name=look.value)
    font: dict[str, Any] = {"size": 11, "color": _INK, **_FONTS.get(look, {})}
    style.font = Font(name=_FONT, **font)
    if look in _FILLS:
        style.fill = PatternFill("solid", start_color=_FILLS[look])
    side = Side(style="thin", color=_INPUT_LINE if look in INPUTS else _LINE)
    if look in INPUTS:
        style.border = Border(left=side, right=side, top=side, bottom=side)
    elif look in _LINED:
        style.border = Border(bottom=side)
    turned = look is Look.HEAD_TURNED
    style.alignment = Alignment(
        horizontal="center" if look in _CENTRED else "right" if look in _FORMATS else "left",
        vertical="bottom" if turned else "top" if look is Look.TEXT else "center",
        wrap_text=look in _WRAPPED,
        text_rotation=90 if turned else 0,
        indent=1 if look in _INDENTED else 0,
    )
    style.number_format = _FORMATS.get(look, "@" if look is Look.INPUT else "General")
    style.protection = Protection(locked=look not in INPUTS)
    return style
