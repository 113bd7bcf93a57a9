"""The only place where a text or a mail to a person is written: each is the letter of a notice."""

from datetime import datetime

from shared.contracts.notice_words import Mail, Text
from shared.kernel.effects import Attachment, Guard, SendMail, SendSms


def text_letter(
    said: Text,
    *,
    key: str,
    to: str,
    sender: str,
    valid_until: datetime,
    about: str,
    marker: str = "",
    once: bool = True,
    guard: Guard | None = None,
) -> SendSms:
    """As SendSms; without a marker of its own the provider's log is searched for the whole text."""
    return SendSms(
        notice=said.notice.name,
        key=key,
        to=to,
        sender=sender,
        body=said.body,
        marker=marker or said.body,
        valid_until=valid_until,
        about=about,
        once=once,
        guard=guard,
    )


def mail_letter(
    said: Mail,
    *,
    key: str,
    to: str,
    about: str,
    attachments: tuple[Attachment, ...] = (),
    guard: Guard | None = None,
) -> SendMail:
    return SendMail(
        notice=said.notice.name,
        key=key,
        to=to,
        subject=said.subject,
        text=said.text,
        html=said.html,
        attachments=attachments,
        about=about,
        guard=guard,
    )
