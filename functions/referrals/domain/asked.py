"""A search that is kept: of referrals or of certificates, with its filters, to be saved or exported."""

from typing import Literal, Self

from pydantic import Field, model_validator

from functions.referrals.domain.certificate_search import Asker, CertificateFilter, certificates_where
from functions.referrals.domain.referral_search import ReferralFilter, referrals_where
from shared.kernel.ports import Query, Seals
from shared.kernel.records import Value

What = Literal["referrals", "certificates"]


class Asked(Value):
    """Exactly one of the two."""

    referrals: ReferralFilter | None = Field(None, examples=[{"status": "issued"}])
    certificates: CertificateFilter | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.referrals is None) == (self.certificates is None):
            raise ValueError("ask for referrals or for certificates")
        return self

    @property
    def what(self) -> What:
        return "referrals" if self.referrals is not None else "certificates"


def query_of_asked(asked: Asked, asker: Asker, seals: Seals) -> Query:
    """Raises NotYoursToAsk, CombinationNotServed."""
    if asked.referrals is not None:
        return referrals_where(asked.referrals, asker.employer_id, seals, asker.tenant_id, asker.zone)
    assert asked.certificates is not None  # one of them is there
    return certificates_where(asked.certificates, asker, seals)
