"""Choose the lane, and write down every rule that had a say in it."""

from functools import partial

from langgraph.runtime import Runtime

from agent.model import GUEST, Classification, Customer, Routing, Sentiment
from agent.reading.replies import is_yes
from agent.reading.urgency import is_urgent
from agent.rules import (
    MOOD_TURNS,
    answer_instead,
    answers_open_question,
    choose_lane,
    choose_priority,
    choose_tone,
    count_streaks,
    escalation_rules,
    is_courtesy,
)
from agent.services import Services
from agent.state import Json, State


def route(state: State, runtime: Runtime[Services]) -> Json:
    """The decision record of this turn and the moods and streaks that it rests on."""
    policy = runtime.context.policy
    classification = Classification.model_validate(state["classification"])
    sentiment = Sentiment.model_validate(state["sentiment"])
    courtesy = is_courtesy(state["text"])
    answered = None if courtesy else answers_open_question(classification, state["awaiting"], state["text"])
    mood = [*state["mood"], sentiment.score][-MOOD_TURNS:]
    understood = courtesy or answered is not None
    streaks = count_streaks(classification, state["streaks"], policy, understood_anyway=understood)
    # a bare "yes please" or "thanks" asks for nothing, whatever a classifier hears in two words
    plain = courtesy or (state["awaiting"] == "order_yes" and is_yes(state["text"], None))
    escalations = () if plain else escalation_rules(classification, sentiment, mood, streaks, policy)
    customer = _customer(state, runtime.context)
    tier = customer.tier if customer else None
    choose = partial(
        choose_lane,
        classification,
        answered=answered,
        courtesy=courtesy,
        text=state["text"],
        refund_known=answered == "refund" and state["awaiting"] == "reviewer_question",
    )
    relevance = state["hits"][0]["relevance"] if state["hits"] else 0.0
    lane, chosen_by = answer_instead(choose(escalations), relevance, policy)
    _, subject_rule = answer_instead(choose(()), relevance, policy)
    routing = Routing(
        lane=lane,
        rules=(*escalations, chosen_by),
        priority=choose_priority(sentiment, classification, knowledge_gap=False, policy=policy, tier=tier),
        tone=choose_tone(sentiment, urgent_words=is_urgent(state["text"])),
        subject_rule=subject_rule.name,
        rules_apply=not plain,
        understood=understood,
    )
    return {"routing": routing.model_dump(mode="json"), "mood": mood, "streaks": streaks, "tier": tier} | _language(
        state, customer
    )


def _customer(state: State, services: Services) -> Customer | None:
    return None if state["customer_id"] == GUEST else services.orders.get_user(state["customer_id"])


def _language(state: State, customer: Customer | None) -> Json:
    """Until a message was long enough to tell, the language that the customer's account names, else English."""
    if state["language"]:
        return {}
    return {"language": customer.language if customer else "en"}
