"""Requests for refunds, and the people who decide on them."""

from agent import Desk, Identity, Review

ROBIN = Identity(subject="Robin", role="reviewer", source="demo-switch")
SAM = Identity(subject="Sam", role="reviewer", source="demo-switch")
LEE = Identity(subject="Lee", role="lead", source="demo-switch")
REFUND = ("refund of $240 for order LF-10482", "C-1001")
LARGE = ("I want a refund for order LF-10495, the espresso machine leaks.", "C-1026")
UNKNOWN_ORDER = ("refund me $12 please", "guest")


def ask(desk: Desk, request: tuple[str, str] = REFUND) -> Review:
    """The review of a request, which is what was said and by which customer."""
    text, customer = request
    review_id = desk.chat(text, customer_id=customer).review_id
    assert review_id is not None
    return desk.review(review_id)
