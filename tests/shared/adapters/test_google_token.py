"""The function's own token: brought to Google with each call, kept while it lives, renewed before it ends."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

import grpc
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from shared.adapters.google_token import own_account
from tests.shared.adapters.canned import Canned, answer, server
from tests.shared.adapters.canned_grpc import Told, serving

LONG, SHORT = 3_600, 60
"""Seconds that a token has left; the short one is renewed at once."""


def token(name: str, seconds: int) -> bytes:
    return answer(200, {"access_token": name, "expires_in": seconds, "token_type": "Bearer"})


@pytest.fixture(scope="module")
def certificate() -> tuple[bytes, bytes]:
    """Key and certificate of a service on this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - timedelta(hours=1))
        .not_valid_after(datetime.now(UTC) + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem, made.public_bytes(Encoding.PEM)


@pytest.fixture
def brought(certificate: tuple[bytes, bytes]) -> Callable[[Canned], list[str]]:
    """What two calls on one channel bring, when the metadata server is this one."""

    def by(metadata: Canned) -> list[str]:
        identity = grpc.ssl_server_credentials([certificate])
        account = own_account(metadata.domain, certificate[1])
        with serving(Told((b"",)), identity=identity) as service:
            with grpc.secure_channel(service.address, account) as channel:
                call = channel.unary_unary("/some.Service/Method")
                for _ in range(2):
                    call(b"", timeout=5)
            return [one.headers["authorization"] for one in service.heard]

    return by


def test_a_token_is_asked_for_once_and_brought_with_every_call(
    brought: Callable[[Canned], list[str]],
) -> None:
    with server(token("one", LONG)) as metadata:
        assert brought(metadata) == ["Bearer one", "Bearer one"]
        (heard,) = metadata.heard
    assert heard.startswith("GET /computeMetadata/v1/instance/service-accounts/default/token ")
    assert "metadata-flavor: google" in heard.lower()


def test_a_token_is_renewed_before_it_ends(brought: Callable[[Canned], list[str]]) -> None:
    with server(token("one", SHORT), token("two", LONG)) as metadata:
        assert brought(metadata) == ["Bearer one", "Bearer two"]


@pytest.mark.parametrize(
    "said", [b"", answer(503, {}), answer(200, {"no": "token"}), answer(200, b"<html>"), answer(200, [])]
)
def test_without_a_token_no_call_begins(brought: Callable[[Canned], list[str]], said: bytes) -> None:
    with server(said) as metadata, pytest.raises(grpc.RpcError) as refused:
        brought(metadata)
    assert refused.value.code() == grpc.StatusCode.UNAVAILABLE


def test_a_token_that_could_not_be_had_is_asked_for_again(certificate: tuple[bytes, bytes]) -> None:
    identity = grpc.ssl_server_credentials([certificate])
    with server(answer(503, {}), token("one", LONG)) as metadata:
        account = own_account(metadata.domain, certificate[1])
        with serving(Told((b"",)), identity=identity) as service:
            with grpc.secure_channel(service.address, account) as channel:
                call = channel.unary_unary("/some.Service/Method")
                with pytest.raises(grpc.RpcError):
                    call(b"", timeout=5)
                call(b"", timeout=5)
            assert [one.headers["authorization"] for one in service.heard] == ["Bearer one"]


def test_no_token_is_sent_to_a_service_that_cannot_prove_who_it_is(
    certificate: tuple[bytes, bytes],
) -> None:
    identity = grpc.ssl_server_credentials([certificate])
    with server(token("one", LONG)) as metadata, serving(Told((b"",)), identity=identity) as service:
        with (
            grpc.secure_channel(service.address, own_account(metadata.domain)) as channel,
            pytest.raises(grpc.RpcError),
        ):
            channel.unary_unary("/some.Service/Method")(b"", timeout=5)
        assert not service.heard
