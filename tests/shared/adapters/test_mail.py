"""A mail is handed over once, or we know that it was not, or we know that we do not know."""

import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from infra.local.clock import MovableClock
from infra.local.mailbox.catcher import Mode
from infra.local.mailbox.twin import MailboxTwin
from infra.rendering.notices import mails, words
from shared.adapters.mail import SmtpMail
from shared.contracts.mail import MailDelayed, MailRefused, MailUnknown, OutboundMail

SENDER = "visits@visita.example"
INVITATION = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
MAIL = OutboundMail(
    to="anna@example.org",
    subject="Wizyta domowa – Mokotów",
    text="Dzień dobry, wizyta o 16:00.\n",
    html="<p>Dzień dobry, wizyta o <b>16:00</b>.</p>",
    attachments=(("wizyta.ics", "text/calendar; method=REQUEST; charset=utf-8", INVITATION),),
    message_id="<letter-1@visita>",
)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[MailboxTwin]:
    twin = MailboxTwin(clock=MovableClock(tmp_path / "clock.json"))
    twin.start()
    yield twin
    twin.stop()


@pytest.fixture
def mail(mailbox: MailboxTwin) -> SmtpMail:
    return SmtpMail("127.0.0.1", mailbox.smtp_port, SENDER)


def _but(**changes: object) -> OutboundMail:
    return OutboundMail(**(MAIL.__dict__ | changes))


def test_a_mail_arrives_as_it_was_written(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    mail.send(MAIL)

    (kept,) = mailbox.mails()
    assert (kept.sender, kept.recipients, kept.subject) == (SENDER, ("anna@example.org",), MAIL.subject)
    assert kept.text.replace("\r\n", "\n") == MAIL.text
    assert kept.html.strip() == MAIL.html
    assert kept.message_id == "<letter-1@visita>"
    assert [(one.name, one.content) for one in kept.attachments] == [("wizyta.ics", INVITATION)]


def test_an_invitation_stays_one(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    mail.send(MAIL)

    message = message_from_bytes(mailbox.mails()[0].raw, policy=default)
    (part,) = message.iter_attachments()
    assert part["Content-Type"].params["method"] == "REQUEST"
    assert part.get_content_type() == "text/calendar"


def test_it_is_dated_and_asks_for_no_automatic_answers(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    mail.send(MAIL)

    message = message_from_bytes(mailbox.mails()[0].raw, policy=default)
    assert abs((message["Date"].datetime - datetime.now(UTC)).total_seconds()) < 60
    assert message["Auto-Submitted"] == "auto-generated"


def test_a_mail_without_html_is_plain(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    mail.send(_but(html="", attachments=()))

    assert message_from_bytes(mailbox.mails()[0].raw, policy=default).get_content_type() == "text/plain"


def test_a_notice_travels_as_text_and_as_a_page_of_one_mail(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    digest = mails("referrals.digest", words()["referrals.digest"], "pl")[-1]
    mail.send(_but(subject=digest.subject, text=digest.text, html=digest.html, attachments=()))

    (kept,) = mailbox.mails()
    message = message_from_bytes(kept.raw, policy=default)
    assert message.get_content_type() == "multipart/alternative"
    parts = [(one.get_content_type(), one.get_content_charset()) for one in message.iter_parts()]
    assert parts == [("text/plain", "utf-8"), ("text/html", "utf-8")]
    assert (kept.subject, kept.text.replace("\r\n", "\n")) == (digest.subject, digest.text)
    assert kept.html.replace("\r\n", "\n") == digest.html


def test_a_second_copy_carries_the_same_id(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    mail.send(MAIL)
    mail.send(MAIL)

    assert [(one.message_id, one.copy_number) for one in mailbox.mails()] == [
        ("<letter-1@visita>", 1),
        ("<letter-1@visita>", 2),
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"to": "anna@example.org\nBcc: everyone@example.org"},
        {"to": "anna@example.org, everyone@example.org"},
        {"to": "nobody"},
        {"to": ""},
        {"subject": "visit\r\nBcc: everyone@example.org"},
        {"message_id": "<a@visita>\nBcc: everyone@example.org"},
    ],
)
def test_nothing_can_be_smuggled_into_the_headers(
    mail: SmtpMail, mailbox: MailboxTwin, changes: dict[str, object]
) -> None:
    with pytest.raises(MailRefused):
        mail.send(_but(**changes))
    assert mailbox.mails() == []


def test_a_refused_address_is_a_definite_no(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    mailbox.behave(Mode.REFUSES)

    with pytest.raises(MailRefused):
        mail.send(MAIL)


def test_a_greylisted_mail_may_be_sent_again(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    mailbox.behave(Mode.GREYLISTS)
    with pytest.raises(MailDelayed):
        mail.send(MAIL)

    mailbox.behave(Mode.NONE)
    mail.send(MAIL)
    assert len(mailbox.mails()) == 1


@pytest.mark.parametrize(("mode", "kept"), [(Mode.TAKES_AND_HANGS_UP, 1), (Mode.HANGS_UP, 0)])
def test_a_lost_answer_leaves_the_outcome_unknown(
    mail: SmtpMail, mailbox: MailboxTwin, mode: Mode, kept: int
) -> None:
    mailbox.behave(mode)

    with pytest.raises(MailUnknown):
        mail.send(MAIL)
    assert len(mailbox.mails()) == kept


def test_where_nobody_listens_it_is_worth_trying_again() -> None:
    with socket.socket() as reserved:
        reserved.bind(("127.0.0.1", 0))
        with pytest.raises(MailDelayed):
            SmtpMail("127.0.0.1", reserved.getsockname()[1], SENDER).send(MAIL)


def test_a_server_that_never_greets_is_not_waited_for_for_ever() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        impatient = SmtpMail("127.0.0.1", silent.getsockname()[1], SENDER, timeout_seconds=0.2)
        with pytest.raises(MailUnknown):
            impatient.send(MAIL)


def test_a_password_is_never_said_without_encryption(mailbox: MailboxTwin) -> None:
    with pytest.raises(MailRefused):
        SmtpMail("127.0.0.1", mailbox.smtp_port, SENDER, user="visita", password="secret").send(MAIL)

    assert mailbox.mails() == []


def test_many_mails_at_once_all_arrive(mail: SmtpMail, mailbox: MailboxTwin) -> None:
    threads = [
        threading.Thread(target=mail.send, args=(_but(message_id=f"<{n}@visita>"),)) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {one.message_id for one in mailbox.mails()} == {f"<{n}@visita>" for n in range(20)}
