"""Files that nobody may ever open: each is brought as any other, refused for a reason, and removed."""

import pytest

from shared.contracts.documents import Document, Reason
from tests.functions.documents.desk import brought, files_in, on_the_shelf, reason, status
from tests.functions.documents.hostile.pdfs import PDFS
from tests.functions.documents.hostile.pictures import PICTURES
from tests.functions.documents.hostile.strangers import STRANGERS
from tests.functions.documents.papers import PDF
from tests.world import World

FILES = {**{name: (file, PDF, why) for name, (file, why) in PDFS.items()}, **PICTURES, **STRANGERS}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_is_refused_and_removed(shelved: World, name: str) -> None:
    file, content_type, expected = FILES[name]
    document_id = brought(shelved, file, content_type)
    assert (status(shelved, document_id), reason(shelved, document_id)) == ("refused", expected)
    assert files_in(shelved, "quarantine") == files_in(shelved, "clean") == on_the_shelf(shelved) == []
    assert shelved.record(Document, document_id).clean_generation == 0


def test_there_are_enough_of_them_and_of_every_kind() -> None:
    told = {expected for _, _, expected in FILES.values()}
    of_the_way = {
        Reason.NONE, Reason.TOO_LARGE, Reason.INFECTED, Reason.SWAPPED, Reason.SAME_FILE, Reason.SHELF_CLOSED,
    }  # fmt: skip
    assert len(FILES) >= 60
    assert told == set(Reason) - of_the_way
