"""What may not be opened yet, or never."""

from shared.contracts.documents import Document, DocumentStatus
from shared.kernel.errors import Conflict


class NotCheckedYet(Conflict):
    """The document is still being checked: try again in a moment."""


class NotThere(Conflict):
    """The document was refused, removed, or never arrived: there is nothing to open."""


def require_clean(document: Document) -> None:
    """Raises NotCheckedYet, NotThere."""
    if document.status == DocumentStatus.CHECKING:
        raise NotCheckedYet
    if document.status != DocumentStatus.CLEAN:
        raise NotThere
