"""The practice of this module's tests."""

from tests.functions.certificates.cases import practice

__all__ = ["practice"]
