"""The server that is handed mails wants to know who we are, encrypted; as those outside the cloud do."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from shared.contracts.mail import MailDelayed, OutboundMail
from shared.runtime.settings import Settings, from_environment
from shared.runtime.wiring import Wiring
from tests.infra.processes import free_port

HOST = "127.0.0.1"
MAIL = OutboundMail("anna@example.org", "Wizyta", "16:00", "", (), "<letter-1@visita>")


class Server:
    """Takes mails of who knows the password."""

    def __init__(self, certificate: Path) -> None:
        self.taken: list[str] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.port = free_port()
        self._controller = Controller(
            self, hostname=HOST, port=self.port, tls_context=context, require_starttls=True,
            auth_required=True, authenticator=self._knows,
        )  # fmt: skip

    def _knows(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, said: object
    ) -> AuthResult:
        right = isinstance(said, LoginPassword) and (said.login, said.password) == (b"visita", b"right")
        return AuthResult(success=right, handled=False)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.taken += envelope.rcpt_tos
        return "250 taken"

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(form, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(form)
    )
    return file


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    certificate = _certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    one = Server(certificate)
    one.start()
    yield one
    one.stop()


def _settings(port: int, password: str) -> Settings:
    env = {"SMTP_HOST": HOST, "SMTP_PORT": str(port), "SMTP_USER": "visita", "SMTP_PASSWORD": password}
    return from_environment({**env, "VISITA_STORE": "memory"})


def test_the_server_is_told_who_we_are(server: Server) -> None:
    Wiring(_settings(server.port, "right")).mail.send(MAIL)
    assert server.taken == ["anna@example.org"]


def test_an_account_that_is_refused_loses_no_mail(server: Server) -> None:
    """The password is wrong, not the mail: it waits until somebody has mended that."""
    with pytest.raises(MailDelayed):
        Wiring(_settings(server.port, "of-last-year")).mail.send(MAIL)
    assert server.taken == []
