"""A doctor as the directory knows them, with the phones and whether these may be texted."""

from functions.directory.domain.views import DoctorView, doctor_view
from shared.contracts.directory import Doctor
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadDoctor(Request):
    doctor_id: str


@action(get("/v1/doctors/{doctor_id}"), role=(Role.OPERATOR, Role.ADMIN))
def read_doctor(req: ReadDoctor, ctx: Context) -> DoctorView:
    """Read a doctor's entry."""
    return doctor_view(ctx.store.get(Doctor, req.doctor_id))
