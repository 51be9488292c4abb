"""What /metrics says."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from prometheus_client.parser import text_string_to_metric_families

from agent.desk import Desk
from agent.model import Category, Decision, Intent, Lane, Outcome, Topic
from agent.monitoring import GAUGES
from tests.api.conftest import running_api
from tests.stand_ins import REFUND_MESSAGE, REVIEWER
from tests.wire.compatible import compatible
from tests.wire.misbehaving import MISBEHAVIOURS
from tests.wire.test_desk import QUESTION, clerk, desk_at

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def samples(desk: Desk) -> Samples:
    text = desk.monitoring.metrics().decode()
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


def value(found: Samples, name: str, **labels: str) -> float:
    return found.get((name, frozenset(labels.items())), 0.0)


def labels_of(found: Samples) -> Iterator[tuple[str, str]]:
    for name, labels in found:
        if name.startswith("triage_"):
            yield from labels


def test_a_turn_is_counted_by_intent_route_and_outcome(desk: Desk) -> None:
    desk.chat(QUESTION)

    found = samples(desk)
    assert value(found, "triage_turns_total", intent="faq", route="faq", outcome="answered") == 1
    assert value(found, "triage_reply_seconds_count", outcome="answered") == 1
    assert value(found, "triage_turn_seconds_count", route="faq") == 1
    assert value(found, "triage_node_seconds_count", node="handle_faq") == 1
    assert value(found, "triage_retrieval_top_score_sum") == pytest.approx(0.95)


def test_a_hand_over_is_counted_by_its_rules_and_waits_in_the_queue(desk: Desk) -> None:
    desk.chat("I am furious, let me talk to a human")

    found = samples(desk)
    assert value(found, "triage_escalations_total", rule="person_requested") == 1
    assert value(found, "triage_escalations_total", rule="angry") == 1
    assert value(found, "triage_reviews_total", kind="escalation") == 1
    assert value(found, "triage_tickets_total", state="opened") == 1
    assert value(found, "triage_reviews_open", kind="escalation") == 1
    assert value(found, "triage_reviews_oldest_seconds", kind="escalation") >= 0


def test_a_decision_is_counted_with_how_long_it_took(desk: Desk) -> None:
    paused = desk.chat(REFUND_MESSAGE, customer_id="C-1001")
    assert paused.review_id is not None
    desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)

    found = samples(desk)
    assert value(found, "triage_decisions_total", kind="refund", action="approve") == 1
    assert value(found, "triage_decision_seconds_count", kind="refund") == 1
    assert value(found, "triage_node_seconds_count", node="issue_refund") == 1
    assert value(found, "triage_turns_total", intent="refund", route="refund", outcome="review") == 1
    assert value(found, "triage_reviews_open", kind="refund") == 0


def test_a_failed_turn_is_counted(desk: Desk) -> None:
    desk.chat("there is trouble")
    for _ in range(2):
        desk.finish(desk.threads()[0].thread_id)

    assert value(samples(desk), "triage_turns_total", intent="none", route="none", outcome="failed") == 1


def test_what_waits_and_who_works_is_read_when_it_is_asked_for(desk: Desk) -> None:
    desk.receive(QUESTION)

    found = samples(desk)
    assert value(found, "triage_messages_open", status="waiting") == 1
    assert value(found, "triage_leases") == 0
    assert value(found, "triage_store_up") == 1


def test_calls_to_models_and_their_tokens_are_counted(tmp_path: Path) -> None:
    with desk_at(tmp_path / "home", compatible(clerk)) as desk:
        desk.chat(QUESTION)
        found = samples(desk)

    assert value(found, "triage_model_calls_total", step="answer", model="strong", result="done") == 1
    assert value(found, "triage_model_tokens_total", model="cheap", direction="input") > 0
    assert value(found, "triage_model_cost_usd_total", model="strong") > 0
    assert value(found, "triage_fallbacks_total", step="answer") == 0


def test_steps_of_the_spare_engine_are_counted(tmp_path: Path) -> None:
    with desk_at(tmp_path / "home", MISBEHAVIOURS["refuses"], timeout_s=0.5) as desk:
        desk.chat(QUESTION)
        found = samples(desk)

    assert value(found, "triage_fallbacks_total", step="classify") == 1
    assert value(found, "triage_model_calls_total", step="classify", model="cheap", result="failed") == 1


def test_every_label_is_of_a_closed_set(desk: Desk) -> None:
    for text in (QUESTION, REFUND_MESSAGE, "my kettle is broken", "ana@example.com 4111 1111 1111 1111", "human!"):
        desk.chat(text, customer_id="C-1001")

    closed: dict[str, set[str]] = {
        "intent": {*get_args(Intent), "none"},
        "route": {*get_args(Lane), "none"},
        "outcome": set(get_args(Outcome)),
    }
    told = set(labels_of(samples(desk)))
    for name, allowed in closed.items():
        assert {text for label, text in told if label == name} <= allowed
    rules = {"person_requested", "angry", "low_mood", "unsure_again", "unknown_again", "knowledge_gap", "unsure_answer"}
    rules |= {f"topic_{one}" for one in get_args(Topic)} | {f"category_{one}" for one in get_args(Category)}
    assert {text for label, text in told if label == "rule"} <= rules | {"soft_review", "lane"}


def test_every_gauge_has_its_meaning(desk: Desk) -> None:
    text = desk.monitoring.metrics().decode()

    for name, (meaning, _labels) in GAUGES.items():
        assert f"# HELP {name} {meaning}" in text


@pytest.mark.parametrize("path", ["/metrics", "/api/metrics"])
def test_the_demo_shows_figures_to_this_machine(path: str, tmp_path: Path) -> None:
    with running_api(tmp_path / "home") as api:
        answer = api.client().get(path)

    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=")
    assert "triage_turns_total" in answer.text


def test_figures_need_an_operators_key_once_there_are_keys(tmp_path: Path) -> None:
    with running_api(tmp_path / "home") as api:
        statuses = [api.by("analyst").get("/metrics").status_code, api.by("stakeholder").get("/metrics").status_code]
        statuses.append(api.client().get("/metrics").status_code)

    assert statuses == [200, 403, 401]


@pytest.mark.parametrize(("metrics", "status"), [("open", 200), ("off", 404)])
def test_figures_can_be_opened_or_closed_for_all(metrics: str, status: int, tmp_path: Path) -> None:
    with running_api(tmp_path / "home", metrics=metrics) as api:
        api.key("any")

        assert api.client().get("/metrics").status_code == status
