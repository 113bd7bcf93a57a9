"""The mailbox keeps what was mailed, as it was mailed, and shows it without giving it any power."""

import json
import smtplib
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from infra.local.clock import MovableClock
from infra.local.mailbox.catcher import Mode
from infra.local.mailbox.twin import MailboxTwin

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture
def mailbox(tmp_path: Path) -> Iterator[MailboxTwin]:
    clock = MovableClock(tmp_path / "clock.json")
    clock.stop()
    clock.set(NOON)
    twin = MailboxTwin(clock=clock)
    twin.start()
    yield twin
    twin.stop()


def _post(mailbox: MailboxTwin, message_id: str = "<a@visita>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "visits@visita.example", "anna@example.org"
    message["Subject"], message["Message-ID"] = "Wizyta – zmiana", message_id
    message.set_content("Zażółć gęślą jaźń")
    message.add_alternative("<h1>Zażółć</h1><script>alert(1)</script>", subtype="html")
    message.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="wizyta ł.ics")
    with smtplib.SMTP("127.0.0.1", mailbox.smtp_port, timeout=5) as server:
        server.send_message(message)
    return message


def _get(mailbox: MailboxTwin, path: str) -> tuple[bytes, dict[str, str]]:
    with urllib.request.urlopen(mailbox.url + path, timeout=5) as answer:
        return answer.read(), dict(answer.headers)


def test_a_mail_is_kept_with_its_parts_and_the_time_of_the_clock(mailbox: MailboxTwin) -> None:
    _post(mailbox)

    (mail,) = mailbox.mails()
    assert (mail.subject, mail.sender, mail.recipients) == (
        "Wizyta – zmiana",
        "visits@visita.example",
        ("anna@example.org",),
    )
    assert mail.text.strip() == "Zażółć gęślą jaźń"
    assert mail.received_at == NOON
    assert [(one.name, one.content_type, one.content) for one in mail.attachments] == [
        ("wizyta ł.ics", "text/calendar", b"BEGIN:VCALENDAR")
    ]


def test_the_list_holds_everything_but_the_bytes(mailbox: MailboxTwin) -> None:
    _post(mailbox)

    (listed,) = json.loads(_get(mailbox, "/_messages")[0])
    assert listed["subject"] == "Wizyta – zmiana"
    assert listed["attachments"] == [{"name": "wizyta ł.ics", "content_type": "text/calendar", "size": 15}]
    assert "raw" not in listed


def test_a_page_that_asks_again_is_told_when_nothing_is_new(mailbox: MailboxTwin) -> None:
    _post(mailbox)
    seen = _get(mailbox, "/_messages")[1]["ETag"]
    again = urllib.request.Request(mailbox.url + "/_messages", headers={"If-None-Match": seen})
    with pytest.raises(urllib.error.HTTPError) as nothing_new:
        urllib.request.urlopen(again, timeout=5)
    assert nothing_new.value.code == 304

    _post(mailbox)
    with urllib.request.urlopen(again, timeout=5) as answer:
        assert len(json.load(answer)) == 2


def test_the_newest_mail_is_listed_first_and_a_second_copy_is_told_apart(mailbox: MailboxTwin) -> None:
    _post(mailbox, "<a@visita>")
    _post(mailbox, "<b@visita>")
    _post(mailbox, "<a@visita>")

    listed = json.loads(_get(mailbox, "/_messages")[0])
    assert [(one["message_id"], one["copy_number"]) for one in listed] == [
        ("<a@visita>", 2),
        ("<b@visita>", 1),
        ("<a@visita>", 1),
    ]


def test_an_attachment_can_be_downloaded_under_its_name(mailbox: MailboxTwin) -> None:
    _post(mailbox)
    (mail,) = mailbox.mails()

    content, headers = _get(mailbox, f"/_messages/{mail.id}/attachments/0")
    assert content == b"BEGIN:VCALENDAR"
    assert headers["Content-Disposition"] == "attachment; filename*=UTF-8''wizyta%20%C5%82.ics"
    assert b"Subject:" in _get(mailbox, f"/_messages/{mail.id}/raw")[0]


def test_the_html_of_a_mail_may_neither_run_nor_reach_anything(mailbox: MailboxTwin) -> None:
    _post(mailbox)
    (mail,) = mailbox.mails()

    html, headers = _get(mailbox, f"/_messages/{mail.id}/html")
    assert "Zażółć" in html.decode()
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


@pytest.mark.parametrize(
    "path",
    [
        "/_messages/0",
        "/_messages/" + "0" * 32 + "/html",
        "/static/../desk.py",
        "/static/%2e%2e/desk.py",
        "/x",
    ],
)
def test_what_is_not_there_is_not_found(mailbox: MailboxTwin, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as missing:
        _get(mailbox, path)

    assert missing.value.code == 404


def test_a_refused_person_gets_nothing(mailbox: MailboxTwin) -> None:
    mailbox.behave(Mode.REFUSES)
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        _post(mailbox)

    assert mailbox.mails() == []


def test_a_reset_forgets_mails_and_bad_manners(mailbox: MailboxTwin) -> None:
    _post(mailbox)
    mailbox.behave(Mode.REFUSES)
    urllib.request.urlopen(urllib.request.Request(mailbox.url + "/_reset", method="POST"), timeout=5).close()

    assert mailbox.mails() == []
    _post(mailbox)
    assert len(mailbox.mails()) == 1


def test_it_tells_when_it_is_ready_and_shows_a_page(mailbox: MailboxTwin) -> None:
    assert json.loads(_get(mailbox, "/healthz")[0]) == {"status": "ok"}
    assert b"<!doctype html>" in _get(mailbox, "/")[0]


def test_two_mailboxes_live_side_by_side(mailbox: MailboxTwin, tmp_path: Path) -> None:
    other = MailboxTwin(clock=MovableClock(tmp_path / "other.json"))
    other.start()
    _post(other)
    other.stop()

    assert len(other.mails()) == 1
    assert mailbox.mails() == []
