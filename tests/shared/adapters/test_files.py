"""Both keepers of files, asked the same; and what only the links of the real one can be asked."""

import os
import uuid
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import urllib3

from shared.adapters.cloud_storage import CloudStorage
from shared.adapters.memory_files import MemoryFiles
from shared.kernel.errors import Busy
from shared.kernel.ports import Files
from tests.outside import StoppedClock
from tests.shared.adapters.files_asked import PDF, QUARTER, FilesAsked

THERE = bool(os.environ.get("STORAGE_EMULATOR_HOST"))
emulated = pytest.mark.skipif(not THERE, reason="STORAGE_EMULATOR_HOST not set: run ./emulator.sh test")


def real(emulator: str) -> CloudStorage:
    mark = uuid.uuid4().hex[:12]
    return CloudStorage("demo-files", f"q-{mark}", f"c-{mark}", "", emulator)


class TestMemory(FilesAsked):
    @pytest.fixture
    def files(self) -> Files:
        return MemoryFiles(StoppedClock())


@emulated
@pytest.mark.emulator
class TestCloudStorage(FilesAsked):
    @pytest.fixture
    def files(self) -> Files:
        return real(os.environ["STORAGE_EMULATOR_HOST"])

    def test_a_file_goes_in_by_its_link_and_out_by_another(self, files: Files) -> None:
        http = urllib3.PoolManager(retries=False)
        link = files.upload_link("a/one", PDF, 1000, QUARTER)
        sent = http.request(link.method, link.url, body=b"content", headers=dict(link.headers))
        assert sent.status == 200
        facts = files.stat("quarantine", "a/one")
        assert facts is not None
        assert (facts.size, facts.content_type) == (7, PDF)
        url = files.download_link("quarantine", "a/one", facts.generation, "a.pdf", PDF, QUARTER)
        assert http.request("GET", url).data == b"content"


def test_a_storage_that_is_away_is_busy() -> None:
    files = CloudStorage("demo", "q", "c", "", "http://127.0.0.1:1", tried_for_seconds=0.1)
    with pytest.raises(Busy):
        files.stat("clean", "one")
    with pytest.raises(Busy):
        files.put("clean", "one", b"content", PDF)


def signed(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


@emulated
@pytest.mark.emulator
def test_what_is_signed() -> None:
    files = real(os.environ["STORAGE_EMULATOR_HOST"])
    up = signed(files.upload_link("a/one", PDF, 1000, QUARTER).url)
    names = "content-type;host;x-goog-content-length-range;x-goog-if-generation-match"
    assert (up["X-Goog-SignedHeaders"], up["X-Goog-Expires"]) == (names, "900")
    down = signed(files.download_link("clean", "a/one", 77, "a.pdf", PDF, timedelta(minutes=3)))
    assert (down["generation"], down["X-Goog-Expires"]) == ("77", "180")
    assert down["response-content-disposition"] == 'attachment; filename="a.pdf"'
    assert down["response-content-type"] == PDF
