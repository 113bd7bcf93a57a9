"""What an employer is registered by; public, unlike a person's number."""

from shared.kernel.records import Value


class EmployerNumber(Value):
    """`system`: pl-nip and the like."""

    system: str
    value: str
