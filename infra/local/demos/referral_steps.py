"""What people do on the way round: refer, choose a time by a link, examine, sign, find, be reminded."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Final

import requests

from functions.referrals.choose_slot import ChooseSlot, choose_slot
from functions.referrals.domain.choosing import FreeSlot
from functions.referrals.domain.exposure import ExposureFactor, ExposureLevel, Exposures, Measurement
from functions.referrals.domain.fitness import FitnessDecision, NextDue, NextDueReason, PositionDecision
from functions.referrals.domain.fitness_views import DoctorFitness
from functions.referrals.domain.projection import EmployerView
from functions.referrals.domain.referral import ExaminationType
from functions.referrals.domain.usage import ServiceUsage
from functions.referrals.domain.views import EmployerReferral
from functions.referrals.download_fitness import DownloadFitness, download_fitness
from functions.referrals.download_referral import DownloadReferral, download_referral
from functions.referrals.get_assigned_referral import GetAssignedReferral, get_assigned_referral
from functions.referrals.get_fitness_certificate import GetFitnessCertificate, get_fitness_certificate
from functions.referrals.issue_fitness_certificate import IssueFitnessCertificate, issue_fitness_certificate
from functions.referrals.issue_referral import IssueReferral, issue_referral
from functions.referrals.list_my_packages import ListMyPackages, list_my_packages
from functions.referrals.propose_slots import ProposeSlots, propose_slots
from infra.local.demos.referral_office import WELDER, Office

LINK: Final = re.compile(r"#([A-Z0-9]{15})")
SECONDS_MAX: Final = 20
WORK: Final = Exposures(
    physical=(
        ExposureFactor(
            name="hałas",
            level=ExposureLevel.MEDIUM,
            measurement=Measurement(
                value=Decimal("82.5"), unit="dB(A)", limit=Decimal(85), measured_on=date(2026, 5, 4)
            ),
        ),
    ),
    dust=(ExposureFactor(name="dymy spawalnicze", level=ExposureLevel.LOW),),
    chemical=(),
    biological=(),
    other=(ExposureFactor(name="praca w nocy"),),
)


def refers(office: Office) -> EmployerReferral:
    order = IssueReferral(
        employee_id=office.employee_id,
        examination_type=ExaminationType.PERIODIC,
        work_description="Spawanie elektryczne w hali, praca stojąca.",
        exposures=WORK,
    )
    seen: EmployerReferral = office.call(issue_referral, order, office.hr)
    office.stage.says("HR", f"refers Maria, who welds, to a periodic examination: {seen.number}.")
    office.stage.pass_time()
    return seen


def code_in_text(office: Office) -> str:
    """Of the personal link in the newest text to Maria."""
    bodies = [one["body"] for one in office.stage.texts if one["to"] == office.worker.phone]
    found = [match[1] for body in bodies if (match := LINK.search(body))]
    return found[-1] if found else ""


def chooses(office: Office) -> FreeSlot:
    """Without an account: by the code of her link alone."""
    code = code_in_text(office)
    seen = office.call(propose_slots, ProposeSlots(code=code), office.patient)
    days = [one for one in seen.slots if one.starts_at.date() > office.stage.today] or list(seen.slots)
    slot: FreeSlot = days[0]
    shown = f"{slot.starts_at:%-d %B} at {office.stage.show.hour(slot.starts_at)}"
    office.stage.says("Maria", f"opens her link, sees {len(seen.slots)} free times and takes {shown}.")
    wish = ChooseSlot(
        code=code,
        clinic_id=slot.clinic_id,
        slot_id=slot.slot_id,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
    )
    office.call(choose_slot, wish, office.patient)
    office.stage.pass_time()
    return slot


def signs(office: Office, referral_id: str) -> DoctorFitness:
    """The next examination is a year from now."""
    asked = GetAssignedReferral(referral_id=referral_id)
    read = office.call(get_assigned_referral, asked, office.doctor)
    office.stage.says("Doctor", f"reads the referral (revision {read.revision}) and examines Maria.")
    due = NextDue(reason=NextDueReason.PERIODIC, due_on=in_a_year(office.stage.today))
    wish = IssueFitnessCertificate(
        referral_id=referral_id,
        revision=read.revision,
        decisions=(PositionDecision(position=WELDER, decision=FitnessDecision.FIT),),
        next_dues=(due,),
        findings="RR 135/85, spirometria w normie.",
    )
    signed: DoctorFitness = office.call(issue_fitness_certificate, wish, office.doctor)
    office.stage.says("Doctor", f"signs {signed.number}: fit, to come again by {due.due_on}.")
    office.stage.pass_time()
    return signed


def employer_sees(office: Office, certificate_id: str) -> EmployerView:
    asked = GetFitnessCertificate(certificate_id=certificate_id)
    seen: EmployerView = office.call(get_fitness_certificate, asked, office.hr)
    return seen


def usage(office: Office) -> ServiceUsage:
    (package,) = office.call(list_my_packages, ListMyPackages(), office.hr).packages
    found: ServiceUsage = next(one for one in package.services if one.service == "periodic")
    return found


def papers_of(office: Office, referral_id: str, certificate_id: str, folder: Path) -> bool:
    """Both are left behind as files; whether each is the one whose hash is on record."""
    from hashlib import sha256

    links = [
        office.call(download_referral, DownloadReferral(referral_id=referral_id), office.hr),
        office.call(download_fitness, DownloadFitness(certificate_id=certificate_id), office.patient),
    ]
    folder.mkdir(parents=True, exist_ok=True)
    whole = True
    for link in links:
        content = requests.get(link.url, timeout=SECONDS_MAX).content
        path = folder / link.file_name
        path.write_bytes(content)
        office.papers.append(path)
        whole = whole and sha256(content).hexdigest() == link.sha256 and content.startswith(b"%PDF-")
    return whole


def runs(office: Office, job: str) -> None:
    """As the scheduler does at its hour, with all that follows."""
    office.stage.cloud.post("scheduler", f"/run/{job}")
    office.stage.pass_time(timedelta(seconds=30))


def in_a_year(day: date) -> date:
    return day + timedelta(days=365)


def jump_to(office: Office, at: datetime) -> None:
    """Nothing happens on the way: nothing of this story is due before."""
    office.stage.cloud.clock.set(at)
    office.stage.pass_time(timedelta(0))
