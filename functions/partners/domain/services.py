"""What a company may ask an institute for: the catalogue, in Polish and English, with names people also use.

`reference_net` is what one of it usually costs, in grosz: the scale on which prices are compared where a
company names no budget. A service is added at the end; one that is there keeps its code for ever.
"""

from functools import cache
from typing import Final, NamedTuple

from functions.partners.domain.spelling import plain

SERVICES_VERSION: Final = 1


class Service(NamedTuple):
    code: str
    group: str
    pl: str
    en: str
    reference_net: int
    also: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return self.pl if language == "pl" else self.en


GROUPS: Final = {
    "work": ("Medycyna pracy", "Occupational medicine"),
    "doctors": ("Lekarze", "Doctors"),
    "tests": ("Badania", "Tests"),
    "prevention": ("Profilaktyka", "Prevention"),
}

_W, _D, _T, _P = "work", "doctors", "tests", "prevention"
SERVICES: Final[tuple[Service, ...]] = (
    Service("initial_exam", _W, "Badanie wstępne", "Pre-employment examination", 120_00, ("wstepne",)),
    Service("periodic_exam", _W, "Badanie okresowe", "Periodic examination", 120_00, ("okresowe",)),
    Service("control_exam", _W, "Badanie kontrolne", "Return-to-work examination", 110_00, ("kontrolne",)),
    Service("drivers_exam", _W, "Badanie kierowców", "Driver's examination", 200_00, ("kierowcy", "drivers")),
    Service("heights_exam", _W, "Badanie do pracy na wysokości", "Work-at-height examination", 150_00),
    Service("sanitary_exam", _W, "Badanie sanitarno-epidemiologiczne", "Food-safety health check", 90_00),
    Service("driver_psychotests", _W, "Psychotesty kierowców", "Driver's psychological test", 150_00),
    Service("workplace_visit", _W, "Wizytacja stanowisk pracy", "Workplace visit by a doctor", 400_00),
    Service("internal_medicine", _D, "Internista", "Internal medicine", 180_00, ("choroby wewnetrzne",)),
    Service("family_medicine", _D, "Lekarz rodzinny", "Family doctor", 160_00, ("poz", "gp")),
    Service("ophthalmology", _D, "Okulista", "Eye doctor", 190_00, ("ophthalmologist",)),
    Service("laryngology", _D, "Laryngolog", "Ear, nose and throat doctor", 190_00, ("ent",)),
    Service("neurology", _D, "Neurolog", "Neurologist", 210_00, ("neurology",)),
    Service("cardiology", _D, "Kardiolog", "Cardiologist", 220_00, ("cardiology",)),
    Service("orthopaedics", _D, "Ortopeda", "Orthopaedic surgeon", 210_00, ("orthopedist",)),
    Service("dermatology", _D, "Dermatolog", "Dermatologist", 200_00, ("dermatology",)),
    Service("gynaecology", _D, "Ginekolog", "Gynaecologist", 210_00, ("gynecologist",)),
    Service("endocrinology", _D, "Endokrynolog", "Endocrinologist", 220_00),
    Service("psychiatry", _D, "Psychiatra", "Psychiatrist", 240_00),
    Service("psychology", _D, "Psycholog", "Psychologist", 180_00),
    Service("physiotherapy", _D, "Fizjoterapia", "Physiotherapy", 140_00, ("rehabilitacja",)),
    Service("dentistry", _D, "Przegląd stomatologiczny", "Dental check", 150_00, ("dentysta", "dentist")),
    Service("teleconsultation", _D, "Telekonsultacja", "Teleconsultation", 100_00, ("teleporada",)),
    Service("home_visit", _D, "Wizyta domowa", "House visit", 300_00),
    Service("blood_count", _T, "Morfologia krwi", "Full blood count", 20_00, ("morfologia", "cbc")),
    Service("glucose", _T, "Glukoza", "Glucose", 15_00, ("cukier",)),
    Service("lipids", _T, "Lipidogram", "Lipid profile", 40_00, ("cholesterol",)),
    Service("liver_panel", _T, "Próby wątrobowe", "Liver panel", 45_00),
    Service("urine_test", _T, "Badanie ogólne moczu", "Urine test", 15_00, ("mocz",)),
    Service("ecg", _T, "EKG", "ECG", 50_00, ("ekg spoczynkowe",)),
    Service("spirometry", _T, "Spirometria", "Spirometry", 70_00),
    Service("audiometry", _T, "Audiometria", "Audiometry", 70_00),
    Service("chest_xray", _T, "RTG klatki piersiowej", "Chest X-ray", 80_00, ("rtg",)),
    Service("abdominal_ultrasound", _T, "USG jamy brzusznej", "Abdominal ultrasound", 150_00, ("usg",)),
    Service("flu_vaccination", _P, "Szczepienie przeciw grypie", "Flu vaccination", 90_00, ("grypa",)),
    Service("tick_vaccination", _P, "Szczepienie przeciw KZM", "Tick-borne encephalitis vaccination", 180_00),
    Service("hepatitis_vaccination", _P, "Szczepienie przeciw WZW B", "Hepatitis B vaccination", 130_00),
    Service("health_review", _P, "Przegląd stanu zdrowia", "Health review", 350_00, ("bilans",)),
    Service("first_aid_course", _P, "Szkolenie z pierwszej pomocy", "First-aid course", 150_00),
    Service("ergonomics_talk", _P, "Konsultacja ergonomiczna", "Ergonomics consultation", 160_00),
)
BY_CODE: Final = {one.code: one for one in SERVICES}
PLACE_OF: Final = {one.code: number for number, one in enumerate(SERVICES)}
assert len(PLACE_OF) == len(SERVICES) <= 64, "a set of services is kept in 64 bits"


def service_named(text: str) -> Service | None:
    """By its code, its name in any language or another name of it; None where there is no such service."""
    return _by_name().get(plain(text))


@cache
def _by_name() -> dict[str, Service]:
    return {plain(word): one for one in SERVICES for word in (one.code, one.pl, one.en, *one.also)}
