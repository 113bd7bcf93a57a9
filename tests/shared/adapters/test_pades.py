"""The seal of the house: valid for exactly these bytes, by this key, in time."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from shared.adapters.pades import FIELD, PadesSigner
from shared.adapters.papers import TypstPapers, unsigned
from shared.contracts.papers import PaperNotSigned
from shared.runtime.settings import Settings
from shared.runtime.wiring import Wiring
from tests.pdf_text import text_of
from tests.shared.adapters.a_paper import POLISH
from tests.shared.adapters.a_seal import PrivateKey, certificate_of, ec_key, pem_of, rsa_key


@cache
def paper() -> bytes:
    """Set when the first test wants it: what sets papers keeps threads, which no fork survives."""
    return TypstPapers(unsigned).certificate(POLISH)


def in_the_title() -> int:
    return paper().rindex(b"VM/2026/000123")


def in_a_picture() -> int:
    return paper().index(b"stream") + 40


@pytest.fixture(scope="module", params=[rsa_key, ec_key])
def key(request: pytest.FixtureRequest) -> PrivateKey:
    made: PrivateKey = request.param()
    return made


@pytest.fixture(scope="module")
def certificate(key: PrivateKey) -> str:
    return certificate_of(key)


@pytest.fixture(scope="module")
def signed(key: PrivateKey, certificate: str) -> bytes:
    return PadesSigner(pem_of(key), certificate).sign(paper())


def checked(pdf: bytes, certificate: str) -> Any:
    """As a reader checks it that trusts this certificate and no other."""
    from pyhanko.keys import load_certs_from_pemder_data
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    (root,) = load_certs_from_pemder_data(certificate.encode())
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))


def test_it_is_valid_and_covers_the_whole_file(signed: bytes, certificate: str) -> None:
    status = checked(signed, certificate)
    assert (status.valid, status.intact, status.trusted) == (True, True, True)
    assert status.coverage.name == "ENTIRE_FILE"


def test_the_paper_itself_is_not_touched(signed: bytes) -> None:
    assert signed.startswith(paper())
    assert text_of(signed) == text_of(paper())


def test_it_is_pades_allows_no_change_and_leaves_the_claims_of_the_paper(signed: bytes) -> None:
    with pikepdf.open(BytesIO(signed)) as pdf, pikepdf.open(BytesIO(paper())) as before:
        (field,) = pdf.Root.AcroForm.Fields
        assert (str(field.T), str(field.V.SubFilter)) == (FIELD, "/ETSI.CAdES.detached")
        assert pdf.Root.Perms.DocMDP.Reference[0].TransformParams.P == 1
        assert pdf.Root.Metadata.read_bytes() == before.Root.Metadata.read_bytes()
        assert (pdf.pdf_version, "/Version" in pdf.Root) == ("1.7", False)
        printed, hidden = 4, 2  # what PDF/A wants of a field
        assert int(field.F) & (printed | hidden) == printed


@pytest.mark.parametrize("place", [in_the_title, in_a_picture])
def test_one_flipped_bit_breaks_it(signed: bytes, certificate: str, place: Callable[[], int]) -> None:
    changed = bytearray(signed)
    changed[place()] ^= 1
    assert not checked(bytes(changed), certificate).intact


def test_another_key_does_not_pass_for_ours(certificate: str) -> None:
    other = ec_key()
    forged = PadesSigner(pem_of(other), certificate_of(other)).sign(paper())
    assert not checked(forged, certificate).trusted


def test_the_poppler_reader_agrees(signed: bytes, tmp_path: Path) -> None:
    if not shutil.which("pdfsig"):
        pytest.skip("pdfsig is not installed: apt-get install poppler-utils")
    (tmp_path / "good.pdf").write_bytes(signed)
    (tmp_path / "bad.pdf").write_bytes(signed.replace(b"VM/2026/000123", b"VM/2026/000124"))
    good, bad = (
        subprocess.run(["pdfsig", tmp_path / name], capture_output=True, text=True, check=False).stdout
        for name in ("good.pdf", "bad.pdf")
    )
    assert "Signature is Valid" in good
    assert "Total document signed" in good
    assert "Signature is Valid" not in bad


def test_a_certificate_out_of_date_signs_nothing() -> None:
    key = ec_key()
    with pytest.raises(PaperNotSigned, match="out of date"):
        PadesSigner(pem_of(key), certificate_of(key, valid_for=timedelta(days=-1))).sign(paper())


def test_a_certificate_of_another_key_signs_nothing() -> None:
    with pytest.raises(PaperNotSigned, match="belong together"):
        PadesSigner(pem_of(ec_key()), certificate_of(ec_key())).sign(paper())


def test_certificates_above_travel_with_the_signature() -> None:
    key, above = ec_key(), certificate_of(rsa_key())
    alone = PadesSigner(pem_of(key), certificate_of(key)).sign(paper())
    assert len(PadesSigner(pem_of(key), certificate_of(key) + above).sign(paper())) > len(alone)


class _Timestamps(BaseHTTPRequestHandler):
    """A timestamp service: at `/away` it is out, elsewhere it signs with a key of its own."""

    def do_POST(self) -> None:
        if self.path == "/away":
            self.send_error(503)
            return
        answer = _stamped(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


def _stamped(asked: bytes) -> bytes:
    from asn1crypto.tsp import TimeStampReq
    from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
    from pyhanko.sign.timestamps import DummyTimeStamper

    key = rsa_key()
    (own,) = load_certs_from_pemder_data(certificate_of(key).encode())
    service = DummyTimeStamper(own, load_private_key_from_pemder_data(pem_of(key).encode(), None))
    return bytes(service.request_tsa_response(TimeStampReq.load(asked)).dump())


@pytest.fixture(scope="module")
def timestamps() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Timestamps)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_timestamp_travels_with_the_signature(timestamps: str) -> None:
    key = ec_key()
    stamped = PadesSigner(pem_of(key), certificate := certificate_of(key), f"{timestamps}/").sign(paper())
    status = checked(stamped, certificate)
    assert status.intact
    assert status.timestamp_validity.intact


@pytest.mark.parametrize("nobody_listens", [True, False])
def test_without_the_timestamp_it_was_told_to_fetch_it_signs_nothing(
    timestamps: str, nobody_listens: bool
) -> None:
    address = "http://127.0.0.1:9" if nobody_listens else f"{timestamps}/away"
    key = ec_key()
    with pytest.raises(PaperNotSigned, match="timestamp"):
        PadesSigner(pem_of(key), certificate_of(key), address).sign(paper())


def test_the_settings_decide_whether_papers_are_signed(key: PrivateKey, certificate: str) -> None:
    with_key = Settings(signing_key=pem_of(key), signing_certificates=certificate)
    assert checked(Wiring(with_key).papers.sign(paper()), certificate).intact
    assert Wiring(Settings()).papers.sign(paper()) == paper()
