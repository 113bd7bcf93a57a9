"""What the matrix asks of the directory."""

from datetime import date, time

from functions.directory.domain.sync import SetAsideRow, SyncCursor
from shared.contracts.clinic_entry import entry_of
from shared.contracts.clinic_index_head import ClinicIndexHead, ClinicIndexPart
from shared.contracts.customer_rows import Collection
from shared.contracts.directory import Clinic, Doctor, DoctorPhone, Employer, Granted, Hours, ServicePackage
from shared.contracts.opt_outs import OptOut
from shared.kernel.records import Record
from shared.runtime.wiring import Wiring
from tests.authorization.parties import OTHER, Asks, Party, listed, named, told
from tests.outside import START
from tests.people import WARSAW

EVERY_DAY = tuple(Hours(weekday=day, opens=time(8), closes=time(20)) for day in range(7))


def records(it: Party, wiring: Wiring) -> list[Record]:
    tenant, key = it.tenant_id, wiring.seals.lookup_key(it.tenant_id, it.phone)
    employer = Employer(
        id=it.id("employer"), tenant_id=tenant, name="Huta", address="ul. Prosta 1", city="Kielce",
        email="huta@example.org",
    )  # fmt: skip
    package = ServicePackage(
        id=it.id("package"), tenant_id=tenant, employer_id=employer.id, name="Podstawowy",
        valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31),
        granted=(Granted(service="periodic", units=100),),
    )  # fmt: skip
    row = SetAsideRow(
        id=it.id("row"), tenant_id=tenant, collection=Collection.CLINICS, row_id=it.id("row"),
        reason="drifted", at=START,
    )  # fmt: skip
    opted_out = OptOut(id=it.id("phone"), tenant_id=tenant, opted_out=False, as_of=START)
    doctors = [_doctor(it, word, key) for word in ("doctor", "colleague")]
    return [_clinic(it), *doctors, employer, package, row, opted_out, *_of_the_tenant(it)]


def _of_the_tenant(it: Party) -> list[Record]:
    """What there is once in a tenant. Its index knows the clinics of its own two parties."""
    if it is OTHER:
        return []
    tenant, parties = it.tenant_id, (it, OTHER) if it.tenant_id == OTHER.tenant_id else (it,)
    entries = [entry for party in parties if (entry := entry_of(_clinic(party))) is not None]
    return [
        ClinicIndexHead.first(tenant).changed(entries),
        ClinicIndexPart(id=it.id("part"), tenant_id=tenant, build=0, number=0, data=b""),
        SyncCursor.first(tenant, Collection.CLINICS),
    ]


def _clinic(it: Party) -> Clinic:
    return Clinic(
        id=it.id("clinic"),
        tenant_id=it.tenant_id,
        name=f"Przychodnia{it.mark}",
        address="ul. Lipowa 1",
        city="Warszawa",
        position=WARSAW,
        specializations=("internal_medicine",),
        hours=EVERY_DAY,
        integrated=True,
    )


def _doctor(it: Party, word: str, phone_key: str) -> Doctor:
    return Doctor(
        id=it.id(word),
        tenant_id=it.tenant_id,
        given_name="Anna",
        family_name=f"Sowa{it.mark}",
        specializations=("internal_medicine", "occupational_medicine"),
        clinic_ids=(it.id("clinic"),),
        phones=(DoctorPhone(number=it.phone, phone_key=phone_key, verified_on=date(2026, 10, 1)),),
        license_number="1234567",
    )


ASKS: Asks = {
    "list_set_aside": listed(collection="clinics"),
    "note_opt_out": told(
        lambda it: {"phone_key": it.id("phone"), "opted_out": True, "text_id": it.id("text")}
    ),
    "pack_clinic_index": told(lambda _: {"build": 0}),
    "read_clinic": named("clinic"),
    "read_doctor": named("doctor"),
    "read_sync": listed(shows=False),
    "rebuild_clinic_index": told(lambda _: {}),
    "renew_clinic_index": listed(shows=False),
    "sync_directory": listed(shows=False),
    "sync_page": told(lambda _: {"collection": "employers", "run": "202611240900"}),
}
