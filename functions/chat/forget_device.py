"""Somebody signs out of an app: its device is told of nothing any more."""

from pydantic import Field

from functions.chat.domain.device import TOKEN_MAX, Device, device_id
from functions.chat.domain.thread import seat_of
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context


class ForgetDevice(Request):
    token: str = Field(min_length=20, max_length=TOKEN_MAX)


@action(post("/v1/devices:forget"), role=(Role.OPERATOR, Role.ADMIN, Role.DOCTOR), scope=Scope.CASE)
def forget_device(req: ForgetDevice, ctx: Context) -> Done:
    """Tell this device of messages no more; who has it now is left alone."""
    device = ctx.store.find(Device, device_id(ctx.actor.tenant_id, req.token))
    if device is not None and device.seat == seat_of(ctx.actor):
        ctx.store.remove(device)
    return Done()
