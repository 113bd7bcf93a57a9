"""Which certificates of fitness a list holds."""

from shared.kernel.ports import Query


def of_person(patient_id: str) -> Query:
    """The newest first."""
    return Query(
        "fitness_certificates",
        where=(("patient_id", "==", patient_id),),
        order=(("issued_at", "desc"), ("id", "desc")),
    )
