"""Policies that are saved while the desk works."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from agent.bootstrap import Mind, open_backoffice, policy_in_force
from agent.desk import Desk
from agent.errors import ConfigurationError, ConflictError, ForbiddenError, InvalidDecisionError, StorageError
from agent.model import Answer, Decision, Identity, Role
from agent.policy import SavedPolicy
from agent.ports.language import AnswerTask, Note, Say, unnoted, unsaid
from tests.faults.records import change
from tests.stand_ins import (
    REFUND_MESSAGE,
    REVIEWER,
    KeywordEngine,
    NoEmbeddings,
    OneArticle,
    open_test_desk,
    settings_for,
)

QUESTION = "how long does delivery take?"
ANALYST = Identity(subject="ana", role="analyst", source="command-line")
LEAD = Identity(subject="lee", role="lead", source="command-line")


@pytest.fixture
def neighbour(desk: Desk) -> Iterator[Desk]:
    """Another desk on the same home, as another process would open it."""
    with closing(open_test_desk(desk.home)) as opened:
        yield opened


def save(desk: Desk, identity: Identity = ANALYST, **changes: Any) -> SavedPolicy:
    return desk.calibration.save_policy(
        changes, based_on=desk.policy.version, reason="figures of last week", identity=identity
    )


def test_what_is_saved_is_in_force_in_every_process_without_a_restart(desk: Desk, neighbour: Desk) -> None:
    before = neighbour.policy

    saved = save(desk, min_relevance=0.96)

    assert (before.version, saved.version) == (1, 2)
    assert neighbour.policy == desk.policy == saved.policy
    assert saved.policy.label.startswith("default v2 (")
    assert policy_in_force(settings_for(desk.home)) == saved.policy


def test_a_save_between_two_turns_counts_for_the_second_one(desk: Desk, neighbour: Desk) -> None:
    first = neighbour.chat(QUESTION)
    save(desk, min_relevance=0.96)

    second = neighbour.chat(QUESTION, thread_id=first.thread_id)

    labels = [turn.record["policy"] for turn in neighbour.thread(first.thread_id).turns]
    assert (first.status, second.status) == ("DONE", "PAUSED_FOR_APPROVAL")
    assert [label.split(" (")[0] for label in labels] == ["default v1", "default v2"]


class SavesMeanwhile(KeywordEngine):
    """While it writes an answer, somebody saves another policy; the first time it fails after that."""

    def __init__(self, *, fails: bool) -> None:
        self.fails = fails
        self.desk: Desk | None = None

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        if self.desk is not None:
            desk, self.desk = self.desk, None
            save(desk, min_relevance=0.96)
            if self.fails:
                message = "the engine broke off"
                raise RuntimeError(message)
        return super().answer(task, say, note)


@pytest.mark.parametrize("fails", [False, True], ids=["straight on", "after a run that broke off"])
def test_a_turn_goes_by_the_policy_that_it_began_with(tmp_path: Path, fails: bool) -> None:  # noqa: FBT001  a case
    engine = SavesMeanwhile(fails=fails)
    settings = settings_for(tmp_path / "home")
    mind = Mind(embedder=NoEmbeddings(), language=engine, knowledge=OneArticle())
    with closing(Desk(open_backoffice(settings, mind), settings)) as desk:
        engine.desk = desk

        result = desk.chat(QUESTION)

        (turn,) = desk.thread(result.thread_id).turns
        assert (desk.policy.version, result.status) == (2, "DONE")
        assert turn.record["policy"].startswith("default v1 (")


def test_what_was_frozen_before_a_save_stays_and_what_is_decided_then_is_new(desk: Desk) -> None:
    paused = desk.chat(REFUND_MESSAGE)
    assert paused.review_id is not None
    shown = desk.review(paused.review_id)
    save(desk, four_eyes_above=100, sla_normal_minutes=600)

    decided = desk.decide(paused.review_id, Decision(action="approve"), REVIEWER)

    (turn,) = desk.thread(paused.thread_id).turns
    assert decided.status == "DONE", "the limit for two people was frozen at 500"
    assert desk.review(paused.review_id).due_at == shown.due_at
    assert turn.record["policy"].startswith("default v1 (")
    assert turn.record["policy_after_pause"].startswith("default v2 (")


def test_a_refund_after_the_save_follows_the_new_limit(desk: Desk) -> None:
    save(desk, four_eyes_above=100)
    paused = desk.chat(REFUND_MESSAGE)

    decided = desk.decide(paused.review_id or "", Decision(action="approve"), REVIEWER)

    assert decided.status == "AWAITING_SECOND_REVIEWER"


def test_of_two_who_save_at_once_the_second_is_told_who_saved_what(desk: Desk, neighbour: Desk) -> None:
    looked_at = desk.policy.version
    save(neighbour, LEAD, min_relevance=0.8)

    with pytest.raises(ConflictError, match=r"lee saved version 2 .*last week.*min_relevance 0\.7 → 0\.8.*not saved"):
        desk.calibration.save_policy({"low_score": -0.5}, based_on=looked_at, reason="mood", identity=ANALYST)

    assert (desk.policy.min_relevance, desk.policy.low_score) == (0.8, -0.6)


def test_of_many_at_the_same_moment_one_wins_and_every_version_is_told_of(desk: Desk, neighbour: Desk) -> None:
    def try_to_save(number: int) -> int:
        chosen = (desk, neighbour)[number % 2]
        try:
            chosen.calibration.save_policy({"hits": number + 6}, based_on=1, reason="race", identity=ANALYST)
        except ConflictError:
            return 0
        return 1

    with ThreadPoolExecutor(8) as pool:
        won = sum(pool.map(try_to_save, range(8)))

    assert (won, [each.version for each in desk.calibration.policies(LEAD)]) == (1, [2, 1])
    assert [entry.action for entry in desk.workbench.audit_entries(LEAD)] == ["policy_saved"]


def test_an_earlier_version_comes_back_as_a_new_one(desk: Desk) -> None:
    first = desk.policy
    save(desk, min_relevance=0.9)
    save(desk, min_relevance=0.95)

    back = desk.calibration.restore_policy(1, reason="too many escalations", identity=LEAD)

    versions = desk.calibration.policies(ANALYST)
    assert (back.version, back.restored_from, desk.policy.min_relevance) == (4, 1, first.min_relevance)
    assert [(each.version, each.author) for each in versions] == [(4, "lee"), (3, "ana"), (2, "ana"), (1, "desk")]
    assert desk.policy.model_copy(update={"version": 1}) == first


def test_a_save_is_in_the_audit_chain_with_old_and_new_values(desk: Desk) -> None:
    save(desk, min_relevance=0.8, escalating_topics=["legal_threat"])

    (entry,) = desk.workbench.audit_entries(LEAD)

    assert (entry.action, entry.actor, entry.role) == ("policy_saved", "ana", "analyst")
    assert '"min_relevance":{"after":0.8,"before":0.7}' in entry.detail
    assert '"reason":"figures of last week"' in entry.detail
    assert desk.verify_audit().ok


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"min_relevance": 7}, "min_relevance cannot be 7: input should be less than or equal to 1"),
        ({"min_relevanz": 0.5}, "There is no field 'min_relevanz'"),
        ({"min_relevance": 0.3}, "uncertain_from 0.35 is above min_relevance 0.3"),
        ({"version": 9}, "numbers versions itself"),
        ({"min_relevance": 0.7}, "has these values already"),
        ({}, "has these values already"),
        ({"name": " "}, "needs a name"),
        ({"low_score": float("nan")}, "low_score cannot be nan"),
        ({"teams": {"billing": "nobody"}}, "teams.billing cannot be"),
    ],
)
def test_what_makes_no_sense_is_not_saved(desk: Desk, changes: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidDecisionError) as refusal:
        save(desk, **changes)

    assert why in str(refusal.value)
    assert "othing was saved" in str(refusal.value)
    assert desk.calibration.policies(LEAD) == []


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 1001, "\ud800"])
def test_a_version_needs_a_reason(desk: Desk, reason: str) -> None:
    with pytest.raises(InvalidDecisionError, match="with a reason"):
        desk.calibration.save_policy({"hits": 6}, based_on=1, reason=reason, identity=ANALYST)

    assert desk.policy.hits == 5


@pytest.mark.parametrize("role", ["stakeholder", "reviewer", "system"])
def test_only_some_roles_change_the_policy(desk: Desk, role: Role) -> None:
    somebody = Identity(subject="pat", role=role, source="command-line")
    save(desk, hits=6)

    with pytest.raises(ForbiddenError, match="change the policy"):
        save(desk, somebody, hits=7)
    with pytest.raises(ForbiddenError, match="change the policy"):
        desk.calibration.restore_policy(1, reason="back", identity=somebody)

    assert desk.policy.hits == 6


def test_a_version_that_never_was_cannot_come_back(desk: Desk) -> None:
    with pytest.raises(InvalidDecisionError, match="No version 7"):
        desk.calibration.restore_policy(7, reason="back", identity=LEAD)

    assert desk.calibration.policies(LEAD) == []


def test_a_restore_of_what_is_in_force_changes_nothing(desk: Desk) -> None:
    save(desk, hits=6)

    with pytest.raises(InvalidDecisionError, match="has these values already"):
        desk.calibration.restore_policy(2, reason="again", identity=LEAD)


def test_the_doctor_names_the_version_in_force_and_who_saved_it(desk: Desk) -> None:
    (before,) = [check for check in desk.checks() if check.name == "policy"]
    save(desk, LEAD, hits=6)

    (after,) = [check for check in desk.checks() if check.name == "policy"]

    assert (before.ok, "no version was saved here" in before.detail) == (True, True)
    assert after.ok
    assert after.detail.startswith("default v2 (")
    assert "saved by lee (lead)" in after.detail


@pytest.mark.sqlite_only
def test_a_save_that_breaks_off_leaves_nothing_behind(desk: Desk) -> None:
    refuse = "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
    change(desk.home / "desk.sqlite", refuse)

    with pytest.raises(StorageError, match="not stored"):
        save(desk, hits=6)

    assert (desk.policy.hits, desk.calibration.policies(LEAD)) == (5, [])


def test_a_version_that_cannot_be_read_stops_turns_and_the_doctor_says_so(desk: Desk) -> None:
    thread_id = desk.chat(QUESTION).thread_id
    save(desk, hits=6)
    spoilt = """UPDATE policies SET fields = '{"from_another_release": 1}' WHERE version = 2"""
    change(desk.home / "desk.sqlite", spoilt)

    (check,) = [check for check in desk.checks() if check.name == "policy"]
    with pytest.raises(ConfigurationError, match="Version 2 of the policy, saved by ana, cannot be read"):
        desk.chat(QUESTION, thread_id=thread_id)

    assert (check.ok, check.remedy) == (False, "Use the release that saved it.")
    assert len(desk.thread(thread_id).turns) == 1
