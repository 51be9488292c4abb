"""What was said of made-up turns afterwards: by customers, and by analysts who looked at some of them."""

from math import log1p

from agent.demo_history.reviewers import ANALYSTS
from agent.demo_history.rows import Row
from agent.demo_history.turns import Scene, Talk, Turn
from agent.demo_history.year import DAY_S, END, HOUR_S
from agent.names import subject_key

RATED = 0.18
BASE, HELPED, NOT_HELPED = 3.75, 0.6, -1.5
BY_OUTCOME = {"answered": 0.0, "uncertain": -0.2, "asked": -0.25, "review": 0.15}
MOOD_WEIGHT, WAIT_WEIGHT, SPREAD = 0.9, 0.28, 0.7
COMMENTED = 0.12
LOW, HIGH = 2, 4
RATED_AFTER_S = 240.0
LABEL_DAYS = (0.5, 6.0)
MISSED_BY_ANALYST = 0.04


def rate(scene: Scene, talk: Talk, turn: Turn) -> None:
    """The customer's rating, if they gave one: it follows mood, what became of the matter, and the wait."""
    chance = scene.chance
    if not chance.happens(RATED):
        return
    at = turn.settled + chance.around(RATED_AFTER_S, 1.0)
    if at >= END:
        return
    hours = (turn.settled - turn.received) / HOUR_S
    level = BASE + (HELPED if turn.helped else NOT_HELPED) + BY_OUTCOME[turn.outcome]
    level += MOOD_WEIGHT * turn.found.sentiment.score - WAIT_WEIGHT * log1p(hours)
    rating = max(1, min(5, round(chance.normal(level, SPREAD))))
    comments = scene.texts.replies["comments"]
    tone = "low" if rating <= LOW else "high" if rating >= HIGH else "middle"
    scene.batch.ratings.append(
        {
            "turn_id": turn.turn_id,
            "thread_id": talk.thread_id,
            "rating": rating,
            "comment": chance.one_of(comments[tone]) if chance.happens(COMMENTED) else "",
            "at": scene.year.text(at),
        }
    )


def label(scene: Scene, turn: Turn) -> None:
    """What an analyst says who saw the question and the reply, for some of the turns."""
    chance = scene.chance
    if turn.found.is_courtesy or not chance.happens(scene.labelled):
        return
    at = turn.settled + chance.between(*LABEL_DAYS) * DAY_S
    if at >= END:
        return
    contained = turn.review_id is None
    analyst = chance.one_of(ANALYSTS)
    verdict = _verdict(turn, contained=contained)
    if chance.happens(MISSED_BY_ANALYST):
        verdict = "right"
    row: Row = {
        "turn_id": turn.turn_id,
        "subject_key": subject_key(analyst.name),
        "subject": analyst.name,
        "sample": "blind" if contained and chance.happens(0.6) else "weekly",
        "verdict": verdict,
        "note": chance.one_of(scene.texts.replies["label_notes"][verdict]),
        "at": scene.year.text(at),
    }
    scene.batch.labels.append(row)


def _verdict(turn: Turn, *, contained: bool) -> str:
    if contained:
        return "right" if turn.helped else "should_escalate"
    denied = turn.decision is not None and turn.decision.action == "deny"
    return "should_answer" if denied and turn.mark is not None else "right"
