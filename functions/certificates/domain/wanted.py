"""What a certificate is wanted for."""

from enum import StrEnum


class CertificateKind(StrEnum):
    HEALTH_DAMAGE = "health_damage"  # percentages of a scale
    HEALTH_STATE = "health_state"  # an opinion in words


class Purpose(StrEnum):
    INSURANCE_CLAIM = "insurance_claim"
    ACCIDENT_AT_WORK = "accident_at_work"
    COURT = "court"
    PENSION = "pension"
    OWN_USE = "own_use"
    OTHER = "other"
