"""Batches that are too large, mixed or of somebody's own requests decide nothing, and each refusal in one is told."""

from datetime import timedelta

import pytest

from agent.errors import InvalidDecisionError
from agent.model import Decision
from tests.flow.bench import APPROVE, DENY, LARGE, LEE, ROBIN, Bench, edit_to, person


def alike(bench: Bench, count: int) -> tuple[str, list[tuple[str, str]]]:
    """Refunds of the same kind, with the digests that were shown."""
    made = [bench.desk.review(bench.refund("refund of $7 for order LF-10482")) for _each in range(count)]
    assert len({each.look_alike for each in made}) == 1
    return made[0].look_alike, [(each.review_id, each.payload_sha256) for each in made]


def test_a_batch_has_one_to_twenty_different_reviews(bench: Bench) -> None:
    key, seen = alike(bench, 21)

    for wrong in ([], seen, [seen[0], seen[0]], [*seen[:5], (seen[0][0], "0" * 64)]):
        with pytest.raises(InvalidDecisionError, match=r"1 to 20 different reviews. Nothing was decided"):
            bench.tools.decide_batch(key, wrong, APPROVE, ROBIN)
    open_before = bench.desk.queue_counts().pending
    outcomes = bench.tools.decide_batch(key, seen[:20], APPROVE, ROBIN)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    assert (open_before, {each.error for each in outcomes}) == (21, {None})
    assert (bench.desk.payments_made(), bench.desk.queue_counts().pending) == (20, 1)


def test_a_batch_of_unlike_reviews_or_of_another_group_decides_nothing(bench: Bench) -> None:
    key, seen = alike(bench, 2)
    other = bench.desk.review(bench.refund("refund of $60 for order LF-10482"))
    large = bench.desk.review(bench.refund(LARGE, "guest"))

    for group, wrong in (
        (key, [*seen, (other.review_id, other.payload_sha256)]),
        (other.look_alike, seen),
        ("", seen),
        ("", [(large.review_id, large.payload_sha256)]),
    ):
        with pytest.raises(InvalidDecisionError, match=r"not like the others. Nothing was decided"):
            bench.tools.decide_batch(group, wrong, APPROVE, ROBIN)

    assert (bench.desk.queue_counts().pending, bench.desk.payments_made()) == (4, 0)


@pytest.mark.parametrize(
    "decision", [edit_to(1), Decision(action="respond", reply="Why?"), Decision(action="take-over")]
)
def test_a_batch_is_only_approved_or_denied(bench: Bench, decision: Decision) -> None:
    key, seen = alike(bench, 2)

    with pytest.raises(InvalidDecisionError, match=r"as it stands. Nothing was decided"):
        bench.tools.decide_batch(key, seen, decision, ROBIN)

    assert bench.desk.queue_counts().pending == 2


def test_in_a_batch_each_refusal_is_told_and_the_others_go_through(bench: Bench) -> None:
    key, seen = alike(bench, 4)
    bench.desk.decide(seen[0][0], DENY, LEE)
    bench.tools.claim(seen[1][0], LEE)

    outcomes = bench.tools.decide_batch(key, [*seen[:2], (seen[2][0], "0" * 64), seen[3]], APPROVE, ROBIN)
    bench.clock.advance(timedelta(seconds=11))
    bench.work()

    errors = [each.error or "" for each in outcomes]
    assert ["already decided by Lee" in errors[0], "claimed by Lee" in errors[1]] == [True, True]
    assert ["not what you were shown" in errors[2], errors[3]] == [True, ""]
    assert bench.desk.payments_made() == 1


def test_a_batch_on_ones_own_requests_decides_none_of_them(bench: Bench) -> None:
    key, seen = alike(bench, 3)

    outcomes = bench.tools.decide_batch(key, seen, APPROVE, person("Maya.Chen@example.com"))

    assert ["own request" in (each.error or "") for each in outcomes] == [True] * 3
    assert bench.desk.queue_counts().pending == 3
