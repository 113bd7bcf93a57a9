"""Every mail to an employer about one referral or certificate, in Polish and English.

It names them by their numbers: whose they are, what a certificate says, and why somebody did not want to be
examined stays with us. What comes nearer is told in digest_texts.
"""

from collections.abc import Mapping
from typing import Final

from functions.referrals.domain.texts import SENDER
from shared.contracts.notice_words import Mail, Words, WordsOf, mail_of
from shared.kernel.plurals import Speech

UNIT_BACK: Final[Mapping[str, Mapping[Speech, str]]] = {
    "referrals.refused_to_employer": {
        "pl": "Badanie wróciło do Państwa pakietu.",
        "en": "The examination is in your package again.",
    },
    "referrals.missed_to_employer": {
        "pl": "Badanie wróciło do Państwa pakietu; nowy termin znów je z niego pobierze.",
        "en": "The examination is in your package again; another appointment takes one from it.",
    },
}

WORDS: Final[Mapping[str, WordsOf]] = {
    "referrals.fitness_to_employer": {
        "pl": Words(
            subject="Nowe orzeczenie lekarskie",
            lead="Orzeczenie nr {number} do skierowania nr {referral} jest gotowe. "
            "Znajdziesz je w aplikacji.",
            sender=SENDER["pl"],
        ),
        "en": Words(
            subject="A new certificate of fitness",
            lead="Certificate {number} for referral {referral} is ready. You will find it in the app.",
            sender=SENDER["en"],
        ),
    },
    "referrals.decided_to_employer": {
        "pl": Words(
            subject="Nowe orzeczenie lekarskie",
            lead="Orzeczenie nr {number}, wydane po odwołaniu, zastępuje wcześniejsze. "
            "Znajdziesz je w aplikacji.",
            sender=SENDER["pl"],
        ),
        "en": Words(
            subject="A new certificate of fitness",
            lead="Certificate {number}, issued on appeal, takes the earlier one's place. It is in the app.",
            sender=SENDER["en"],
        ),
    },
    "referrals.void_to_employer": {
        "pl": Words(
            subject="Orzeczenie lekarskie jest nieważne",
            lead="Orzeczenie nr {number} unieważniono. Sprawdź w aplikacji, czy skierować tę osobę ponownie.",
            sender=SENDER["pl"],
        ),
        "en": Words(
            subject="A certificate of fitness is void",
            lead="Certificate {number} was made void. "
            "See in the app whether this person must be referred anew.",
            sender=SENDER["en"],
        ),
    },
    "referrals.refused_to_employer": {
        "pl": Words(
            subject="Odmowa badania lekarskiego",
            lead="Osoba ze skierowania nr {referral} nie podda się badaniu. Skierowanie jest zakończone.",
            more=("{unit_back}", "Szczegóły znajdą Państwo w aplikacji."),
            sender=SENDER["pl"],
        ),
        "en": Words(
            subject="A medical examination was refused",
            lead="The person of referral {referral} will not be examined. The referral has ended.",
            more=("{unit_back}", "You will find the details in the app."),
            sender=SENDER["en"],
        ),
    },
    "referrals.missed_to_employer": {
        "pl": Words(
            subject="Nikt nie przyszedł na badanie lekarskie",
            lead="Osoba ze skierowania nr {referral} nie przyszła na badanie. Może wybrać inny termin.",
            more=("{unit_back}", "Szczegóły znajdą Państwo w aplikacji."),
            sender=SENDER["pl"],
        ),
        "en": Words(
            subject="Nobody came to a medical examination",
            lead="The person of referral {referral} did not come to the examination. "
            "They may choose another time.",
            more=("{unit_back}", "You will find the details in the app."),
            sender=SENDER["en"],
        ),
    },
}


def employer_mail(full: str, speech: Speech, number: str, referral: str, *, unit_back: bool = False) -> Mail:
    """`full`: the notice. `number` of the certificate and of the referral: what an employer may know by mail.
    `unit_back`: a package has its unit again."""
    back = UNIT_BACK[full][speech] if unit_back else ""
    return mail_of(full, WORDS[full], speech, {"number": number, "referral": referral, "unit_back": back})
