"""Personal text at rest opens with its own key, in its own place, and nowhere else."""

import base64

import pytest

from shared.adapters.seals import SHORTEST_KEY, AesSeals

OLD, NEW = "an-old-key-of-more-than-32-characters", "a-new-key-of-more-than-32-characters"
PLACE, ELSEWHERE = "vm|patients|p-1|phone", "vm|patients|p-2|phone"


def test_what_was_sealed_opens_in_its_place_and_in_no_other() -> None:
    seals = AesSeals((NEW,))
    sealed = seals.seal("Zofia Malinowska", PLACE)
    assert seals.unseal(sealed, PLACE) == "Zofia Malinowska"
    with pytest.raises(ValueError, match="another place"):
        seals.unseal(sealed, ELSEWHERE)


def test_nobody_reads_a_sealed_text_or_sees_that_two_are_the_same() -> None:
    seals = AesSeals((NEW,))
    one, other = seals.seal("Zofia", PLACE), seals.seal("Zofia", PLACE)
    assert one != other
    assert b"Zofia" not in base64.b64decode(one.partition(".")[2])
    assert "Zofia" not in one


def test_the_newest_key_seals_and_the_older_ones_still_open() -> None:
    before, rotated = AesSeals((OLD,)), AesSeals((NEW, OLD))
    sealed = before.seal("Zofia", PLACE)
    assert rotated.unseal(sealed, PLACE) == "Zofia"
    assert AesSeals((NEW,)).unseal(rotated.seal("Zofia", PLACE), PLACE) == "Zofia"
    with pytest.raises(ValueError, match="not known here"):
        AesSeals((NEW,)).unseal(sealed, PLACE)


def test_a_sealed_text_names_its_key_without_telling_it() -> None:
    name, _, text = AesSeals((NEW,)).seal("Zofia", PLACE).partition(".")
    assert len(name) == 8
    assert name not in NEW
    assert name != AesSeals((OLD,)).seal("Zofia", PLACE).partition(".")[0]
    assert len(base64.b64decode(text)) == 12 + len("Zofia") + 16  # nonce, text, tag


def test_a_text_that_was_changed_does_not_open() -> None:
    seals = AesSeals((NEW,))
    name, _, text = seals.seal("Zofia", PLACE).partition(".")
    raw = bytearray(base64.b64decode(text))
    raw[-1] ^= 1
    with pytest.raises(ValueError, match="another place"):
        seals.unseal(f"{name}.{base64.b64encode(raw).decode()}", PLACE)


def test_a_look_up_is_the_same_after_a_rotation_and_of_one_tenant() -> None:
    key = AesSeals((OLD,)).lookup_key("vm", "+48512000001")
    assert len(key) == 40
    assert AesSeals((NEW, OLD)).lookup_key("vm", "+48512000001") == key
    assert AesSeals((NEW,)).lookup_key("vm", "+48512000001") != key
    assert AesSeals((OLD,)).lookup_key("other", "+48512000001") != key
    assert AesSeals((OLD,)).lookup_key("vm", "+48512000002") != key
    assert AesSeals((OLD,)).lookup_key("v", "m+48512000001") != key


def test_what_was_stored_by_an_earlier_version_still_opens_and_is_found() -> None:
    """Written down once: whoever changes how keys are derived loses every record."""
    seals = AesSeals((OLD,))
    assert seals.lookup_key("vm", "+48512000001") == "d91da228fd4d17bc513221bd13f16d7f0b16e1ae"
    assert seals.unseal("54d67a52.iYd0d8pBdcWSmYtSSQ0xt5+PiJ729bNvAaKicdjdpHzG", PLACE) == "Zofia"


@pytest.mark.parametrize("keys", [(), ("x" * (SHORTEST_KEY - 1),), (NEW, "short")])
def test_short_keys_are_refused(keys: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="at least 32"):
        AesSeals(keys)
    assert AesSeals(("x" * 32,)).unseal(AesSeals(("x" * 32,)).seal("a", "b"), "b") == "a"
