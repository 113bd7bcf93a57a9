"""Google as far as tokens go, on a real socket: the certificates it publishes and the accounts it knows.

The production code asks `https://www.googleapis.com` and is told so by nobody but itself. Here its calls
leave through a proxy (HTTPS_PROXY, as companies have them) that answers in Google's name, with a certificate
that this process alone trusts. Not a line of the verification is replaced, nor an address in it.
"""

import datetime as dt
import json
import os
import ssl
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from infra.local.local_key import LocalKey

HOSTS = ("www.googleapis.com", "oauth2.googleapis.com", "identitytoolkit.googleapis.com")
PEM = serialization.Encoding.PEM
FOREVER = dt.timedelta(days=3_650)
NOT_SET = ("FIREBASE_AUTH_EMULATOR_HOST", "NO_PROXY", "no_proxy")
"""What would lead the verification past its checks, or past this proxy."""
LOOK_UP_SECONDS = 0.02
"""How soon it notices that it shall end."""


@dataclass
class Google:
    """`accounts` are those that are looked up: user id to what Identity Toolkit says of it. `trouble` is the
    status of its answers while something is wrong, `slow_seconds` how long accounts let wait, `refuses_us`
    whether we are given no token of our own, `our_seconds` how long one lasts. `fetched`: of which keys it
    was asked."""

    key: LocalKey
    folder: Path
    accounts: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    trouble: int = 200
    slow_seconds: float = 0
    refuses_us: bool = False
    our_seconds: int = 3600


@contextmanager
def google() -> Iterator[Google]:
    """In Google's place until the end of the block, for this process and whatever it starts."""
    with tempfile.TemporaryDirectory() as place:
        here = Google(LocalKey(Path(place)), Path(place))
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Proxy,), {"google": here}))
        server.daemon_threads = True
        _Proxy.context = _tls(here.folder)
        threading.Thread(target=server.serve_forever, args=(LOOK_UP_SECONDS,), daemon=True).start()
        with _environment(here.folder, server.server_address[1]):
            yield here
        server.shutdown()
        server.server_close()


class _Proxy(BaseHTTPRequestHandler):
    google: Google
    context: ssl.SSLContext
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_CONNECT(self) -> None:
        self.send_response(200)
        self.end_headers()
        if self.path.partition(":")[0] not in HOSTS:
            self.close_connection = True  # nobody else is played here, and nobody else is reached
            return
        self.connection = self.context.wrap_socket(self.connection, server_side=True)
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", buffering=0)
        self.close_connection = False

    def do_GET(self) -> None:
        self.google.fetched.append(self.path)
        as_numbers = self.path == "/oauth2/v3/certs" or self.path.startswith("/service_accounts/v1/jwk/")
        self._answer(self.google.key.keys() if as_numbers else self.google.key.certs())

    def do_POST(self) -> None:
        asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.path.startswith("/token"):
            ours = {"access_token": "invented", "expires_in": self.google.our_seconds, "token_type": "Bearer"}
            self._answer(ours, status=400 if self.google.refuses_us else 200)
            return
        self.google.asked.append(self.path)
        time.sleep(self.google.slow_seconds)
        found = [self.google.accounts.get(uid) for uid in json.loads(asked).get("localId", ())]
        self._answer({"users": [one for one in found if one]} if any(found) else {})

    def _answer(self, told: Mapping[str, Any], status: int = 0) -> None:
        body = json.dumps(told).encode()
        self.send_response(status or self.google.trouble)
        self.send_header("Content-Type", "application/json")
        self.send_header("Cache-Control", "public, max-age=3600")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """A proxy that is asked a thousand times has nothing to say."""


@contextmanager
def _environment(folder: Path, port: int) -> Iterator[None]:
    account = {
        "type": "service_account",
        "client_email": "functions@visita-invented.iam.gserviceaccount.com",
        "private_key": (folder / "oidc-key.pem").read_text(),
        "token_uri": "https://oauth2.googleapis.com/token",
    }
    (folder / "account.json").write_text(json.dumps(account))
    wanted = {
        "HTTPS_PROXY": f"http://127.0.0.1:{port}",
        "REQUESTS_CA_BUNDLE": str(folder / "authority.pem"),
        "GOOGLE_APPLICATION_CREDENTIALS": str(folder / "account.json"),
    }
    before = {name: os.environ.pop(name, None) for name in (*wanted, "https_proxy", *NOT_SET)}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _tls(folder: Path) -> ssl.SSLContext:
    """An authority that this process trusts, and its certificate for Google's names."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "an authority of this test")])
    began = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + FOREVER)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(one) for one in HOSTS]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / "authority.pem").write_bytes(certificate.public_bytes(PEM))
    private = key.private_bytes(PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "authority.key").write_bytes(private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "authority.pem", folder / "authority.key")
    return context
