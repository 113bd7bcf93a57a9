"""What patients are told of certificates: one segment each, in both languages, and nothing of its content."""

import pytest

from functions.certificates.domain.certificate import News
from functions.certificates.domain.texts import paper_mail, paper_text
from shared.kernel.gsm import segments

TOLD = ("orzeczen", "zaswiadczen", "uszczerb", "certificate", "damage", "medical")


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("news", News)
def test_each_text_is_one_segment_in_the_cheap_alphabet(news: News, language: str) -> None:
    assert segments(paper_text(news, language).body).segments == 1


@pytest.mark.parametrize("language", ["pl", "en"])
@pytest.mark.parametrize("news", News)
def test_no_text_and_no_mail_says_what_the_document_is(news: News, language: str) -> None:
    mail = paper_mail(news, language)
    said = (paper_text(news, language).body + mail.subject + mail.text + mail.html).lower()
    assert not [word for word in TOLD if word in said]
