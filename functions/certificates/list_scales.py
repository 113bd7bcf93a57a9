"""The damage scales on which certificates may be signed today."""

from pydantic import Field

from functions.certificates.domain.scales.choosing import usable
from functions.certificates.domain.scales.scale import DamageScale
from functions.certificates.domain.signing_table import ISSUER_ZONE
from shared.kernel.actors import Role
from shared.runtime.action import Request, Response, action, get
from shared.runtime.context import Context


class ListScales(Request):
    """`scale`: the one that the insurer of the case names; "" for the general ones."""

    scale: str = Field("", max_length=60)


class Scales(Response):
    scales: tuple[DamageScale, ...]


@action(get("/v1/damage-scales"), role=(Role.DOCTOR, Role.OPERATOR, Role.ADMIN))
def list_scales(req: ListScales, ctx: Context) -> Scales:
    """List the scales that hold today, with all their positions."""
    return Scales(scales=usable(req.scale, ctx.now.astimezone(ISSUER_ZONE).date()))
