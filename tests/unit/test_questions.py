import pytest

from agent.reading.questions import is_question
from agent.reading.urgency import is_urgent


@pytest.mark.parametrize(
    "text",
    [
        "you sell curtains?", "how long do refunds take", "Is it late", "can I return it", "did you send it",
        "  why so slow", "¿cuándo llega", "cómo devuelvo", "Cuál es el plazo", "por qué tarda", "hay gastos",
        "wie lange dauert es", "Warum so lange", "darf ich umtauschen", "gibt es Rabatt",
        "combien ça coûte", "pourquoi", "est-ce que je peux", "peut-on échanger", "où est-il",
    ],
)  # fmt: skip  # messages read best in lines
def test_a_question_is_heard_with_and_without_its_mark(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize(
    "text",
    ["", "refund me", "I know how it works", "do it", "do not send it", "island", "candy", "iste", "quiero mi dinero"],
)
def test_a_statement_is_no_question(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize(
    "text",
    [
        "I need it ASAP", "right now!", "URGENT", "urgently", "as soon as possible", "es urgente", "cuanto antes",
        "lo antes posible", "dringend", "sofort", "schnellstmöglich", "schnellstmoeglich", "d'urgence", "d’urgence",
        "immédiatement", "dès que possible", "tout de suite",
    ],
)  # fmt: skip  # messages read best in lines
def test_urgency_is_heard_in_four_languages(text: str) -> None:
    assert is_urgent(text)


@pytest.mark.parametrize(
    "text",
    ["", "no hurry", "it is not urgent", "no es urgente", "nicht dringend", "pas urgent", "yesterday", "the surgent"],
)
def test_what_can_wait_is_not_urgent(text: str) -> None:
    assert not is_urgent(text)
