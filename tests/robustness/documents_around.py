"""A case with documents on its shelf: some that can be opened, one on its way."""

from collections.abc import Mapping
from typing import Any

from tests.functions.documents.desk import SHELF, a_shelf, brought, send, start
from tests.functions.documents.papers import a_pdf
from tests.people import PHONES
from tests.world import World

CLEAN = 6


def documents_around(world: World) -> Mapping[str, list[Any]]:
    """What fits the operations, by the names that the robustness run goes by."""
    world.given(a_shelf(doctor_ids=tuple(PHONES)))
    clean = [brought(world, a_pdf(pages=pages)) for pages in range(1, CLEAN + 1)]
    coming = start(world, a_pdf())
    send(world, coming, a_pdf())
    return {
        "shelf_id": [SHELF],
        "document_id": [*clean, coming.document_id],
        "documents__download_document": clean[:2],
        "documents__remove_document": clean[2:],
        "documents__finish_upload": [coming.document_id, *clean[:2]],
    }
