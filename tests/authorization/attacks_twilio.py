"""Attacks on the texts and reports that Twilio brings: by whoever has seen a genuine call, or has none."""

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

from tests.authorization.attacks import Attack, Sent
from tests.authorization.production import TWILIO_TOKENS
from tests.authorization.recut import recut
from tests.authorization.twilio_calls import (
    ACCOUNT,
    OLD,
    QUERY,
    REPORT,
    SMS,
    STATUS,
    TEXT,
    Form,
    signature,
    text,
)


def genuine() -> Iterator[Attack]:
    """What must go through, or refusing everything would pass."""
    picture = TEXT | {
        "NumMedia": "1",
        "MediaUrl0": "https://api.twilio.com/2010-04-01/a/ME0a",
        "MediaContentType0": "image/png",
    }
    texts = {
        "a text": TEXT,
        "a text of many lines": TEXT | {"Body": "tak\nFrom: mnie\r\n+48 512 & = % zażółć 🙂"},
        "a picture": picture,
        "from a town": TEXT | {"FromCity": "FROMBORK", "FromZip": "14-530", "FromCountry": "PL"},
        "a word to stop": TEXT | {"Body": "STOP", "OptOutType": "STOP"},
    }
    for name, form in texts.items():
        yield Attack(name, "messaging__receive_sms", 200, _as_is(text(form, signature(SMS, form))))
    old = text(TEXT, signature(SMS, TEXT, OLD))
    yield Attack("the token on its way out", "messaging__receive_sms", 200, _as_is(old))
    seal = signature(f"{STATUS}?{QUERY}", REPORT)
    yield Attack("a report", "messaging__note_sms_status", 200, _as_is(text(REPORT, seal, QUERY)))
    for name, sent in _harmless().items():
        yield Attack(f"a text with {name}", "messaging__receive_sms", 200, _as_is(sent))


def _harmless() -> Mapping[str, Sent]:
    """Headers of proxies, which are not signed: they change nothing that is."""
    seal = signature(SMS, TEXT)
    return {
        "another host's name": text(TEXT, seal, Host="evil.example", X_Forwarded_Host="evil.example"),
        "another scheme's name": text(TEXT, seal, X_Forwarded_Proto="http"),
        "an idempotency token": text(TEXT, seal, I_Twilio_Idempotency_Token="x" * 5000),
    }


def forged() -> Iterator[Attack]:
    for name, sent in {**_tampered(), **recut(), **_other_urls(), **_seals(), **_bodies()}.items():
        yield Attack(name, "messaging__receive_sms", 403, _as_is(sent))
    for name, sent in _reports().items():
        yield Attack(name, "messaging__note_sms_status", 403, _as_is(sent))


def _tampered() -> Mapping[str, Sent]:
    """A genuine signature over something else."""
    seal, without_body = signature(SMS, TEXT), {name: one for name, one in TEXT.items() if name != "Body"}
    changes: dict[str, Form] = {
        "another answer": TEXT | {"Body": "NIE 7KJ"},
        "one letter more": TEXT | {"Body": "TAK 7KJ "},
        "a look-alike letter": TEXT | {"Body": "ТAK 7KJ"},
        "another phone": TEXT | {"From": "+48512000901"},
        "another number of ours": TEXT | {"To": "+48732230002"},
        "another id": TEXT | dict.fromkeys(("MessageSid", "SmsSid", "SmsMessageSid"), "SM" + "0b" * 16),
        "without the text": without_body,
        "the text by another case": without_body | {"body": TEXT["Body"]},
        "one more, empty": TEXT | {"OptOutType": ""},
        "one more, for a stop": TEXT | {"OptOutType": "STOP"},
        "nothing at all": {},
    }
    told = {name: text(form, seal) for name, form in changes.items()}
    foreign = TEXT | {"AccountSid": "AC" + "8" * 32}
    told["another account, signed with our token"] = text(foreign, signature(SMS, foreign))
    in_capitals = TEXT | {"AccountSid": ACCOUNT.lower()}
    told["our account in other letters"] = text(in_capitals, signature(SMS, in_capitals))
    return told


def _other_urls() -> Mapping[str, Sent]:
    urls = {
        "signed for http": SMS.replace("https", "http"),
        "signed for another host": SMS.replace("api.", "test."),
        "signed for another port": SMS.replace(".example/", ".example:8443/"),
        "signed for the reports": STATUS,
        "signed with a slash": SMS + "/",
        "signed with a query": SMS + "?a=1",
        "signed in capitals": SMS.upper(),
    }
    told = {name: text(TEXT, signature(url, TEXT)) for name, url in urls.items()}
    return told | _urls_told_otherwise()


def _urls_told_otherwise() -> dict[str, Sent]:
    """Signed for one address, and a query or a header that speaks of another."""
    told = {}
    seal = signature(SMS, TEXT)
    told["a query added"] = text(TEXT, seal, "Body=NIE")
    told["the text moved into the query"] = text(
        {name: one for name, one in TEXT.items() if name != "Body"}, seal, "Body=TAK+7KJ"
    )
    signed_for_http = signature(SMS.replace("https", "http"), TEXT)
    told["http, and a proxy that says so"] = text(
        TEXT, signed_for_http, X_Forwarded_Proto="http", X_Forwarded_Port="80"
    )
    elsewhere = signature("https://evil.example/v1/webhooks/twilio/sms", TEXT)
    told["another host, and a proxy that says so"] = text(
        TEXT,
        elsewhere,
        Host="evil.example",
        X_Forwarded_Host="evil.example",
        X_Original_URL="https://evil.example/v1/webhooks/twilio/sms",
    )
    return told


def _seals() -> Mapping[str, Sent]:
    right = signature(SMS, TEXT)
    seals = {
        "no signature": "",
        "a retired token": signature(SMS, TEXT, "the-token-of-last-year"),
        "the token that comes with the code": signature(SMS, TEXT, "local-twilio-token"),
        "an empty token": signature(SMS, TEXT, ""),
        "the account for a token": signature(SMS, TEXT, ACCOUNT),
        "both tokens as one": signature(SMS, TEXT, ",".join(TWILIO_TOKENS)),
        "a signature cut short": right[:-1],
        "a signature in small letters": right.lower(),
        "two signatures": f"{right},{right}",
        "a signature and a line": f"{right}\r\nX-Admin: 1",
        "a signature of another alphabet": "ł" * 28,
    }
    told = {name: text(TEXT, seal) for name, seal in seals.items()}
    told["a signature by a bearer"] = Sent(urlencode(TEXT).encode(), {"Authorization": f"Bearer {right}"})
    told["a signature under another name"] = Sent(urlencode(TEXT).encode(), {"X-Twilio-Signature-2": right})
    shared = "key=x,algorithm=HMAC_SHA256"
    told["another algorithm asked for"] = text(TEXT, "", X_Twilio_Webhooks_Signature_Settings=shared)
    return told


def _bodies() -> Mapping[str, Sent]:
    seal, body = {"X-Twilio-Signature": signature(SMS, TEXT)}, urlencode(TEXT).encode()
    return {
        "the text said twice": Sent(body + b"&Body=NIE", seal),
        "the text said twice alike": Sent(body + b"&Body=TAK+7KJ", seal),
        "the phone said first by another": Sent(b"From=%2B48512000901&" + body, seal),
        "broken letters": Sent(body + b"&FromCity=%ff%fe", seal),
        "hundreds of fields": Sent(body + b"".join(b"&x%d=1" % one for one in range(300)), seal),
        "another parcel": Sent(b'{"Body": "TAK 7KJ"}', {**seal, "Content-Type": "application/json"}),
    }


def _reports() -> Mapping[str, Sent]:
    url, seal = f"{STATUS}?{QUERY}", signature(f"{STATUS}?{QUERY}", REPORT)
    bare = signature(STATUS, REPORT)
    return {
        "another letter in the query": text(REPORT, seal, "m=letter-other&a=1"),
        "another attempt in the query": text(REPORT, seal, "m=letter-own&a=2"),
        "one more letter in the query": text(REPORT, seal, f"{QUERY}&m=letter-other"),
        "the query turned round": text(REPORT, seal, "a=1&m=letter-own"),
        "the query written otherwise": text(REPORT, seal, "m=letter%2Down&a=1"),
        "no query": text(REPORT, seal),
        "a query that was not signed": text(REPORT, bare, QUERY),
        "another end": text(REPORT | {"MessageStatus": "failed"}, seal, QUERY),
        "an error added": text(REPORT | {"ErrorCode": "21610"}, seal, QUERY),
        "the query in the body": text(REPORT | {"m": "letter-own", "a": "1"}, bare),
        "signed for texts": text(REPORT, signature(f"{SMS}?{QUERY}", REPORT), QUERY),
        "a report cut into the query": text(
            {name: one for name, one in REPORT.items() if name != "AccountSid"},
            seal,
            f"{QUERY}AccountSid{ACCOUNT}",
        ),
        "a retired token": text(REPORT, signature(url, REPORT, "the-token-of-last-year"), QUERY),
    }


def _as_is(sent: Sent) -> Callable[[object], Sent]:
    return lambda _: sent
