"""The seal on papers that this machine prints: signed by itself, so no reader takes it for a clinic's."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
MARK = "local-signing-key\n"
"""Before the PEM, where PEM allows any text: the cloud refuses keys that begin with local-."""
BACKDATED = timedelta(days=400)
YEARS_TEN = timedelta(days=3_650)

_PEM = serialization.Encoding.PEM


def local_seal(key: PrivateKey) -> dict[str, str]:
    """The variables that make the functions sign with this key."""
    return {"VISITA_SIGNING_KEY": MARK + pem_of(key), "VISITA_SIGNING_CERT": certificate_of(key)}


def pem_of(key: PrivateKey) -> str:
    kind, secrecy = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    return key.private_bytes(_PEM, kind, secrecy).decode()


def certificate_of(key: PrivateKey, valid_for: timedelta = YEARS_TEN) -> str:
    """A negative validity has ended that long ago. Each has another name, as they all have another key."""
    now, number = datetime.now(UTC), x509.random_serial_number()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"visita local seal {number % 10**6}")])
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(number)
        .not_valid_before(now - BACKDATED)
        .not_valid_after(now + valid_for)
        .add_extension(_for_signing_only(), critical=True)
    )
    return built.sign(key, hashes.SHA256()).public_bytes(_PEM).decode()


def _for_signing_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
