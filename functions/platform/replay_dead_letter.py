"""Send a buried message again, once its cause is mended. Every trigger may come twice, so this is safe."""

from shared.kernel.actors import Role
from shared.kernel.effects import SendAgain
from shared.runtime.action import Done, Request, action, post
from shared.runtime.context import Context
from shared.runtime.dead_letters import DeadLetter


class ReplayDeadLetter(Request):
    letter_id: str


@action(post("/v1/dead-letters/{letter_id}:replay"), role=Role.ADMIN)
def replay_dead_letter(req: ReplayDeadLetter, ctx: Context) -> Done:
    """Send a buried message to its function again."""
    letter = ctx.store.get(DeadLetter, req.letter_id)
    ctx.store.put(letter.but(replayed_at=ctx.now))
    key = f"again-{letter.id}-{ctx.now:%Y%m%d%H%M%S}"
    ctx.store.send(SendAgain(key=key, target=letter.target, body=letter.envelope))
    return Done()
