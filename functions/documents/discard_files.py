"""What is in storage of a document that has come to an end is removed once the end is written down.

It looks at the state, not at why it was called: late or doubled, it never removes what can still be read.
"""

from functions.documents.domain.tidying import DiscardFiles, useless_rooms
from shared.contracts.documents import Document
from shared.runtime.action import Done, action, task
from shared.runtime.context import Context


@action(task("documents"))
def discard_files(req: DiscardFiles, ctx: Context) -> Done:
    """Remove the files of a document that nobody needs any more."""
    document = ctx.store.find(Document, req.document_id)
    if document is not None:
        for room in useless_rooms(document):
            ctx.files.remove(room, document.file)
    return Done()
