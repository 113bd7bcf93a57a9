"""What is asked of every keeper of files: the memory one and the real one must answer alike."""

import hashlib
from datetime import timedelta

import pytest

from shared.kernel.ports import Collision, Files, Room

QUARTER = timedelta(minutes=15)
PDF = "application/pdf"


class FilesAsked:
    """Subclasses give a fixture `files`, empty at the start of each test."""

    def test_what_is_put_can_be_read_by_its_generation(self, files: Files) -> None:
        generation = files.put("clean", "a/one", b"content", PDF)
        facts = files.stat("clean", "a/one")
        assert facts is not None
        assert (facts.name, facts.size, facts.content_type) == ("a/one", 7, PDF)
        assert (facts.generation, facts.md5) == (generation, hashlib.md5(b"content").hexdigest())
        assert files.read("clean", "a/one", generation, 7) == b"content"

    def test_what_is_not_there_is_none(self, files: Files) -> None:
        assert files.stat("clean", "nothing") is None
        files.remove("clean", "nothing")
        with pytest.raises(Collision):
            files.read("clean", "nothing", 1, 10)

    def test_the_same_again_is_the_same_and_another_collides(self, files: Files) -> None:
        first = files.put("clean", "one", b"content", PDF)
        assert files.put("clean", "one", b"content", PDF) == first
        with pytest.raises(Collision):
            files.put("clean", "one", b"another", PDF)
        assert files.read("clean", "one", first, 10) == b"content"

    def test_another_generation_is_not_read(self, files: Files) -> None:
        generation = files.put("clean", "one", b"content", PDF)
        with pytest.raises(Collision):
            files.read("clean", "one", generation + 1, 10)

    def test_more_than_the_limit_is_not_read(self, files: Files) -> None:
        generation = files.put("clean", "one", b"content", PDF)
        with pytest.raises(ValueError, match="6 bytes"):
            files.read("clean", "one", generation, 6)

    def test_moving_copies_exactly_this_content_and_can_be_done_again(self, files: Files) -> None:
        generation = files.put("quarantine", "one", b"content", PDF)
        copied = files.move_to_clean("one", generation, "two")
        assert files.move_to_clean("one", generation, "two") == copied
        assert files.read("clean", "two", copied, 10) == b"content"
        facts = files.stat("clean", "two")
        assert facts is not None
        assert facts.content_type == PDF
        assert files.stat("quarantine", "one") is not None

    def test_another_content_is_not_moved(self, files: Files) -> None:
        generation = files.put("quarantine", "one", b"content", PDF)
        with pytest.raises(Collision):
            files.move_to_clean("one", generation + 1, "two")
        with pytest.raises(Collision):
            files.move_to_clean("nothing", generation, "two")
        files.put("clean", "three", b"another", PDF)
        with pytest.raises(Collision):
            files.move_to_clean("one", generation, "three")
        assert files.stat("clean", "two") is None

    def test_what_is_removed_is_gone_and_its_name_is_free(self, files: Files) -> None:
        first = files.put("quarantine", "one", b"content", PDF)
        files.remove("quarantine", "one")
        files.remove("quarantine", "one")
        assert files.stat("quarantine", "one") is None
        assert files.put("quarantine", "one", b"another", PDF) != first

    def test_rooms_are_apart(self, files: Files) -> None:
        files.put("quarantine", "one", b"content", PDF)
        assert files.stat("clean", "one") is None
        assert [len(files.names(room, "", "", 10)) for room in _ROOMS] == [1, 0]

    def test_names_come_in_order_and_go_on_behind_the_last(self, files: Files) -> None:
        for name in ("b/2", "a/1", "b/1", "b/10", "c/1"):
            files.put("clean", name, b"x", PDF)
        assert [one.name for one in files.names("clean", "b/", "", 2)] == ["b/1", "b/10"]
        assert [one.name for one in files.names("clean", "b/", "b/10", 2)] == ["b/2"]
        assert [one.name for one in files.names("clean", "b/", "b/2", 2)] == []

    def test_links_say_what_they_are_for(self, files: Files) -> None:
        link = files.upload_link("a/one", PDF, 1000, QUARTER)
        assert link.method == "PUT"
        assert link.headers == {
            "content-type": PDF,
            "x-goog-content-length-range": "1,1000",
            "x-goog-if-generation-match": "0",
        }
        assert "a/one" in link.url


_ROOMS: tuple[Room, ...] = ("quarantine", "clean")
