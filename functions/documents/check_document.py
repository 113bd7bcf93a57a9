"""Look into an uploaded file: nobody may open it before.

The content is read by its generation and compared with what lies in the clean room afterwards: what was
checked is what can be downloaded. Until the commit the upload stays where it is, so all of it can be done
again; a scanner that does not answer leaves the document in quarantine, and it is tried later.
"""

from functions.documents.domain.checks import CheckDocument, Verdict, judged, md5_of, sha256_of
from functions.documents.domain.ending import is_planned, passed, put_off, refused, settled
from functions.documents.domain.shelf import contents_at
from shared.contracts.documents import Document, Reason, Shelf
from shared.contracts.file_checks import BYTES_MAX
from shared.kernel.ports import Collision
from shared.kernel.records import Decision
from shared.runtime.action import Done, Needs, action, task
from shared.runtime.context import Context
from shared.runtime.log import event

ROOMY = Needs(memory_mb=2048, timeout_seconds=120, concurrency=1)
"""One file at a time, in a process of its own within ours: file_inspection.py says how much it may use."""


@action(task("documents"), needs=ROOMY)
def check_document(req: CheckDocument, ctx: Context) -> Done:
    """Check an uploaded file, and let it in or refuse it."""
    document = ctx.store.find(Document, req.document_id)
    if document is not None and is_planned(document, req.check):
        settled(ctx.store, _looked_at(document, ctx))
    return Done()


def _looked_at(document: Document, ctx: Context) -> Decision[Document]:
    shelf = ctx.store.find(Shelf, document.shelf_id)
    if shelf is None or not shelf.open:
        return refused(document, Reason.SHELF_CLOSED, ctx.now)
    ctx.store.put(shelf)  # as it is: a case that closes at this instant must not miss what it gets
    try:
        content = ctx.files.read("quarantine", document.file, document.generation, BYTES_MAX)
    except Collision:
        return refused(document, Reason.SWAPPED, ctx.now)
    sha256 = sha256_of(content)
    same = contents_at(ctx.store, document).hashes.get(sha256)
    if same is not None:
        return refused(document, Reason.SAME_FILE, ctx.now, same_as=same)
    verdict = judged(content, document.content_type, ctx.ports.inspector, ctx.ports.antivirus)
    return _sentenced(document, verdict, content, ctx)


def _sentenced(document: Document, verdict: Verdict, content: bytes, ctx: Context) -> Decision[Document]:
    if verdict.unclear:
        event("scanner_unclear", severity="WARNING", document=document.id, check=document.check)
        return put_off(document, ctx.now)
    if verdict.reason:
        return refused(document, verdict.reason, ctx.now, finding=verdict.finding)
    try:
        generation = ctx.files.move_to_clean(document.file, document.generation, document.file)
    except Collision:
        return refused(document, Reason.SWAPPED, ctx.now)
    copy = ctx.files.stat("clean", document.file)
    if copy is None or copy.md5 != md5_of(content):
        return refused(document, Reason.SWAPPED, ctx.now)
    return passed(document, generation, sha256_of(content), ctx.now)
