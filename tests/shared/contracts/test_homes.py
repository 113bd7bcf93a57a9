"""One home is one text, however it is written."""

import pytest

from shared.contracts.homes import Home, home_text


def text(street: str, postcode: str = "02-539", country: str = "PL") -> str:
    return home_text(Home(street=street, postcode=postcode, country=country))


@pytest.mark.parametrize(
    "street",
    [
        "Kwiatowa 7/12", "ul. Kwiatowa 7/12", "UL.KWIATOWA 7 / 12", "ulica Kwiatowa 7 m. 12",
        "ul Kwiatowa 7 lok. 12", " Kwiatowa  7 m 12 ",
    ],
)  # fmt: skip
def test_one_home_in_many_hands(street: str) -> None:
    assert text(street) == "home:PL:02539:kwiatowa7/12"


def test_accents_and_the_postcodes_dash_do_not_count() -> None:
    assert text("Łódzka 3", "90001") == text("ul. Lodzka 3", "90-001")


@pytest.mark.parametrize("street", ["Kwiatowa 71/2", "Kwiatowa 7", "Kwiatowa 7/21", "Krokusowa 7/12"])
def test_neighbours_are_told_apart(street: str) -> None:
    assert text(street) != text("Kwiatowa 7/12")


def test_the_same_street_elsewhere_is_another_home() -> None:
    assert text("Kwiatowa 7") != text("Kwiatowa 7", "00-001")
    assert text("Kwiatowa 7") != text("Kwiatowa 7", country="CZ")
