"""Every night the certificates of the last days are asked whether they keep their promises
(domain/promises.py). Nothing is expected to be found; what is found waits at the case for a person."""

from datetime import timedelta
from typing import Final

from functions.certificates.domain.checking import CheckCertificates
from shared.kernel.effects import Later
from shared.runtime.action import Done, Request, action, schedule
from shared.runtime.context import Context

BACK: Final = timedelta(days=3)
"""Each certificate is looked at in three nights: one that fails is not lost with it."""


class CheckPromises(Request):
    pass


@action(schedule("40 3 * * *"))
def check_promises(req: CheckPromises, ctx: Context) -> Done:
    """Look through the certificates of the last days for broken promises."""
    message = CheckCertificates(since=ctx.now - BACK, day=ctx.now.date())
    ctx.store.send(Later(key=f"check-certificates-{message.day}", message=message, at=ctx.now))
    return Done()
