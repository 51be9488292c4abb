import pytest

from agent.reading.languages import find_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("where is my order", "en"),
        ("cancel my order LF-10377 please", "en"),
        ("¿Dónde está mi pedido?", "es"),
        ("quiero un reembolso", "es"),
        ("Wo ist mein Paket?", "de"),
        ("où est ma commande", "fr"),
        ("dov'è il mio ordine", "it"),
        ("我的订单在哪里", "zh"),
    ],
)
def test_a_short_message_tells_its_language(text: str, language: str) -> None:
    assert find_language(text) == language


@pytest.mark.parametrize("text", ["", "!!!", "a", "ok", "LF-10377", "123", "👍", "hola", "merci", "refund"])
def test_too_little_tells_no_language(text: str) -> None:
    assert find_language(text) is None


def test_letters_of_another_script_beside_a_latin_sentence_do_not_change_it() -> None:
    assert find_language("where is my order? Иван") == "en"


def test_links_and_handles_say_nothing_of_the_language() -> None:
    assert find_language("https://larkfield.example/ordine/dove @maria") is None
