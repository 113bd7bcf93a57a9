"""Certificates to print: invented people, one ordinary, one with little on it, one with all it may hold."""

from datetime import UTC, date, datetime
from decimal import Decimal

from shared.contracts.papers import (
    CertificatePaper,
    PaperCheck,
    PaperDamage,
    PaperDoctor,
    PaperIssuer,
    PaperModality,
    PaperOutcome,
    PaperPerson,
)

CODE = "7KJM-Q4TX"
NUMBER = "VM/2026/000123"

POLISH = CertificatePaper(
    language="pl",
    issuer=PaperIssuer(
        name="Visita Medycyna Sp. z o.o.",
        address_lines=("ul. Świętojańska 12/4", "00-266 Warszawa", "tel. +48 22 000 00 00"),
    ),
    number=NUMBER,
    title="Orzeczenie o uszczerbku na zdrowiu",
    kind_line="Orzeczenie lekarskie dla ubezpieczyciela",
    modality=PaperModality.STATIONARY,
    scale_name="Skala przykładowa – następstwa nieszczęśliwych wypadków",
    scale_version="wersja 2026-01",
    patient=PaperPerson(
        name="Grażyna Żółć-Brzęczyszczykiewicz",
        birth_date=date(1974, 3, 9),
        identifier_label="PESEL",
        identifier="74030900000",
    ),
    purpose="Ustalenie uszczerbku na zdrowiu po wypadku z dnia 12 maja 2026 r.",
    examined_on=date(2026, 11, 27),
    issued_at=datetime(2026, 11, 30, 23, 15, tzinfo=UTC),
    items=(
        PaperDamage(
            position="87b",
            wording="Ograniczenie ruchomości stawu skokowego prawego średniego stopnia",
            found_percent=Decimal(8),
            counted_percent=Decimal("5.5"),
            remarks="Odjęto 2,5% za uraz tej samej kończyny z roku 2019.",
        ),
        PaperDamage(
            position="104",
            wording="Blizny przedramienia lewego bez zaburzeń czynności",
            found_percent=Decimal(7),
            counted_percent=Decimal("7.00"),
        ),
    ),
    total_percent=Decimal("12.50"),
    outcome=PaperOutcome.PERMANENT,
    description=(
        "Pacjentka po złamaniu dwukostkowym podudzia prawego leczonym operacyjnie. W badaniu: chód wydolny, "
        "zgięcie grzbietowe stopy 5°, podeszwowe 30°, obrzęk okolicy kostki bocznej niewielki.\n\n"
        "Zakres ruchu porównano ze stroną zdrową. Dolegliwości są zgodne z przebiegiem urazu; "
        "dalszej poprawy nie należy oczekiwać."
    ),
    documents=(
        "Karta informacyjna leczenia szpitalnego z dnia 16 maja 2026 r.",
        "Zdjęcie RTG stawu skokowego prawego z dnia 3 listopada 2026 r.",
    ),
    doctor=PaperDoctor(
        name="dr n. med. Łucja Wiśniewska",
        license_number="0000000",
        specialization="ortopedia i traumatologia",
    ),
    check=PaperCheck(
        link=f"https://visita.example/sprawdz?nr={NUMBER}&kod={CODE}",
        site="visita.example/sprawdz",
        code=CODE,
    ),
)  # fmt: skip

ENGLISH = POLISH.but(
    language="en",
    title="Certificate of damage to health",
    kind_line="Medical certificate for the insurer",
    modality=PaperModality.REMOTE,
    scale_name="Example scale, accidents",
    scale_version="version 2026-01",
    patient=PaperPerson(
        name="Ελένη Παπαδοπούλου (Олена Ковальчук)",
        birth_date=date(1990, 12, 1),
        identifier_label="Passport (GR)",
        identifier="AK0000000",
    ),
    purpose="Damage after the accident of 12 May 2026",
    items=(
        PaperDamage(
            position="12",
            wording="Limited movement of the left shoulder, slight",
            found_percent=Decimal(10),
            counted_percent=Decimal(10),
        ),
    ),
    total_percent=Decimal(10),
    outcome=PaperOutcome.LONG_TERM,
    re_examine_on=date(2027, 5, 30),
    description="The records agree with each other. Movement is limited in abduction to 120°.",
    documents=("Discharge letter, 16 May 2026",),
    supersedes_number="VM/2026/000098",
    supersedes_on=date(2026, 10, 2),
)

UNDECIDED = POLISH.but(
    items=(),
    total_percent=None,
    outcome=PaperOutcome.CANNOT_ASSESS_YET,
    re_examine_on=date(2027, 3, 1),
    description="Zrost kostny niepełny. Rehabilitacja w toku.",
)

MINIMAL = CertificatePaper(
    language="pl",
    issuer=PaperIssuer(name="Visita"),
    number="1",
    title="Orzeczenie",
    modality=PaperModality.REMOTE,
    patient=PaperPerson(name="Ewa Lis", birth_date=date(2001, 1, 1)),
    examined_on=date(2026, 1, 1),
    issued_at=datetime(2026, 1, 1, 12, 0, tzinfo=UTC),
    doctor=PaperDoctor(name="Jan Kos", license_number="1"),
    check=PaperCheck(link="https://visita.example/c", site="visita.example/c", code="1"),
)

_SENTENCE = "W badaniu stwierdzono ograniczenie ruchomości i osłabienie siły mięśniowej, zażółć gęślą jaźń. "

LONG = POLISH.but(description="\n\n".join([_SENTENCE * 5] * 6))
"""Two pages."""

MAXIMAL = POLISH.but(
    issuer=PaperIssuer(
        name="Wojewódzki Specjalistyczny Zespół Opieki Zdrowotnej " * 3,
        address_lines=("ul. Długa " * 15,) * 4,
    ),
    number="W" * 40,
    title="Orzeczenie o stałym lub długotrwałym uszczerbku na zdrowiu " * 3,
    kind_line="K" * 200,
    scale_name="S" * 200,
    scale_version="1" * 40,
    patient=PaperPerson(
        name="Konstantynopolitańczykowianeczka" * 6,
        birth_date=date(1900, 1, 1),
        identifier_label="Dokument " * 20,
        identifier="9" * 120,
    ),
    purpose="C" * 1_000,
    items=(
        PaperDamage(
            position="9" * 12,
            wording=(_SENTENCE * 10)[:1_000],
            found_percent=Decimal("100.00"),
            counted_percent=Decimal("99.99"),
            remarks="U" * 1_000,
        ),
    )
    * 40,
    total_percent=Decimal("99.99"),
    re_examine_on=date(2199, 12, 31),
    description=(f"{_SENTENCE * 6}\n\n" * 40)[:12_000],
    documents=("Dokument o bardzo długiej nazwie, " * 5,) * 40,
    doctor=PaperDoctor(name="Ł" * 200, license_number="0" * 200, specialization="s" * 200),
    check=PaperCheck(link="https://visita.example/" + "a" * 177, site="v" * 80, code="K" * 20),
    supersedes_number="P" * 40,
    supersedes_on=date(2199, 12, 31),
)
"""Everything as long as it may be, much of it without a single space."""
