"""Every limit is tested on both sides."""

import pytest

from agent.model import Category, Classification, Entities, FiredRule, Intent, Money, Sentiment, SentimentLabel, Topic
from agent.policy import PRESETS, Policy
from agent.reading.urgency import is_urgent
from agent.rules import (
    answer_instead,
    answer_shortfalls,
    answers_open_question,
    choose_after_assessment,
    choose_answer_route,
    choose_lane,
    choose_priority,
    choose_tone,
    count_streaks,
    escalation_rules,
    is_courtesy,
)
from agent.state import Streaks

POLICY = Policy()
CALM: Streaks = {"low_confidence": 0, "unknown": 0}


def about(  # noqa: PLR0913  one keyword per aspect of a message
    intent: Intent = "faq",
    *,
    confidence: float = 0.9,
    topic: Topic = "general",
    topic_confidence: float = 0.9,
    category: Category = "general",
    category_confidence: float = 0.9,
    person: bool = False,
    entities: Entities | None = None,
) -> Classification:
    return Classification(
        intent=intent,
        confidence=confidence,
        scores={intent: confidence},
        topic=topic,
        topic_confidence=topic_confidence,
        category=category,
        category_confidence=category_confidence,
        asks_for_person=person,
        person_confidence=0.9 if person else 0.1,
        entities=entities or Entities(),
    )


def feels(label: SentimentLabel = "neutral", score: float = 0.0) -> Sentiment:
    return Sentiment(label=label, score=score, confidence=0.9)


def fired(
    classification: Classification, sentiment: Sentiment, mood: list[float], streaks: Streaks = CALM
) -> list[str]:
    return [rule.name for rule in escalation_rules(classification, sentiment, mood, streaks, POLICY)]


def test_a_plain_question_escalates_nothing() -> None:
    assert fired(about(), feels(), [0.0]) == []


def test_asking_for_a_person_escalates() -> None:
    assert fired(about(person=True), feels(), [0.0]) == ["person_requested"]


def test_anger_escalates_at_any_score() -> None:
    assert fired(about(), feels("angry", -0.1), [-0.1]) == ["angry"]


@pytest.mark.parametrize(
    ("mood", "escalates"),
    [
        ([-0.61, -0.61], True),
        ([-0.60, -0.61], False),
        ([-0.61, -0.60], False),
        ([-0.99], False),
        ([-0.9, 0.5, -0.9], False),
        ([0.5, -0.9, -0.9], True),
    ],
)
def test_low_mood_counts_only_on_two_turns_in_a_row(mood: list[float], *, escalates: bool) -> None:
    names = fired(about(), feels("negative", mood[-1]), mood)

    assert ("low_mood" in names) is escalates


@pytest.mark.parametrize(("score", "escalates"), [(-0.51, True), (-0.50, False)])
def test_strict_escalates_on_one_bad_turn(score: float, *, escalates: bool) -> None:
    rules = escalation_rules(about(), feels("negative", score), [score], CALM, PRESETS["strict"])

    assert bool(rules) is escalates


@pytest.mark.parametrize("topic", ["billing_dispute", "legal_threat", "account_deletion"])
@pytest.mark.parametrize(("confidence", "escalates"), [(0.5, True), (0.49, False)])
def test_weighty_topics_escalate_from_even_odds(topic: Topic, confidence: float, *, escalates: bool) -> None:
    names = fired(about(topic=topic, topic_confidence=confidence), feels(), [0.0])

    assert (f"topic_{topic}" in names) is escalates


@pytest.mark.parametrize(("confidence", "escalates"), [(0.5, True), (0.49, False)])
def test_complaints_escalate_from_even_odds(confidence: float, *, escalates: bool) -> None:
    names = fired(about(category="complaint", category_confidence=confidence), feels(), [0.0])

    assert ("category_complaint" in names) is escalates


def test_a_second_unsure_turn_escalates_and_the_first_does_not() -> None:
    unsure = about(confidence=0.39)
    first = count_streaks(unsure, CALM, POLICY)
    second = count_streaks(unsure, first, POLICY)

    assert fired(unsure, feels(), [0.0], first) == []
    assert fired(unsure, feels(), [0.0], second) == ["unsure_again"]


def test_a_turn_at_the_confidence_limit_ends_the_streak() -> None:
    streaks = count_streaks(about(confidence=0.40), {"low_confidence": 1, "unknown": 0}, POLICY)

    assert streaks["low_confidence"] == 0


def test_a_second_unknown_message_escalates() -> None:
    second = count_streaks(about("unknown"), {"low_confidence": 0, "unknown": 1}, POLICY)

    assert fired(about("unknown"), feels(), [0.0], second) == ["unknown_again"]


def test_a_person_beats_every_lane() -> None:
    asked = about("refund", person=True, entities=Entities(order_number="LF-10482"))
    rules = escalation_rules(asked, feels(), [0.0], CALM, POLICY)

    assert choose_lane(asked, rules, None)[0] == "escalation"


def test_an_angry_refund_with_facts_keeps_its_own_gate() -> None:
    angry = about("refund", entities=Entities(amount=Money(minor=4250)))
    rules = escalation_rules(angry, feels("angry", -0.9), [-0.9], CALM, POLICY)

    assert choose_lane(angry, rules, None)[0] == "refund"


def test_an_angry_refund_without_facts_goes_to_a_person() -> None:
    rules = escalation_rules(about("refund"), feels("angry", -0.9), [-0.9], CALM, POLICY)

    assert choose_lane(about("refund"), rules, None)[0] == "escalation"


def test_a_bare_order_number_goes_on_with_the_refund_that_asked_for_it() -> None:
    number = about("unknown", entities=Entities(order_number="LF-10482"))

    assert answers_open_question(number, "refund_details", "LF-10482") == "refund"
    assert answers_open_question(number, None, "LF-10482") is None
    assert choose_lane(number, (), "refund")[0] == "refund"
    assert choose_lane(number, (), None)[0] == "unknown"


@pytest.mark.parametrize(
    ("relevance", "changes", "lane"),
    [
        (1.0, {}, "unknown"),
        (0.8999, {"unknown_answered_from": 0.9}, "unknown"),
        (0.9, {"unknown_answered_from": 0.9}, "faq"),
        (0.7499, {"unknown_answered_from": 0.0, "min_relevance": 0.75}, "unknown"),
        (0.75, {"unknown_answered_from": 0.0, "min_relevance": 0.75}, "faq"),
    ],
)
def test_what_was_not_understood_is_answered_where_an_article_very_likely_answers(
    relevance: float, changes: dict[str, float], lane: str
) -> None:
    policy = Policy.model_validate(changes)

    chosen, rule = answer_instead(choose_lane(about("unknown"), (), None), relevance, policy)

    assert chosen == lane
    assert rule.name == ("lane_faq_by_article" if lane == "faq" else "lane_unknown")
    assert lane == "unknown" or rule.threshold == max(policy.unknown_answered_from, policy.min_relevance)


@pytest.mark.parametrize("intent", ["issue", "order", "refund"])
def test_an_article_changes_no_lane_that_was_understood(intent: Intent) -> None:
    for chosen in (choose_lane(about(intent), (), None), choose_lane(about("unknown"), (), None, courtesy=True)):
        assert answer_instead(chosen, 1.0, Policy(unknown_answered_from=0.9)) == chosen


def test_an_article_does_not_take_a_message_from_a_person() -> None:
    asked = choose_lane(about("unknown"), (FiredRule(name="angry", effect="escalate", inputs={}),), None)

    assert answer_instead(asked, 1.0, Policy(unknown_answered_from=0.9)) == asked


@pytest.mark.parametrize(
    ("awaiting", "text", "classification", "lane"),
    [
        ("order_yes", "yes please", about("unknown", confidence=0.3), "order"),
        ("order_yes", "no", about("faq", confidence=0.9), "order"),
        ("order_yes", "no I want my money back for it right now", about("refund", confidence=0.8), None),
        ("order_yes", "no I want my money back for it right now", about("refund", confidence=0.79), "order"),
        ("order_yes", "do you also sell curtains in green?", about("faq", confidence=0.9), None),
        ("order_proof", "it is a@b.com", about("faq", entities=Entities(email="a@b.com")), "order"),
        ("order_number", "LF-10377", about("faq", entities=Entities(order_number="LF-10377")), "order"),
        ("order_details", "size 10", about("faq", confidence=0.5), "order"),
        ("order_details", "what does express delivery cost?", about("faq", confidence=0.9), None),
        ("clarification", "it is about my lamp", about("issue"), None),
    ],
)
def test_an_answer_goes_to_the_lane_that_asked(
    awaiting: str, text: str, classification: Classification, lane: str | None
) -> None:
    assert answers_open_question(classification, awaiting, text) == lane


def test_an_answer_to_our_question_is_never_counted_as_unsure() -> None:
    streaks = count_streaks(
        about("unknown", confidence=0.1), {"low_confidence": 1, "unknown": 1}, POLICY, understood_anyway=True
    )

    assert streaks == {"low_confidence": 0, "unknown": 0}


def test_thanks_and_hello_are_courtesies_and_a_wish_is_none() -> None:
    assert is_courtesy("thank you so much!")
    assert is_courtesy("Hello there")
    assert not is_courtesy("thanks, cancel my order")
    assert choose_lane(about("faq"), (), None, courtesy=True)[0] == "unknown"


@pytest.mark.parametrize(
    ("sentiment", "category", "gap", "priority"),
    [
        (feels("angry", -0.1), "general", False, "urgent"),
        (feels("negative", -0.81), "general", False, "urgent"),
        (feels("negative", -0.80), "general", False, "high"),
        (feels("negative", -0.61), "general", False, "high"),
        (feels("negative", -0.60), "general", False, "normal"),
        (feels(), "complaint", False, "high"),
        (feels(), "general", True, "high"),
        (feels(), "general", False, "normal"),
    ],
)
def test_priority_follows_mood_complaint_and_gap(
    sentiment: Sentiment, category: Category, priority: str, *, gap: bool
) -> None:
    assert choose_priority(sentiment, about(category=category), knowledge_gap=gap, policy=POLICY) == priority


@pytest.mark.parametrize(
    ("relevance", "confidence", "names"),
    [
        (0.70, 7.0, []),
        (0.69, 7.0, ["knowledge_gap"]),
        (0.70, 6.9, ["unsure_answer"]),
        (0.10, 1.0, ["knowledge_gap", "unsure_answer"]),
    ],
)
def test_an_answer_leaves_only_above_both_limits(relevance: float, confidence: float, names: list[str]) -> None:
    assert [rule.name for rule in answer_shortfalls(relevance, confidence, POLICY)] == names


def test_every_rule_names_what_it_compared() -> None:
    (rule,) = answer_shortfalls(0.5, 9.0, POLICY)

    assert (rule.inputs, rule.threshold) == ({"relevance": 0.5}, 0.70)


def test_the_tone_follows_the_mood() -> None:
    assert choose_tone(feels("angry", -0.9), urgent_words=True) == "de-escalation"
    assert choose_tone(feels("negative", -0.5), urgent_words=True) == "urgent"
    assert choose_tone(feels("negative", -0.5), urgent_words=False) == "empathetic"
    assert choose_tone(feels("positive", 0.5), urgent_words=False) == "standard"


def test_urgency_is_heard_in_any_case() -> None:
    assert is_urgent("I need it ASAP")
    assert not is_urgent("no hurry")


def test_a_refund_is_asked_about_once_and_then_a_person_helps() -> None:
    assert choose_after_assessment(ready=True, asked_before=True) == "decide"
    assert choose_after_assessment(ready=False, asked_before=False) == "ask"
    assert choose_after_assessment(ready=False, asked_before=True) == "escalate"


@pytest.mark.parametrize(
    ("relevance", "confidence", "route"),
    [(0.70, 7.0, "answered"), (0.69, 7.0, "escalate"), (0.70, 6.9, "escalate"), (0.0, 0.0, "escalate")],
)
def test_by_default_an_answer_below_a_limit_goes_to_a_person(relevance: float, confidence: float, route: str) -> None:
    assert choose_answer_route(relevance, confidence, answer_shortfalls(relevance, confidence, POLICY), POLICY) == route


@pytest.mark.parametrize(
    ("relevance", "confidence", "route"),
    [
        (0.70, 7.0, "answered"),
        (0.69, 6.9, "uncertain"),
        (0.35, 3.5, "uncertain"),
        (0.34, 3.4, "escalate"),
        (0.50, 0.0, "escalate"),
    ],
)
def test_an_uncertain_answer_is_sent_only_where_the_preset_says_so(
    relevance: float, confidence: float, route: str
) -> None:
    policy = PRESETS["stated uncertainty"]

    assert choose_answer_route(relevance, confidence, answer_shortfalls(relevance, confidence, policy), policy) == route


@pytest.mark.parametrize(
    ("relevance", "confidence", "route"),
    [(0.79, 8.0, "review"), (0.80, 7.9, "review"), (0.80, 8.0, "answered"), (0.69, 9.0, "escalate")],
)
def test_soft_review_holds_what_clears_a_limit_by_less_than_its_margin(
    relevance: float, confidence: float, route: str
) -> None:
    policy = Policy(soft_review_margin=0.1)

    assert choose_answer_route(relevance, confidence, answer_shortfalls(relevance, confidence, policy), policy) == route


@pytest.mark.parametrize(
    ("tier", "priority"), [(None, "normal"), ("standard", "normal"), ("plus", "normal"), ("business", "high")]
)
def test_a_raised_tier_comes_one_step_sooner(tier: str | None, priority: str) -> None:
    assert choose_priority(feels(), about(), knowledge_gap=False, policy=POLICY, tier=tier) == priority


def test_nothing_is_more_urgent_than_urgent() -> None:
    angry = feels("angry", -0.9)

    assert choose_priority(angry, about(), knowledge_gap=False, policy=POLICY, tier="business") == "urgent"
