"""What must hold of referrals, units, certificates of fitness and their notices at the end of a story."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import Final

from functions.referrals.domain.employment import Employee
from functions.referrals.domain.fitness import FitnessCertificate, FitnessStatus
from functions.referrals.domain.package import Allowance, Entitlement
from functions.referrals.domain.promises import (
    belongs_to_somebody,
    counts_its_units,
    has_a_whole_log,
    is_at_rest,
    is_renewed_by_what_holds,
    numbers_have_no_gap,
    pays_as_it_stands,
    shows_no_more_than_the_law,
)
from functions.referrals.domain.referral import Referral, ReferralStatus
from functions.referrals.domain.shelf import shelf_of
from shared.contracts.documents import Shelf
from shared.contracts.mail import OutboundMail
from shared.contracts.numbering import NumberSeries
from shared.runtime.letters import Letter, LetterStatus
from tests.clinic_twin import LIVE, Kept
from tests.sim.judge import all_of, log_of
from tests.sim.machine import Machine
from tests.sim.referrals import MAIL, Office

COPIES_MAX: Final = 2
"""A mail goes out at least once and at most twice."""
BYTES_MAX: Final = 1_000_000


def breaches(office: Office) -> list[str]:
    machine = office.machine
    referrals, certificates = all_of(machine, Referral), all_of(machine, FitnessCertificate)
    return [
        *_promises(machine, referrals, certificates),
        *(what for one in referrals for what in _told(one, machine)),
        *(what for one in referrals for what in _shelf(one, machine)),
        *(what for one in certificates for what in _of_certificate(one, machine)),
        *_clinics(machine, referrals, certificates),
        *_post(machine),
        *_apps(office, referrals, certificates),
        *(f"{one.id} ended {one.status}" for one in referrals if one.status not in office.ends),
        *([] if referrals else ["no referral was made"]),
    ]


def _promises(
    machine: Machine, referrals: list[Referral], certificates: list[FitnessCertificate]
) -> Iterator[str]:
    units, accounts = all_of(machine, Entitlement), all_of(machine, Allowance)
    by_id = {one.id: one for one in units}
    for account in accounts:
        yield from counts_its_units(account, units)
    for unit in units:
        yield from belongs_to_somebody(unit, referrals)
    for referral in referrals:
        yield from is_at_rest(referral, certificates)
        yield from pays_as_it_stands(referral, by_id.get(referral.entitlement_id))
    signed = {one.id: one for one in certificates}
    for certificate in certificates:
        yield from shows_no_more_than_the_law(certificate)
        yield from is_renewed_by_what_holds(certificate, signed)
    for series in all_of(machine, NumberSeries):
        yield from numbers_have_no_gap(series, certificates)
    logged: tuple[Referral | FitnessCertificate | Allowance, ...] = (*referrals, *certificates, *accounts)
    for one in logged:
        yield from has_a_whole_log(one, log_of(machine, one))


def _shelf(referral: Referral, machine: Machine) -> Iterator[str]:
    if shelf_of(referral) not in all_of(machine, Shelf):
        yield f"the shelf of {referral.id} does not follow it"


def _told(referral: Referral, machine: Machine) -> Iterator[str]:
    """The person knows of what holds, and was told once of each change."""
    lines = [one.did for one in log_of(machine, referral)]
    if referral.is_open and referral.told_epoch != referral.epoch:
        yield f"{referral.id} is {referral.status} of epoch {referral.epoch}, told of {referral.told_epoch}"
    if "employee_not_told" in lines:
        yield f"{referral.id}: nobody could be told, though there is a phone"
    happened, told = sum(one in ("missed", "refused") for one in lines), lines.count("employer_told")
    mails = {one.message_id for one in machine.mail.sent if one.to == MAIL and _says_why(one, referral)}
    lost = sum(
        one.status == LetterStatus.UNKNOWN and one.id.startswith(f"referral-employer-{referral.id}-")
        for one in all_of(machine, Letter)
    )
    if told != happened or not happened - lost <= len(mails) <= happened:
        yield f"{referral.id}: {happened} times nobody was examined, told {told} times in {len(mails)} mails"


def _says_why(mail: OutboundMail, referral: Referral) -> bool:
    return referral.number in mail.text and "ze skierowania" in mail.text


def _of_certificate(it: FitnessCertificate, machine: Machine) -> Iterator[str]:
    """Filed with its person, printed once, told to the employer once."""
    people = {one.id: one for one in all_of(machine, Employee)}
    is_filed = it.id in people[it.employee_id].certificate_ids
    if is_filed != (it.is_in_force and not it.renewed_by):
        yield f"{it.number} is {it.status}, filed with its person: {is_filed}"
    if it.outside and not it.supersedes:
        return
    if it.is_in_force and not it.told:
        yield f"nobody was told of {it.number}"
    if it.status == FitnessStatus.VOID and not it.told_void:
        yield f"nobody was told that {it.number} is void"
    yield from _mailed(it, f"fitness-employer-{it.id}", "w aplikacji.", machine, it.told)
    yield from _mailed(it, f"fitness-employer-void-{it.id}", "unieważniono", machine, it.told_void)
    if not it.outside:
        yield from _paper(it, machine)


def _mailed(it: FitnessCertificate, key: str, word: str, machine: Machine, is_told: bool) -> Iterator[str]:
    """One letter to the employer, unless its two attempts died with their processes."""
    mails = {
        one.message_id
        for one in machine.mail.sent
        if one.to == MAIL and it.number in one.text and word in one.text
    }
    lost = any(one.id == key and one.status == LetterStatus.UNKNOWN for one in all_of(machine, Letter))
    if not is_told - lost <= len(mails) <= is_told:
        yield f"the employer had {len(mails)} letters {key}"


def _paper(it: FitnessCertificate, machine: Machine) -> Iterator[str]:
    """The file whose hash is on record is the one that lies there."""
    facts = machine.files.stat("clean", it.file_name)
    if facts is None or it.paper_generation is None:
        if it.is_in_force:
            yield f"{it.number} has no file"
        return
    content = machine.files.read("clean", it.file_name, facts.generation, BYTES_MAX)
    if (sha256(content).hexdigest(), facts.generation) != (it.paper_sha256, it.paper_generation):
        yield f"the file of {it.number} is another one than was noted"


def _clinics(
    machine: Machine, referrals: list[Referral], certificates: list[FitnessCertificate]
) -> Iterator[str]:
    """What a clinic holds for us from now on is what an examination is booked at, or was signed early for."""
    now = machine.timeline.now()
    elsewhere = {one.referral_id for one in certificates if one.outside}
    held = Counter(
        one.clinic_id for one in machine.clinics.kept.values() if one.state in LIVE and now < _at(one)
    )
    wanted = Counter(
        one.examination.clinic_id
        for one in referrals
        if one.status in (ReferralStatus.SCHEDULED, ReferralStatus.EXAMINED)
        and one.id not in elsewhere
        and one.examination is not None
        and one.examination.booking_key
        and now < one.examination.starts_at
    )
    if held != wanted:
        yield f"clinics hold {dict(held)}, referrals are booked at {dict(wanted)}"


def _at(kept: Kept) -> datetime:
    return kept.booking.starts_at if kept.booking else kept.slot.starts_at


def _post(machine: Machine) -> Iterator[str]:
    """No text twice: each holds another link, or speaks of another end. A mail at most twice."""
    texts = Counter((one.sms.to, one.sms.body) for one in machine.provider.sent if "#" in one.sms.body)
    yield from (f"{body[:40]} was texted {times} times" for (_, body), times in texts.items() if times > 1)
    mails = Counter(one.message_id for one in machine.mail.sent)
    yield from (f"a letter was mailed {times} times" for times in mails.values() if times > COPIES_MAX)


def _apps(office: Office, referrals: list[Referral], certificates: list[FitnessCertificate]) -> Iterator[str]:
    """What people were shown is so."""
    known = {one.id for one in referrals}
    signed = {(one.referral_id, one.number) for one in certificates}
    yield from (f"an app showed {one}, which there is not" for one in office.issued if one not in known)
    yield from (f"an app showed {number} for {one}" for one, number in {*office.numbers} - signed)
