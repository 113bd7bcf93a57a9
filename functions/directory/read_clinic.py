"""A clinic as the directory knows it."""

from functions.directory.domain.views import ClinicView, clinic_view
from shared.contracts.directory import Clinic
from shared.kernel.actors import Role
from shared.runtime.action import Request, action, get
from shared.runtime.context import Context


class ReadClinic(Request):
    clinic_id: str


@action(get("/v1/clinics/{clinic_id}"), role=(Role.OPERATOR, Role.ADMIN))
def read_clinic(req: ReadClinic, ctx: Context) -> ClinicView:
    """Read a clinic's entry."""
    return clinic_view(ctx.store.get(Clinic, req.clinic_id))
