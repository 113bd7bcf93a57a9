"""Asked by Identity Platform whenever somebody signs in, before they get a token.

No answer, or a late one, lets nobody in. The same question twice gets the same answer.
"""

from functions.identity.domain.entering import Granted, entered, policy_of, refusal_of
from functions.identity.domain.linking import record_of
from functions.identity.domain.views import LetIn, let_in
from shared.contracts.members import Member, member_id
from shared.contracts.sign_in import SignInEvent
from shared.runtime.action import Needs, action, webhook
from shared.runtime.context import Context

SECONDS_MAX = 7
"""Identity Platform waits no longer."""


@action(
    webhook("/v1/webhooks/identity/before-sign-in", verify="identity"),
    needs=Needs(timeout_seconds=SECONDS_MAX, min_instances=1),
)
def before_sign_in(req: SignInEvent, ctx: Context) -> LetIn:
    """Decide whether somebody who signs in may come in, and as what."""
    policy = policy_of(ctx.settings.sign_in_policies, req)
    member = ctx.store.find(Member, member_id(req.tenant_id, req.user_id))
    role = policy.role_for(req)
    granted = Granted(role, record_of(role, policy.record_for(req), ctx.store))
    decision = entered(member, req, policy, granted, ctx.now)
    if decision is not None:
        member = ctx.store.apply(decision)
    assert member is not None
    if (refusal := refusal_of(member)) is not None:
        raise refusal
    return let_in(member)
