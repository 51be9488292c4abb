"""Choose the lane, and write down every rule that had a say in it."""

from langgraph.runtime import Runtime

from agent.model import Classification, Routing, Sentiment
from agent.rules import (
    MOOD_TURNS,
    choose_lane,
    choose_priority,
    choose_tone,
    count_streaks,
    escalation_rules,
    is_urgent,
)
from agent.services import Services
from agent.state import Json, State


def route(state: State, runtime: Runtime[Services]) -> Json:
    """The decision record of this turn and the moods and streaks that it rests on."""
    policy = runtime.context.policy
    classification = Classification.model_validate(state["classification"])
    sentiment = Sentiment.model_validate(state["sentiment"])
    mood = [*state["mood"], sentiment.score][-MOOD_TURNS:]
    streaks = count_streaks(classification, state["streaks"], policy)
    escalations = escalation_rules(classification, sentiment, mood, streaks, policy)
    lane, chosen_by = choose_lane(classification, escalations, state["awaiting"])
    routing = Routing(
        lane=lane,
        rules=(*escalations, chosen_by),
        priority=choose_priority(sentiment, classification, knowledge_gap=False, policy=policy),
        tone=choose_tone(sentiment, urgent_words=is_urgent(state["text"])),
    )
    return {"routing": routing.model_dump(mode="json"), "mood": mood, "streaks": streaks}
