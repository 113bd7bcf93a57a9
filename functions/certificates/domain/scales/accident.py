"""An example of an accident insurer's own scale, made up for this system: few rows, fixed percents."""

from datetime import date
from typing import Final

from functions.certificates.domain.scales.scale import DamageScale, Limb, Position


def _row(code: str, function: str, percent: int, pl: str, en: str, limb: Limb | None = None) -> Position:
    sided = limb is not None
    return Position(
        code=code, function=function, least=percent, most=percent, pl=pl, en=en, limb=limb, sided=sided
    )


ACCIDENT_2026: Final = DamageScale(
    name="accident-insurer",
    version="2026",
    pl="Tabela ubezpieczenia wypadkowego",
    en="Scale of the accident insurance",
    country="PL",
    valid_from=date(2026, 1, 1),
    limb_caps={Limb.ARM: 60, Limb.LEG: 50},
    positions=(
        _row("1", "head", 4, "Wstrząśnienie mózgu z pobytem w szpitalu", "Concussion treated in hospital"),
        _row("2", "head", 12, "Złamanie kości czaszki", "Fractured skull"),
        _row("3", "spine", 8, "Złamanie kręgu bez przemieszczenia", "Fractured vertebra, in place"),
        _row("4", "spine", 18, "Złamanie kręgu z przemieszczeniem", "Fractured vertebra, displaced"),
        _row("5", "chest", 3, "Złamanie żebra lub mostka", "Fractured rib or breastbone"),
        _row("10", "shoulder", 7, "Zwichnięcie barku", "Dislocated shoulder", Limb.ARM),
        _row("11", "upper_arm", 12, "Złamanie kości ramiennej", "Fractured upper arm", Limb.ARM),
        _row("12", "forearm", 9, "Złamanie przedramienia", "Fractured forearm", Limb.ARM),
        _row("13", "hand", 5, "Złamanie kości ręki", "Fractured hand", Limb.ARM),
        _row("14", "arm_loss", 60, "Utrata ręki lub ramienia", "Loss of the hand or arm", Limb.ARM),
        _row("20", "thigh", 15, "Złamanie kości udowej", "Fractured thigh", Limb.LEG),
        _row("21", "knee", 8, "Zerwanie więzadeł kolana", "Torn ligaments of the knee", Limb.LEG),
        _row("22", "shin", 11, "Złamanie podudzia", "Fractured shin", Limb.LEG),
        _row("23", "ankle", 6, "Złamanie kostki", "Fractured ankle", Limb.LEG),
        _row("24", "leg_loss", 50, "Utrata stopy lub nogi", "Loss of the foot or leg", Limb.LEG),
    ),
)
