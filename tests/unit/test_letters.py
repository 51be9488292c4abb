from agent.letters import BODY_CHARS, Origin, ticket_letter
from agent.model import ArticleLook, SpokenLine, TicketRequest

REQUEST = TicketRequest(
    key="turn:issue",
    thread_id="thread",
    turn_id="turn",
    kind="issue",
    priority="high",
    subject="A kettle\n is broken",
    body="The kettle leaks.",
    due_at="2026-11-21T12:00:00.000Z",
    topic="billing_dispute",
    scores=(0.1, -0.7),
    articles=(ArticleLook(article_id="returns#2", title="How to return"),),
    transcript=(SpokenLine(who="customer", text="It leaks."), SpokenLine(who="agent", text="I see.")),
)
ORIGIN = Origin(customer="C-1001", channel="chat", app_url="https://desk.example.com")


def test_a_letter_holds_what_a_person_needs_who_sees_nothing_else() -> None:
    letter = ticket_letter(REQUEST, "T-1001", ORIGIN)

    assert letter.subject == "A kettle is broken (T-1001)"
    assert letter.body.splitlines() == [
        "The kettle leaks.",
        "",
        "Ticket T-1001, high, to be answered by 21 Nov 2026, 12:00 UTC",
        "Topic: billing dispute",
        "Sentiment, oldest first (-1 to 1): +0.10, -0.70",
        "Customer: C-1001",
        "Channel: chat",
        "Session: thread https://desk.example.com/?thread=thread",
        "",
        "Articles looked at:",
        "- How to return https://desk.example.com/knowledge?article=returns",
        "",
        "Conversation:",
        "Customer: It leaks.",
        "Agent: I see.",
    ]


def test_without_an_address_of_the_app_there_are_no_links() -> None:
    letter = ticket_letter(REQUEST, "T-1001", Origin(customer="C-1001", channel="chat", app_url=""))

    assert "http" not in letter.body


def test_of_a_long_conversation_the_latest_lines_are_kept() -> None:
    said = tuple(SpokenLine(who="customer", text=f"{number} {'x' * 1000}") for number in range(100))

    letter = ticket_letter(REQUEST.model_copy(update={"transcript": said}), "T-1001", ORIGIN)

    assert len(letter.body) <= BODY_CHARS
    assert "Customer: 99 x" in letter.body
    assert "(Earlier lines are at the desk.)" in letter.body
    assert "Customer: 0 x" not in letter.body
