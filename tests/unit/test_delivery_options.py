import pytest

from agent.model import DeliveryOption
from agent.reading.delivery import find_delivery


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("express please", "express"),
        ("I'd like it faster", "express"),
        ("next-day", "express"),
        ("in a rush", "express"),
        ("más rápido", "express"),
        ("envío exprés", "express"),
        ("envío expreso", "express"),
        ("Expressversand", "express"),
        ("bitte schneller", "express"),
        ("plus vite", "express"),
        ("standard", "standard"),
        ("the slower one", "standard"),
        ("estándar", "standard"),
        ("Standardversand", "standard"),
        ("to a pick-up point", "pick-up point"),
        ("pickup", "pick-up point"),
        ("a parcel locker", "pick-up point"),
        ("en un punto de recogida", "pick-up point"),
        ("an die Packstation", "pick-up point"),
        ("Abholung", "pick-up point"),
        ("en point relais", "pick-up point"),
    ],
)
def test_each_option_is_heard_in_four_languages(text: str, option: DeliveryOption) -> None:
    assert find_delivery(text) == option


@pytest.mark.parametrize(
    "text",
    ["", "change the delivery", "a brush set", "crushed", "espresso machine", "my blocker", "expression", "abnormal"],
)
def test_words_that_only_contain_an_option_name_none(text: str) -> None:
    assert find_delivery(text) is None


@pytest.mark.parametrize(
    ("text", "option"),
    [
        ("from express to standard", "standard"),
        ("from standard to express", "express"),
        ("express instead of standard", "express"),
        ("instead of standard use express", "express"),
        ("standard rather than the express", "standard"),
        ("not express but standard", "standard"),
        ("something faster than standard", "express"),
        ("Express statt Standard", "express"),
        ("exprés en lugar de estándar", "express"),
        ("express au lieu de standard", "express"),
        ("no express please", None),
    ],
)
def test_the_option_that_is_wanted_beats_the_one_that_is_given_up(text: str, option: DeliveryOption | None) -> None:
    assert find_delivery(text) == option
