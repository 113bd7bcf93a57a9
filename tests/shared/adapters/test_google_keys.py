"""Google's public keys: one request an hour, and whoever cannot be checked is not let in."""

import pytest

from shared.adapters.firebase_identity import FirebaseIdentity
from shared.adapters.google_keys import GoogleKeys, NoKeys
from shared.kernel.errors import Busy
from tests.shared.adapters.canned import answer, server, silent_server

KEY = {"kid": "k-1", "kty": "RSA", "alg": "RS256", "use": "sig", "n": "u" * 342, "e": "AQAB"}


def test_keys_are_fetched_once() -> None:
    with server(answer(200, {"keys": [KEY, {"kid": "k-2", "kty": "EC"}]})) as google:
        keys = GoogleKeys(google.url)
        first, second = keys.current(), keys.current()
        assert len(google.heard) == 1
    assert first == second
    assert list(first) == ["k-1"]
    assert first["k-1"].startswith("-----BEGIN PUBLIC KEY-----")


@pytest.mark.parametrize(
    "said",
    [b"", answer(503, {}), answer(200, b"<html>"), answer(200, {}), answer(200, [1]),
     answer(200, {"keys": [{"kid": "k-1", "kty": "RSA"}]}), answer(200, {"keys": [KEY | {"n": "?"}]})],
)  # fmt: skip
def test_what_cannot_be_read_is_asked_for_again(said: bytes) -> None:
    with server(said, answer(200, {"keys": [KEY]})) as google:
        keys = GoogleKeys(google.url)
        with pytest.raises(NoKeys):
            keys.current()
        assert list(keys.current()) == ["k-1"]


def test_who_says_nothing_is_not_waited_for_without_end() -> None:
    with silent_server() as google, pytest.raises(NoKeys):
        GoogleKeys(google.url, timeout_seconds=0.1).current()


def test_a_queue_is_asked_to_come_again_while_there_are_no_keys() -> None:
    with server(answer(503, {})) as google:
        identity = FirebaseIdentity("demo-p", {}, "vm", google.url)
        with pytest.raises(Busy):
            identity.service("a.b.c", "https://visita.example", "cloud-tasks@demo-p.iam.gserviceaccount.com")
