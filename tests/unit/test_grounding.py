"""What an engine says leaves only if its sources say it."""

import pytest

from agent.grounding import MAX_SENTENCES, MAX_STEPS, grounded, is_supported
from agent.model import Answer, CitedSentence, Hit


def passage(chunk_id: str, text: str, title: str = "Returns") -> Hit:
    article = chunk_id.partition("#")[0]
    return Hit(chunk_id=chunk_id, article_id=article, title=title, text=text, similarity=0.5, relevance=0.9)


RETURNS = passage("returns#0", "Return goods within 30 days; delivery costs $4.95, or $1,299.00 abroad.")
CONTACT = passage(
    "contact#0", "Write to help@larkfield.example or see https://larkfield.example/returns.", "Contact 24/7"
)
PASSAGES = (RETURNS, CONTACT)


def says(text: str, *chunk_ids: str, step: bool = False) -> CitedSentence:
    return CitedSentence(text=text, chunk_ids=chunk_ids or ("returns#0",), is_step=step)


def answer(*sentences: CitedSentence) -> Answer:
    return Answer(sentences=sentences, confidence=8.0)


def test_a_sentence_with_a_source_leaves_with_its_citation() -> None:
    sent = grounded(answer(says("You have 30 days.")), PASSAGES)

    assert (sent.text, sent.confidence, sent.dropped) == ("You have 30 days.", 8.0, ())
    assert [(cited.article_id, cited.title, cited.chunk_id) for cited in sent.citations] == [
        ("returns", "Returns", "returns#0")
    ]


def test_a_sentence_without_a_source_stays_here() -> None:
    unfounded = CitedSentence(text="We pay for that.", chunk_ids=())

    assert not is_supported(unfounded, PASSAGES)


@pytest.mark.parametrize("chunk_ids", [("made-up#0",), ("returns#0", "made-up#0"), ("returns#1",), ("",)])
def test_a_sentence_that_names_a_source_nobody_found_stays_here(chunk_ids: tuple[str, ...]) -> None:
    assert not is_supported(says("Returns are easy.", *chunk_ids), PASSAGES)


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_sentence_that_says_nothing_stays_here(text: str) -> None:
    assert not is_supported(says(text), PASSAGES)


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("Within 30 days.", True),
        ("Within 31 days.", False),
        ("Within 3 days.", False),
        ("Within 300 days.", False),
        ("It costs $4.95.", True),
        ("It costs 4,95.", True),
        ("It costs $4.9.", False),
        ("It costs $495.", False),
        ("It costs $1299 abroad.", True),
        ("It costs 1.299,00 abroad.", True),
        ("It costs $1,298 abroad.", False),
        ("30 of 100 days.", False),
        ("Returns are easy.", True),
    ],
)
def test_every_figure_stands_in_the_source_in_whatever_spelling(text: str, *, supported: bool) -> None:
    assert is_supported(says(text), PASSAGES) is supported


def test_a_figure_of_another_passage_than_the_cited_one_does_not_count() -> None:
    assert not is_supported(says("You have 30 days.", "contact#0"), PASSAGES)
    assert is_supported(says("You have 30 days.", "contact#0", "returns#0"), PASSAGES)


def test_a_figure_in_the_title_counts() -> None:
    assert is_supported(says("We are here 24/7.", "contact#0"), PASSAGES)


@pytest.mark.parametrize(
    ("text", "supported"),
    [
        ("Write to help@larkfield.example.", True),
        ("Write to elp@larkfield.example.", False),
        ("Write to help@larkfield.example.evil.com.", False),
        ("Write to mallory@evil.com.", False),
        ("See https://larkfield.example/returns!", True),
        ("See (larkfield.example/returns).", True),
        ("See https://larkfield.example/ret", False),
        ("See https://larkfield.example/returns/pay", False),
        ("See https://evil.com/returns", False),
        ("See www.evil.com", False),
        ("Go to evil.com and pay.", False),
        ("Go to évil.com.", False),
        ("See ftp://evil.com/a", False),
        ("See us, e.g. in town.", True),
    ],
)
def test_every_link_and_address_stands_whole_in_the_source(text: str, *, supported: bool) -> None:
    assert is_supported(says(text, "contact#0"), PASSAGES) is supported


def test_what_was_dropped_is_told_and_the_rest_leaves() -> None:
    sent = grounded(answer(says("You have 90 days."), says("You have 30 days.")), PASSAGES)

    assert (sent.text, sent.dropped) == ("You have 30 days.", ("You have 90 days.",))


def test_an_answer_of_which_nothing_is_left_has_no_confidence() -> None:
    sent = grounded(answer(says("You have 90 days.")), PASSAGES)

    assert (sent.text, sent.confidence, sent.citations) == ("", 0.0, ())


def test_no_passages_leave_no_answer() -> None:
    assert grounded(answer(says("You have 30 days.")), ()).text == ""


@pytest.mark.parametrize(
    ("count", "step", "kept"),
    [
        (MAX_SENTENCES, False, MAX_SENTENCES),
        (MAX_SENTENCES + 1, False, MAX_SENTENCES),
        (MAX_STEPS, True, MAX_STEPS),
        (MAX_STEPS + 1, True, MAX_STEPS),
    ],
)
def test_an_answer_is_short(count: int, kept: int, *, step: bool) -> None:
    sentences = [says("so " + "very " * place + "easy", step=step) for place in range(count)]

    sent = grounded(answer(*sentences), PASSAGES)

    assert sent.text.count("easy") == kept
    assert len(sent.dropped) == count - kept


def test_steps_are_numbered_below_the_prose_wherever_they_stood() -> None:
    sent = grounded(answer(says("Pack it.", step=True), says("It is easy."), says("Send it.", step=True)), PASSAGES)

    assert sent.text == "It is easy.\n\n1. Pack it.\n2. Send it."


def test_each_source_is_cited_once_in_the_order_of_the_answer() -> None:
    sent = grounded(
        answer(says("Write.", "contact#0"), says("Return.", "returns#0", "contact#0"), says("Wait 90 days.")), PASSAGES
    )

    assert [cited.chunk_id for cited in sent.citations] == ["contact#0", "returns#0"]
