"""Fixtures of the directory's tests."""

from tests.functions.directory.customer import customer

__all__ = ["customer"]
