"""An example of a general scale, made up for this system. It is no statute and no insurer's table."""

from datetime import date
from typing import Final

from functions.certificates.domain.scales.scale import DamageScale, Limb, Position

_ARM, _LEG = Limb.ARM, Limb.LEG


def _row(code: str, function: str, span: tuple[int, int], pl: str, en: str) -> Position:
    return Position(code=code, function=function, least=span[0], most=span[1], pl=pl, en=en)


def _limb(limb: Limb, code: str, function: str, span: tuple[int, int], pl: str, en: str) -> Position:
    return _row(code, function, span, pl, en).but(limb=limb, sided=True)


def _pair(code: str, function: str, span: tuple[int, int], pl: str, en: str) -> Position:
    return _row(code, function, span, pl, en).but(sided=True)


POSITIONS: Final = (
    _row(
        "1", "skull", (1, 10), "Blizny i ubytki powłok czaszki", "Scars and loss of soft tissue of the skull"
    ),
    _row("2", "skull", (5, 25), "Ubytek kości czaszki", "Loss of bone of the skull"),
    _row("3", "nervous_system", (5, 70), "Niedowłady pochodzenia ośrodkowego", "Pareses of central origin"),
    _row("4", "nervous_system", (5, 30), "Zaburzenia pamięci i uwagi", "Impaired memory and attention"),
    _row("5", "face", (1, 20), "Blizny twarzy", "Scars of the face"),
    _row("6", "jaws", (3, 20), "Ograniczenie otwierania ust", "Limited opening of the mouth"),
    _pair("10", "sight", (5, 30), "Osłabienie wzroku jednego oka", "Weakened sight of one eye"),
    _pair("11", "sight", (35, 35), "Utrata wzroku jednego oka", "Loss of sight of one eye"),
    _pair("12", "hearing", (3, 20), "Osłabienie słuchu jednego ucha", "Weakened hearing of one ear"),
    _row(
        "20",
        "chest",
        (2, 20),
        "Zrosty i zniekształcenia klatki piersiowej",
        "Deformed or adherent chest wall",
    ),
    _row("21", "lungs", (5, 40), "Uszkodzenie płuc z niewydolnością", "Damaged lungs with insufficiency"),
    _row("22", "abdomen", (2, 30), "Uszkodzenie powłok i narządów jamy brzusznej", "Damaged abdomen"),
    _row("30", "spine_neck", (3, 30), "Ograniczenie ruchów szyi", "Limited movement of the neck"),
    _row(
        "31", "spine_back", (3, 35), "Ograniczenie ruchów grzbietu i lędźwi", "Limited movement of the back"
    ),
    _limb(_ARM, "40", "shoulder", (3, 30), "Ograniczenie ruchów barku", "Limited movement of the shoulder"),
    _limb(_ARM, "41", "elbow", (3, 25), "Ograniczenie ruchów łokcia", "Limited movement of the elbow"),
    _limb(_ARM, "42", "wrist", (2, 20), "Ograniczenie ruchów nadgarstka", "Limited movement of the wrist"),
    _limb(_ARM, "43", "hand", (2, 45), "Uszkodzenie ręki i palców", "Damaged hand and fingers"),
    _limb(_ARM, "44", "forearm_loss", (50, 55), "Utrata przedramienia", "Loss of the forearm"),
    _limb(_ARM, "45", "arm_loss", (65, 70), "Utrata kończyny górnej", "Loss of the arm"),
    _limb(_LEG, "60", "hip", (3, 30), "Ograniczenie ruchów biodra", "Limited movement of the hip"),
    _limb(_LEG, "61", "knee", (2, 30), "Uszkodzenie kolana", "Damaged knee"),
    _limb(_LEG, "62", "shin", (2, 25), "Zrost kości podudzia z przemieszczeniem", "Shin healed out of place"),
    _limb(
        _LEG, "63", "ankle", (2, 20), "Ograniczenie ruchów stawu skokowego", "Limited movement of the ankle"
    ),
    _limb(_LEG, "64", "foot", (1, 30), "Uszkodzenie stopy i palców", "Damaged foot and toes"),
    _limb(_LEG, "65", "leg_loss", (60, 65), "Utrata kończyny dolnej", "Loss of the leg"),
)

GENERAL_2025: Final = DamageScale(
    name="general",
    version="2025",
    pl="Ogólna tabela uszczerbku",
    en="General scale of damage",
    country="PL",
    valid_from=date(2025, 1, 1),
    valid_until=date(2026, 12, 31),
    is_general=True,
    limb_caps={_ARM: 70, _LEG: 65},
    positions=POSITIONS,
)
_CHANGED_IN_2027: Final = {"4": (3, 35), "12": (2, 20), "43": (1, 50)}

GENERAL_2027: Final = GENERAL_2025.but(
    version="2027",
    valid_from=date(2027, 1, 1),
    valid_until=None,
    limb_caps={_ARM: 72, _LEG: 65},
    positions=tuple(
        one.but(least=_CHANGED_IN_2027[one.code][0], most=_CHANGED_IN_2027[one.code][1])
        if one.code in _CHANGED_IN_2027
        else one
        for one in POSITIONS
    ),
)
"""The next version is on file before its first day, so that nobody is surprised by it."""
