"""What a story waits for before it goes on: an offer delivered, an answer read, a booking, a mail."""

from datetime import timedelta
from typing import Any, Final

from functions.directory.read_doctor import ReadDoctor, read_doctor
from infra.local.demos.people import ZOFIA
from infra.local.demos.promises import ours
from infra.local.demos.stage import Person, Stage

HALF_A_MINUTE: Final = timedelta(seconds=35)
"""After which a clinic that did not answer is asked what became of the booking."""
LATER: Final = timedelta(minutes=15)
"""Long enough for whatever would be sent twice to have been sent."""
OPEN: Final = ("planned", "sending", "sent", "delivered")
"""States of an offer that nobody has answered."""


def asked(stage: Stage, doctor: Person) -> None:
    """The doctor has the text, and the report that says so has come back."""
    stage.cloud.until(f"the offer to {doctor.name}", lambda: _offer(stage, doctor).asked_at)
    stage.pass_time()
    stage.cloud.until(
        f"the report on the offer to {doctor.name}",
        lambda: _offer(stage, doctor).status == "delivered" or None,
    )


def is_silent(stage: Stage, doctor: Person, minute: int) -> None:
    """Until it is the next one's turn, at that minute after nine."""
    stage.wait_until(9, minute - 1)
    stage.says(doctor.name, "does not answer.")
    stage.wait_until(9, minute)
    stage.pass_time()


def answers(stage: Stage, doctor: Person, body: str) -> None:
    send(stage, doctor, body)
    stage.tell_texts()
    stage.cloud.until(
        f"the answer of {doctor.name}", lambda: _offer(stage, doctor).status not in OPEN or None
    )
    stage.pass_time()


def send(stage: Stage, doctor: Person, body: str) -> None:
    """To the number that texted last."""
    stage.person_texts(doctor, body, to=ours(stage, doctor)[-1]["from"])


def is_in(stage: Stage, status: str) -> Any:
    """The visit, once it is in that state."""

    def there() -> Any:
        visit = stage.visit()
        return visit if visit.status == status else None

    return stage.cloud.until(f"a visit that is {status}", there)


def did(stage: Stage, what: str) -> None:
    """Such a line stands in the log."""
    stage.cloud.until(what.replace("_", " "), lambda: any(one.did == what for one in stage.log()) or None)


def patient_is_told(stage: Stage, patient: Person) -> None:
    """By text and by mail; shows both."""

    def both() -> Any:
        stage.pass_time()
        mails = stage.mails_to(ZOFIA.email)
        return mails if mails and ours(stage, patient) else None

    for mail in stage.cloud.until("the mail to the patient", both):
        files = ", ".join(one["name"] for one in mail["attachments"])
        stage.says("Mailbox", f"{patient.name} has a mail: “{mail['subject']}”, with {files}.")


def may_be_texted(stage: Stage, doctor: Person, wanted: bool) -> None:
    """What the directory says of the doctor's phone, once it says so."""

    def told() -> Any:
        known = stage.cloud.app.call(read_doctor, ReadDoctor(doctor_id=doctor.id), stage.cloud.staff())
        return any(one.number == doctor.phone and one.opted_out is not wanted for one in known.phones) or None

    stage.cloud.until(f"{doctor.name}'s phone in the directory", told)


def _offer(stage: Stage, doctor: Person) -> Any:
    return next(one for one in stage.visit().cascade.offers if one.doctor_id == doctor.id)
