"""Keys for signing, made anew in each run: none is kept anywhere."""

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from infra.local.local_seal import PrivateKey, certificate_of, pem_of

__all__ = ["PrivateKey", "certificate_of", "ec_key", "pem_of", "rsa_key"]


def rsa_key() -> PrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def ec_key() -> PrivateKey:
    return ec.generate_private_key(ec.SECP256R1())
