"""Analysts try thresholds on what the desk really did, and label turns without knowing what it did."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from typing import get_args

import pytest

from agent.bootstrap import World, open_backoffice
from agent.desk import Desk
from agent.errors import ConflictError, ForbiddenError, InvalidDecisionError, InvalidFilterError
from agent.model import ChatResult, Decision, Identity, LabelVerdict, Role, TurnSpan
from agent.policy import PRESETS, Policy
from agent.protocols.recover import expire_reviews
from tests.stand_ins import MIND, REFUND_MESSAGE, HandClock, settings_for

ANALYST = Identity(subject="ana", role="analyst", source="command-line")
LEAD = Identity(subject="lee", role="lead", source="command-line")
REVIEWER = Identity(subject="robin", role="reviewer", source="command-line")

QUESTION = "how long does delivery take?"
FURIOUS = "I am furious, how long does delivery take?"
WEEK = "2026-W45"
"""The week of the clock's start, a Sunday, ends with that day; this is the one after it."""


@pytest.fixture
def clock() -> HandClock:
    made = HandClock()
    made.advance(timedelta(days=2))
    return made


@pytest.fixture
def desk(tmp_path: Path, clock: HandClock) -> Iterator[Desk]:
    settings = settings_for(tmp_path / "home")
    with closing(Desk(open_backoffice(settings, MIND, World(clock=clock)), settings)) as opened:
        yield opened


def answered(desk: Desk, times: int = 1) -> list[ChatResult]:
    return [desk.chat(QUESTION) for _time in range(times)]


def test_what_really_happened_is_what_the_policy_in_force_replays(desk: Desk) -> None:
    answered(desk, 3)
    for message in (FURIOUS, REFUND_MESSAGE, "a human please", "how is the weather?", "my kettle is broken"):
        desk.chat(message)

    found = desk.calibration.compare(ANALYST, Policy(angry_escalates=False))

    assert (found.first.turns, found.first.to_person, found.first.not_known) == (8, 4, 0)
    assert found.first.rules == {
        "person_requested": 1,
        "angry": 1,
        "lane_refund_decided_by_a_person": 1,
        "knowledge_gap": 1,
        "unsure_answer": 1,
    }
    assert (found.second.to_person, found.second.not_known) == (3, 1), "nobody wrote an answer to the furious one"
    assert found.first.one_person[0].value == 240.0


def test_reviewers_words_become_false_and_missed_escalations(desk: Desk) -> None:
    denied, used = desk.chat(FURIOUS), desk.chat("a human please")
    desk.decide(denied.review_id or "", Decision(action="deny"), REVIEWER)
    desk.decide(used.review_id or "", Decision(action="respond", reply="Here I am."), REVIEWER)

    outcome = desk.calibration.presets(ANALYST)["in force"]

    assert (outcome.false_escalations.value, outcome.false_escalations.n, outcome.false_seen) == (0.5, 2, 1)


def test_figures_are_of_the_last_refresh(desk: Desk) -> None:
    answered(desk)
    before = desk.calibration.presets(ANALYST)["strict"].turns
    answered(desk)

    unchanged = desk.calibration.presets(ANALYST)["strict"].turns
    desk.calibration.refresh()

    assert (before, unchanged, desk.calibration.presets(ANALYST)["strict"].turns) == (1, 1, 2)


def test_a_span_of_days_counts_whole_days(desk: Desk, clock: HandClock) -> None:
    answered(desk)
    clock.advance(timedelta(days=1))
    answered(desk, 2)
    today = clock.now().date()

    spans = {
        "all": TurnSpan(),
        "today": TurnSpan(since=today),
        "before": TurnSpan(until=today - timedelta(days=1)),
        "never": TurnSpan(until=today - timedelta(days=9)),
        "real": TurnSpan(demo=False),
    }
    counts = {name: desk.calibration.presets(ANALYST, span)["default"].turns for name, span in spans.items()}

    assert counts == {"all": 3, "today": 2, "before": 1, "never": 0, "real": 3}


@pytest.mark.parametrize(
    "span",
    [
        TurnSpan(until=date.max),
        TurnSpan(since=date.min),
        TurnSpan(since=date(2026, 2, 2), until=date(2026, 2, 1)),
    ],
)
def test_a_span_that_no_turn_can_lie_in_is_refused(desk: Desk, span: TurnSpan) -> None:
    with pytest.raises(InvalidFilterError, match="Nothing was counted"):
        desk.calibration.presets(ANALYST, span)


def test_the_desk_itself_is_nobody_to_filter_by(tmp_path: Path, clock: HandClock) -> None:
    settings = settings_for(tmp_path / "home")
    office = open_backoffice(settings, MIND, World(clock=clock))
    with closing(Desk(office, settings)) as desk:
        desk.decide(desk.chat(FURIOUS).review_id or "", Decision(action="deny"), REVIEWER)
        desk.chat("a human please")
        clock.advance(timedelta(days=30))

        expired = expire_reviews(office)

        assert expired == 1
        assert desk.analytics.choices().reviewers == (REVIEWER.subject,)


def test_the_frontier_is_drawn_along_two_thresholds_only(desk: Desk) -> None:
    answered(desk)

    curve = desk.calibration.frontier(ANALYST, "min_relevance")

    assert [point.escalation_rate.value for point in curve.points[::39]] == [0.0, 1.0]
    with pytest.raises(InvalidDecisionError, match="only along min_relevance and min_answer_confidence"):
        desk.calibration.frontier(ANALYST, "low_score")


def test_a_policy_is_tried_without_being_saved(desk: Desk) -> None:
    tried = desk.calibration.tried({"min_relevance": 0.96})

    assert (tried.min_relevance, desk.policy) == (0.96, PRESETS["default"])


@pytest.mark.parametrize("role", ["stakeholder", "system"])
def test_figures_about_the_policy_are_not_for_everybody(desk: Desk, role: Role) -> None:
    somebody = Identity(subject="pat", role=role, source="command-line")

    with pytest.raises(ForbiddenError):
        desk.calibration.presets(somebody)
    with pytest.raises(ForbiddenError):
        desk.calibration.policies(somebody)


def test_the_blind_sample_is_the_same_for_everybody_and_shows_no_outcome(desk: Desk) -> None:
    answered(desk, 6)
    desk.chat(FURIOUS)

    first = desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK, size=4).tasks
    again = desk.calibration.sample_for_labels("blind", LEAD, week=WEEK, size=4).tasks

    assert len(first) == 4
    assert first == again
    assert {task.text for task in first} == {QUESTION}
    assert "Standard delivery" in first[0].reply


def test_a_turn_that_somebody_labelled_is_not_shown_to_them_again(desk: Desk) -> None:
    answered(desk, 3)
    first, *others = desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK).tasks

    told = desk.calibration.give_label(first.turn_id, "right", "  fine ", ANALYST, sample="blind")

    after = desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK)
    assert (list(after.tasks), after.done) == (others, 1)
    assert desk.calibration.sample_for_labels("blind", LEAD, week=WEEK).tasks == (first, *others)
    assert (told.went_to_person, told.lane, told.label.note) == (False, "faq", "fine")
    assert told.policy.startswith("default v1")
    with pytest.raises(ConflictError, match="already"):
        desk.calibration.give_label(first.turn_id, "should_escalate", "", ANALYST, sample="blind")


def test_the_weekly_sample_is_half_escalations_without_refunds_and_without_ones_own(desk: Desk) -> None:
    answered(desk, 5)
    escalated = [desk.chat(FURIOUS) for _time in range(5)]
    desk.chat(REFUND_MESSAGE)
    lead = Identity(subject="LEE ", role="lead", source="command-line")
    for result in escalated:
        desk.decide(result.review_id or "", Decision(action="respond", reply="Tomorrow."), lead)

    shown = desk.calibration.sample_for_labels("weekly", ANALYST, week=WEEK, size=6).tasks
    to_lead = desk.calibration.sample_for_labels("weekly", LEAD, week=WEEK, size=6).tasks

    assert sorted(task.text for task in shown) == sorted([QUESTION] * 3 + [FURIOUS] * 3)
    assert [task.text for task in to_lead] == [QUESTION] * 3
    assert not any("Tomorrow." in task.reply for task in shown), "the draft is shown, not what a person wrote"


@pytest.mark.parametrize(
    ("said", "kept"),
    [("should_escalate", "right"), ("right", "should_answer"), ("should_answer", "should_answer")],
)
def test_a_word_on_an_escalation_is_kept_as_a_word_on_what_the_desk_did(
    desk: Desk, said: LabelVerdict, kept: LabelVerdict
) -> None:
    desk.chat(FURIOUS)
    (task,) = desk.calibration.sample_for_labels("weekly", ANALYST, week=WEEK).tasks

    told = desk.calibration.give_label(task.turn_id, said, "", ANALYST, sample="weekly")

    assert (told.went_to_person, told.label.verdict, told.rules[0]) == (True, kept, "angry")


def test_a_larger_sample_holds_the_smaller_and_counts_what_is_done_in_it(desk: Desk) -> None:
    answered(desk, 6)
    small = desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK, size=3)
    for task in small.tasks:
        desk.calibration.give_label(task.turn_id, "right", "", ANALYST, sample="blind")

    large = desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK, size=5)

    assert (small.done, len(small.tasks)) == (0, 3)
    assert (large.done, len(large.tasks), large.week) == (3, 2, WEEK)
    assert desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK, size=2).done == 2
    assert desk.calibration.sample_for_labels("blind", LEAD, week=WEEK, size=5).done == 0
    for size in (0, 201):
        with pytest.raises(InvalidDecisionError, match="none was drawn"):
            desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK, size=size)


def test_labels_of_the_blind_sample_make_missed_escalations_known(desk: Desk) -> None:
    answered(desk, 4)
    before = desk.calibration.presets(ANALYST)["in force"].missed
    tasks = desk.calibration.sample_for_labels("blind", ANALYST, week=WEEK).tasks
    for place, task in enumerate(tasks):
        verdict: LabelVerdict = "right" if place else "should_escalate"
        desk.calibration.give_label(task.turn_id, verdict, "", ANALYST, sample="blind")

    desk.calibration.refresh()
    outcome = desk.calibration.presets(ANALYST)["in force"]
    relevance, intent = desk.calibration.reliability(ANALYST)

    assert (before.value, "nobody looked" in before.why) == (None, True)
    assert (outcome.missed.value, outcome.missed.n, outcome.missed_seen) == (0.25, 4, 1)
    assert (relevance.n, relevance.bins[0].right.value, intent.n) == (4, 0.75, 4)


def test_nobody_chooses_what_is_in_a_sample(desk: Desk) -> None:
    escalated = desk.chat(FURIOUS)

    for turn_id in (escalated.turn_id, "no-such-turn", "\ud800"):
        with pytest.raises(InvalidDecisionError, match="not in the blind sample"):
            desk.calibration.give_label(turn_id, "right", "", ANALYST, sample="blind")


@pytest.mark.parametrize("role", ["stakeholder", "reviewer"])
def test_only_some_roles_label(desk: Desk, role: Role) -> None:
    (result,) = answered(desk)
    somebody = Identity(subject="pat", role=role, source="command-line")

    with pytest.raises(ForbiddenError):
        desk.calibration.sample_for_labels("blind", somebody, week=WEEK)
    with pytest.raises(ForbiddenError):
        desk.calibration.give_label(result.turn_id, "right", "", somebody, sample="blind")


@pytest.mark.parametrize("week", ["", "2026-W99", "2026-W00", "last", "2026-11-02"])
def test_a_week_that_is_none_is_refused(desk: Desk, week: str) -> None:
    with pytest.raises(InvalidDecisionError, match="not a week"):
        desk.calibration.sample_for_labels("blind", ANALYST, week=week or " ")


def test_without_a_week_the_last_whole_one_is_drawn(desk: Desk, clock: HandClock) -> None:
    answered(desk, 2)
    now = desk.calibration.sample_for_labels("blind", ANALYST).tasks
    clock.advance(timedelta(days=7))

    assert (len(now), len(desk.calibration.sample_for_labels("blind", ANALYST).tasks)) == (0, 2)


def test_a_label_is_in_the_audit_chain(desk: Desk) -> None:
    (result,) = answered(desk)
    desk.calibration.give_label(result.turn_id, get_args(LabelVerdict)[0], "", ANALYST, sample="blind")

    (entry,) = desk.workbench.audit_entries(LEAD)

    assert (entry.action, entry.actor, entry.thread_id) == ("label_given", "ana", result.thread_id)
    assert desk.verify_audit().ok
