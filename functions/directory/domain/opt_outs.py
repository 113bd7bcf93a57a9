"""What the word of a phone means for the doctors who have it."""

from collections.abc import Mapping
from typing import Final

from shared.contracts.directory import Doctor, DoctorPhone
from shared.contracts.opt_outs import OptOut
from shared.kernel.ports import Query

DOCTORS_A_PHONE_MAX: Final = 50


def doctors_with(phone_key: str) -> Query:
    return Query(
        Doctor.kind,
        where=(("phone_keys", "array_contains", phone_key),),
        order=(("id", "asc"),),
        limit=DOCTORS_A_PHONE_MAX,
    )


def heeding(
    phones: tuple[DoctorPhone, ...], opt_outs: Mapping[str, OptOut], held: tuple[DoctorPhone, ...] = ()
) -> tuple[DoctorPhone, ...]:
    """The phones with what they last said; where nothing is on file, with what we held."""
    before = {one.phone_key: one.opted_out for one in held}
    said = before | {key: one.opted_out for key, one in opt_outs.items()}
    return tuple(one.but(opted_out=said.get(one.phone_key, False)) for one in phones)
