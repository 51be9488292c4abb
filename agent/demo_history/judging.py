"""Route a made-up message by the desk's own rules, as the graph's step of that name does."""

from agent.demo_history.found import Found
from agent.demo_history.turns import Talk, Way
from agent.policy import Policy
from agent.reading.replies import is_yes
from agent.rules import (
    MOOD_TURNS,
    answer_instead,
    answers_open_question,
    choose_lane,
    choose_priority,
    choose_tone,
    count_streaks,
    escalation_rules,
)

INTERRUPTING = {"faq", "issue", "unknown"}


def judge(found: Found, talk: Talk, policy: Policy) -> Way:
    """The decision record of the message; mood and streaks of the thread move on."""
    seen, sentiment = found.classification, found.sentiment
    answered = None if found.is_courtesy else answers_open_question(seen, talk.awaiting, found.text)
    talk.mood = [*talk.mood, sentiment.score][-MOOD_TURNS:]
    understood = found.is_courtesy or answered is not None
    talk.streaks = count_streaks(seen, talk.streaks, policy, understood_anyway=understood)
    plain = found.is_courtesy or (talk.awaiting == "order_yes" and is_yes(found.text, None))
    escalations = () if plain else escalation_rules(seen, sentiment, talk.mood, talk.streaks, policy)
    refund_known = answered == "refund" and talk.awaiting == "reviewer_question"
    lane, chosen_by = subject = answer_instead(
        choose_lane(seen, (), answered, courtesy=found.is_courtesy, text=found.text, refund_known=refund_known),
        found.relevance,
        policy,
    )
    if escalations:
        lane, chosen_by = choose_lane(
            seen, escalations, answered, courtesy=found.is_courtesy, text=found.text, refund_known=refund_known
        )
    return Way(
        lane=lane,
        rules=(*escalations, chosen_by),
        priority=choose_priority(sentiment, seen, knowledge_gap=False, policy=policy),
        tone=choose_tone(sentiment, urgent_words=found.is_urgent),
        subject_rule=subject[1].name,
        rules_apply=not plain,
        understood=understood,
    )


def stays_open(awaiting: str | None, lane: str, *, acted: bool) -> bool:
    """Whether a question to the customer is still open after a turn on this lane, as the graph's last step has it."""
    if awaiting is None:
        return False
    if awaiting.startswith("order_"):
        return lane == "order" or lane in INTERRUPTING
    if awaiting == "reviewer_question":
        return lane == "refund" or lane in INTERRUPTING
    if awaiting == "objection":
        return acted or lane == "unknown"
    return lane in {"refund", "unknown"}
