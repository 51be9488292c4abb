import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.reading.addresses import find_address

ELM = ("12 Elm Street", "Springfield, IL", "62701", "")
RENO = ("2 Elm St", "Reno, NV", "89502", "")
Parts = tuple[str, str, str, str]


def parts(text: str) -> Parts | None:
    found = find_address(text)
    return None if found is None else (found.street, found.city, found.zip, found.country)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 Elm Street, Springfield, IL 62701", ELM),
        ("12 Elm Street\nSpringfield, IL 62701\nthanks, Bob", ELM),
        ("12 Elm Street, Springfield, IL, 62701", ELM),
        ("12 Elm Street Springfield IL 62701", ("12 Elm Street", "Springfield IL", "62701", "")),
        ("44 Oak Ave, Boston MA 02108-1234", ("44 Oak Ave", "Boston MA", "02108-1234", "")),
        ("1 Elm St, Peoria, Illinois 61602", ("1 Elm St", "Peoria, Illinois", "61602", "")),
        ("1 Elm St, Taos, New Mexico 87571", ("1 Elm St", "Taos, New Mexico", "87571", "")),
        ("824 Mill Street, Apt 4, Denver, CO 80205", ("824 Mill Street, Apt 4", "Denver, CO", "80205", "")),
        ("824 Mill Street\nApt 4\nDenver, CO 80205", ("824 Mill Street Apt 4", "Denver, CO", "80205", "")),
        ("350 5th Ave, New York, NY 10118", ("350 5th Ave", "New York, NY", "10118", "")),
        ("12 W 34th St New York NY 10001", ("12 W 34th St", "New York NY", "10001", "")),
        ("PO Box 123, Springfield, IL 62701", ("PO Box 123", "Springfield, IL", "62701", "")),
    ],
)
def test_american_addresses_are_read_as_people_type_them(text: str, expected: Parts) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 King St, Toronto, ON m5h 1a1, Canada", ("9 King St", "Toronto, ON", "M5H 1A1", "CA")),
        ("221B Baker Street, London NW1 6XE, UK", ("221B Baker Street", "London", "NW1 6XE", "GB")),
        ("Hauptstraße 5a, 10115 Berlin, Deutschland", ("Hauptstraße 5a", "Berlin", "10115", "DE")),
        ("an Hauptstraße 5, 10115 Berlin, Deutschland schicken", ("Hauptstraße 5", "Berlin", "10115", "DE")),
        ("Calle Mayor 5, 28013 Madrid, España", ("Calle Mayor 5", "Madrid", "28013", "ES")),
        ("10 rue de Rivoli, 75001 Paris, France", ("10 rue de Rivoli", "Paris", "75001", "FR")),
        ("Bahnhofstrasse 1, 8001 Zürich, Schweiz", ("Bahnhofstrasse 1", "Zürich", "8001", "CH")),
    ],
)
def test_addresses_abroad_keep_the_country_they_name(text: str, expected: Parts) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize("named", ["", ", Narnia", ", she is home"])
def test_an_address_that_names_no_country_has_none(named: str) -> None:
    assert parts(f"12 Elm Street, Springfield, IL 62701{named}") == ELM


@pytest.mark.parametrize("named", [", USA", ", United States", ", Estados Unidos", ", Georgia"])
def test_the_shops_own_country_is_known_by_its_names(named: str) -> None:
    assert parts(f"12 Elm Street, Springfield, IL 62701{named}") == (*ELM[:3], "US")


@pytest.mark.parametrize(
    "text",
    [
        "please send it to {}",
        "Please change it. {}. Thank you!",
        "Hi, my order has 3 items, please ship to {}",
        "My new address is {} please",
        "{}. I moved last week.",
        "cambia la dirección a {}, por favor",
        "die neue Adresse lautet {}, danke",
        "nouvelle adresse : {}, merci",
    ],
)
def test_what_is_said_around_an_address_is_no_part_of_it(text: str) -> None:
    assert parts(text.format("12 Elm Street, Springfield, IL 62701")) == ELM


@pytest.mark.parametrize(
    "text",
    [
        "from 1 Oak St, Reno, NV 89501 to 2 Elm St, Reno, NV 89502",
        "to 2 Elm St, Reno, NV 89502 from 1 Oak St, Reno, NV 89501",
        "2 Elm St, Reno, NV 89502 instead of 1 Oak St, Reno, NV 89501",
        "2 Elm St, Reno, NV 89502 and not 1 Oak St, Reno, NV 89501",
        "2 Elm St, Reno, NV 89502 statt 1 Oak St, Reno, NV 89501",
        "old address 1 Oak St, Reno, NV 89501, new address 2 Elm St, Reno, NV 89502",
    ],
)
def test_of_two_addresses_the_new_one_is_meant(text: str) -> None:
    assert parts(text) == RENO


@pytest.mark.parametrize(
    "text",
    [
        "",
        "can you change the address of my order",
        "12 Elm Street",
        "12 Elm Street, Springfield",
        "my order is 10377, I need 2 of them, thanks",
        "I ordered 2 lamps, 1 broken, in 2024",
        "I paid 240 dollars, on 5 May, 2024",
    ],
)
def test_what_is_no_whole_address_is_none(text: str) -> None:
    assert find_address(text) is None


@given(st.text(alphabet=" ,.\nab12", max_size=400))
def test_any_text_is_survived_and_an_address_is_whole(text: str) -> None:
    found = parts(text)

    assert found is None or all(found)
