"""The key that signs identity tokens on this machine, as Google signs them in production."""

import hashlib
import json
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

KEY_FILE = "oidc-key.pem"
ISSUER = "https://accounts.google.com"
LIFETIME = timedelta(hours=1)
KEY_BITS = 2048
CERTIFICATE_DAYS = 3_650

_PEM = serialization.Encoding.PEM


class LocalKey:
    """One RSA key, created once in the directory; every process that opens it signs with the same."""

    def __init__(self, directory: Path) -> None:
        self.private = _load_or_create(directory / KEY_FILE)
        self._id = _key_id(self.private)
        self._certificate = _certificate_of(self.private)

    def token(self, audience: str, email: str, lifetime: timedelta = LIFETIME) -> str:
        """A signed identity token of a service account for one audience.

        `iat` and `exp` are REAL time, not the movable clock: the library that verifies them reads the
        computer's time and knows no other. A negative lifetime makes a token that has run out.
        """
        now = int(time.time())
        subject = str(int(hashlib.sha256(email.encode()).hexdigest()[:16], 16))
        claims = {
            "iss": ISSUER,
            "aud": audience,
            "azp": subject,
            "sub": subject,
            "email": email,
            "email_verified": True,
            "iat": min(now, now + int(lifetime.total_seconds())),
            "exp": now + int(lifetime.total_seconds()),
        }
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self._id})

    def certs(self) -> dict[str, str]:
        """As at googleapis.com/oauth2/v1/certs: key id to X.509 certificate."""
        return {self._id: self._certificate}

    def keys(self) -> dict[str, list[dict[str, str]]]:
        """The same as at googleapis.com/oauth2/v3/certs: a JWK set."""
        numbers = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        told = {name: numbers[name] for name in ("kty", "n", "e")}
        return {"keys": [{**told, "kid": self._id, "alg": "RS256", "use": "sig"}]}


def service_account(name: str, project: str) -> str:
    """The e-mail that production would see, e.g. cloud-tasks@demo-visita.iam.gserviceaccount.com."""
    return f"{name}@{project}.iam.gserviceaccount.com"


def _load_or_create(file: Path) -> rsa.RSAPrivateKey:
    if not file.exists():
        _create(file)
    key = serialization.load_pem_private_key(file.read_bytes(), password=None)
    if not isinstance(key, rsa.RSAPrivateKey):
        raise TypeError(f"{file} is not an RSA key; remove it and a new one will be made")
    return key


def _create(file: Path) -> None:
    """Written aside and then linked: of two parts that start together, one key wins and both use it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    key = rsa.generate_private_key(public_exponent=65537, key_size=KEY_BITS)
    pem = key.private_bytes(_PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    handle, name = tempfile.mkstemp(prefix=f"{KEY_FILE}.", dir=file.parent)  # mode 0600
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(pem)
        file.hardlink_to(aside)
    except FileExistsError:
        return
    finally:
        aside.unlink()


def _key_id(key: rsa.RSAPrivateKey) -> str:
    der = serialization.Encoding.DER
    public = key.public_key().public_bytes(der, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(public).hexdigest()[:40]


def _certificate_of(key: rsa.RSAPrivateKey) -> str:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "visita local cloud")])
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(yesterday)
        .not_valid_after(yesterday + timedelta(days=CERTIFICATE_DAYS))
        .sign(key, hashes.SHA256())
    )
    return certificate.public_bytes(_PEM).decode()
