"""A person writes into the log of a case: a phone call, a question, what the doctor should look at."""

from pydantic import Field

from functions.certificates.domain.case import CertificateCase
from functions.certificates.domain.keeping import COMMENT_LENGTH_MAX, commented
from shared.kernel.actors import Role, Scope
from shared.runtime.action import Request, Response, action, post
from shared.runtime.context import Context


class AttachComment(Request):
    """`settled`: what the case waited for has been seen to; for operators."""

    case_id: str
    text: str = Field(min_length=1, max_length=COMMENT_LENGTH_MAX)
    settled: bool = False


class CommentAttached(Response):
    case_id: str
    version: int


@action(
    post("/v1/certificate-cases/{case_id}:comment"),
    role=(Role.OPERATOR, Role.DOCTOR, Role.ADMIN),
    scope=Scope.ASSIGNED,
)
def attach_comment(req: AttachComment, ctx: Context) -> CommentAttached:
    """Add a comment to a case."""
    settled = req.settled and ctx.actor.is_staff
    case = ctx.store.change(
        CertificateCase, req.case_id, lambda case: commented(case, req.text, settled=settled)
    )
    return CommentAttached(case_id=case.id, version=case.version)
