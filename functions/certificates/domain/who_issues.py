"""Whose letterhead, numbers and page of verification a certificate bears: taken from the settings."""

from typing import Final, Protocol

from functions.certificates.domain.certificate_paper import Issuer

VERIFY_PATH: Final = "/v1/certificates:verify"


class Said(Protocol):
    """What the deployment says of itself."""

    @property
    def issuer_code(self) -> str: ...

    @property
    def issuer_name(self) -> str: ...

    @property
    def issuer_address(self) -> tuple[str, ...]: ...

    @property
    def check_url(self) -> str: ...

    @property
    def public_url(self) -> str: ...


def issuer_from(settings: Said) -> Issuer:
    return Issuer(
        code=settings.issuer_code,
        name=settings.issuer_name,
        address_lines=settings.issuer_address,
        check_url=settings.check_url or f"{settings.public_url}{VERIFY_PATH}",
    )
