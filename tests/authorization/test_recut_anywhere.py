"""Whatever somebody writes into a text: of all ways to cut it, only the true one is believed."""

import re
from collections.abc import Iterator

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from shared.adapters.twilio_signature import INBOUND, BadWebhook, check_text, check_webhook, verify
from tests.authorization.twilio_calls import ACCOUNT, NEW, SID, SMS, TEXT, Form, signature

NAMES = sorted(INBOUND)
PIECES = st.sampled_from(
    [
        *(*NAMES, "ButtonText", "TAK", "7KJ", "+48512000901", "TAXI", "x", " ", "0", "1", "STOP"),
        *("received", SID, ACCOUNT, "https://api.twilio.com/a", "image/png", "PL"),
    ]
)


@settings(max_examples=25, deadline=None, phases=[Phase.generate])  # to shrink one takes minutes
@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(["+48512000900", "12345"]))
def test_a_text_has_one_reading(body: str, sender: str) -> None:
    written = TEXT | {"Body": body, "From": sender}
    seal = signature(SMS, written)
    signed = "".join(name + written[name] for name in sorted(written))
    found = list(_readings(signed, "", {}))
    assert written in found
    assert [one for one in found if _is_believed(one, seal)] == [written]


def test_a_sender_in_letters_is_left_to_the_providers_own_list() -> None:
    """ "FromCity" may be read as "From", "City": what such a sender writes comes by the reconciliation."""
    written = TEXT | {"From": "TAXI"}
    assert not _is_believed(written, signature(SMS, written))
    cut = {name: one for name, one in TEXT.items() if name != "FromCity"}
    cut |= {"Body": TEXT["Body"] + "From" + TEXT["From"], "From": "City"}
    assert verify(SMS, cut, signature(SMS, TEXT), (NEW,))
    assert not _is_believed(cut, signature(SMS, TEXT))


def _readings(left: str, last: str, read: Form) -> Iterator[Form]:
    """Every way to cut this into known names in their order, each with a value of its form."""
    if not left:
        yield read
    for name in NAMES:
        if name > last and left.startswith(name):
            rest = left[len(name) :]
            for end in range(len(rest) + 1):
                may_end = end == len(rest) or any(rest.startswith(one, end) for one in NAMES)
                if may_end and re.fullmatch(INBOUND[name], rest[:end]):
                    yield from _readings(rest[end:], name, {**read, name: rest[:end]})


def _is_believed(form: Form, seal: str) -> bool:
    try:
        check_text(check_webhook(SMS, list(form.items()), seal, tokens=(NEW,), account=ACCOUNT))
    except BadWebhook:
        return False
    return True
