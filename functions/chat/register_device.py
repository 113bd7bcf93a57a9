"""An app says on which device it can be told that something waits."""

from pydantic import Field

from functions.chat.domain.device import TOKEN_MAX, Device, device_id
from functions.chat.domain.thread import seat_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class RegisterDevice(Request):
    """`token`: the app's own, as Firebase Cloud Messaging gave it out."""

    token: str = Field(min_length=20, max_length=TOKEN_MAX)


@action(post("/v1/devices"), role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR), scope=Scope.CASE)
def register_device(req: RegisterDevice, ctx: Context) -> Done:
    """Have this device told of messages; it tells nobody else's any more."""
    ctx.store.put(
        Device(
            id=device_id(ctx.actor.tenant_id, req.token),
            tenant_id=ctx.actor.tenant_id,
            seat=seat_of(ctx.actor),
            token=req.token,
            registered_at=ctx.now,
        )
    )
    return Done()
