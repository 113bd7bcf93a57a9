"""The insurer that asked for a certificate, where one did."""

from shared.kernel.records import Sealed, Value


class Insurer(Value):
    """Who asked for the certificate, and the scale that its policies name ("" where they name none)."""

    name: str
    scale: str = ""
    claim_number: Sealed = ""
