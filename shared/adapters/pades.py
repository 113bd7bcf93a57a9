"""Signs PDFs as PAdES: the seal of the house after the paper's bytes, timestamped where a service is named.

The signature cannot be seen on the page. The doctor who is answerable is named in print; what signs is the
key of the house, and its stamp would look like the doctor's own hand. Readers show it in their bar. Having no
box on the page, it also leaves the claims to PDF/A and PDF/UA as they are.

It certifies: whoever changes or adds anything afterwards breaks it.
"""

import sys
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING, Final

from shared.adapters.fewer_imports import stood_in
from shared.contracts.papers import PaperNotSigned

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import BasePdfFileWriter
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD: Final = "VisitaSeal"
DIGEST: Final = "sha256"
TIMESTAMP_TIMEOUT_SECONDS: Final = 8


class PadesSigner:
    """`key` is a private key without a passphrase; `certificates` its own, then those above it; all as PEM.

    `timestamp_url` is a service of RFC 3161; empty for none.
    """

    def __init__(self, key: str, certificates: str, timestamp_url: str = "") -> None:
        self._key = key.encode()
        self._certificates = certificates.encode()
        self._timestamp_url = timestamp_url

    def sign(self, pdf: bytes) -> bytes:
        """The paper's bytes, then the signature. Raises PaperNotSigned."""
        _load()
        from pyhanko.sign.timestamps.common_utils import TimestampRequestError

        signing = _signing(self._signer(), self._timestamper())
        out = BytesIO()
        try:
            signing.sign_pdf(_writer(pdf), output=out)
        except (TimestampRequestError, OSError) as away:
            raise PaperNotSigned("the timestamp service did not answer") from away
        return out.getvalue()

    def _signer(self) -> "SimpleSigner":
        from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
        from pyhanko.sign.signers import SimpleSigner

        own, *above = load_certs_from_pemder_data(self._certificates)
        _refuse_out_of_date(own)
        if _public_key_of(self._key) != own.public_key.dump():
            raise PaperNotSigned("key and certificate do not belong together")
        key = load_private_key_from_pemder_data(self._key, passphrase=None)
        return SimpleSigner(own, key, _store_of(above))

    def _timestamper(self) -> "TimeStamper | None":
        if not self._timestamp_url:
            return None
        from pyhanko.sign.timestamps.requests_client import RequestsHTTPTimeStamper

        seconds = TIMESTAMP_TIMEOUT_SECONDS
        return RequestsHTTPTimeStamper(self._timestamp_url, timeout=seconds)  # type: ignore[no-untyped-call]


def _load() -> None:
    """pyhanko without the HTTP client by which it would fetch certificates: all are at hand."""
    if "pyhanko.sign.signers" not in sys.modules:
        with stood_in("aiohttp"):
            import_module("pyhanko.sign.signers")


def _store_of(above: "list[Certificate]") -> "SimpleCertificateStore":
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple(above)
    return store


def _public_key_of(key: bytes) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

    public = load_pem_private_key(key, password=None).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _refuse_out_of_date(own: "Certificate") -> None:
    """By REAL time, not the movable clock: so does everybody who verifies, and a late seal convinces none."""
    if not own.not_valid_before <= datetime.now(UTC) <= own.not_valid_after:
        raise PaperNotSigned("the signing certificate is out of date")


def _writer(pdf: bytes) -> "IncrementalPdfFileWriter":
    """Adds to the file and leaves what it says of itself: the claim to PDF/A is not written anew."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    class Keeping(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            pass

    return Keeping(BytesIO(pdf))


def _signing(signer: "SimpleSigner", timestamper: "TimeStamper | None") -> "PdfSigner":
    """Signs as PDF 1.7 knows it, also with elliptic curves: PDF 2.0, which names them, is no PDF/A-2."""
    from pyhanko.sign.signers import PdfSigner, constants

    class OfPdf17(PdfSigner):
        def register_extensions(self, pdf_out: "BasePdfFileWriter", *, md_algorithm: str) -> None:
            pdf_out.register_extension(constants.ESIC_EXTENSION_1)

    return OfPdf17(_terms(), signer=signer, timestamper=timestamper, new_field_spec=_unseen_field())


def _terms() -> "PdfSignatureMetadata":
    from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    return PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )


def _unseen_field() -> "SigFieldSpec":
    """Printable, as PDF/A wants it, and off the page, as PDF/UA wants what has no place in the text."""
    from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec

    return SigFieldSpec(FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
