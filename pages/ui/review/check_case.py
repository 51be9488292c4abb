"""What a reviewer is told after deciding a check case. Before the decision nothing may show that it is one."""

from agent import Desk, Review


def check_case_words(desk: Desk, review: Review) -> str | None:
    """What it was, why, and whether it was noticed; None for any other review, and as long as it is open."""
    if review.check_case is None or review.is_open:
        return None
    why = next((case.why for case in desk.workbench.check_cases if case.id == review.check_case), "")
    seen = (
        "This time it slipped through. It happens to everybody; nothing was paid, and no customer waits for it."
        if review.decided_action in {"approve", "edit"}
        else "You noticed. Thank you for looking closely; there is no customer behind it."
    )
    if review.decided_action == "expire":
        seen = "Nobody decided it in time."
    return f"This was a check case: a made-up request that should be denied. {why} {seen}"
