"""The database server goes down and comes up again while replicas work on it; on a server of its own."""

import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path
from random import Random

import psycopg
import pytest

from tests.benchmarks.figures import show
from tests.faults.records import money, query, read_lines
from tests.faults.replicas import Fleet, Share, refunds_in, shares_of
from tests.faults.settled import assert_decisions_stand, assert_every_message_is_answered_once, settle, turns
from tests.postgres import Server, restart, start, stop
from tests.stand_ins import open_test_desk

REPLICAS = 2
SEED = 20261122
SETTLE_S = 90.0

ROUNDS = [
    pytest.param(60, 2, (1.0, 2.0), id="short"),
    pytest.param(1500, 15, (5.0, 20.0), id="long", marks=pytest.mark.exhaustive),
]
"""Messages, of which two thirds ask for refunds; restarts; seconds between two of them."""


@pytest.mark.parametrize(("messages", "restarts", "apart_s"), ROUNDS)
def test_a_server_that_is_restarted_again_and_again_loses_nothing_and_stops_nobody(
    tmp_path: Path, own_server: Server, messages: int, restarts: int, apart_s: tuple[float, float]
) -> None:
    home, chance = tmp_path / "home", Random(SEED)  # noqa: S311  repeatable, not secret
    open_test_desk(home).close()
    lasts_s = restarts * sum(apart_s) / 2
    shares = shares_of(home, REPLICAS, messages, server=own_server.address, lasts_s=lasts_s)

    with Fleet(shares):
        for how in islice(cycle(("immediate", "fast")), restarts):
            time.sleep(chance.uniform(*apart_s))
            restart(own_server.data, "immediate" if how == "immediate" else "fast")
        up_again = time.monotonic()
        wait_until_all_are_paid(home, messages)
        settled_s = time.monotonic() - up_again

    notes = [note for share in shares for note in read_lines(share.log)]
    refusals = [note for note in notes if "refused" in note]
    assert_all_is_well(home, messages, notes)
    assert all("try again" in note["refused"] for note in refusals)
    assert all(len(outages(share)) <= 2 * restarts for share in shares)
    slowest = max((note["s"] for note in refusals), default=0.0)
    show(
        f"{restarts} restarts under {messages} messages",
        f"{len(refusals)} refusals, the slowest after {slowest:.1f} s; settled {settled_s:.1f} s after the last",
    )


@pytest.mark.parametrize("away_s", [4.0, pytest.param(60.0, marks=pytest.mark.exhaustive)])
def test_a_server_that_is_away_is_told_once_and_its_return_once(
    tmp_path: Path, own_server: Server, away_s: float
) -> None:
    home = tmp_path / "home"
    open_test_desk(home).close()
    shares = shares_of(home, REPLICAS, 60, server=own_server.address, lasts_s=away_s + 5.0)

    with Fleet(shares):
        time.sleep(1.0)
        stop(own_server.data)
        time.sleep(away_s)
        start(own_server.data)
        wait_until_all_are_paid(home, 60)

    assert_all_is_well(home, 60, [note for share in shares for note in read_lines(share.log)])
    for share in shares:
        began, ended = outages(share)
        assert "It is tried again; the next line about this comes when it is over." in began
        assert "storage: over after" in ended


def outages(share: Share) -> list[str]:
    """What the replica logged."""
    return share.log.with_suffix(".log").read_text(encoding="utf-8").splitlines()


def wait_until_all_are_paid(home: Path, messages: int) -> None:
    applied = "SELECT count(*) FROM reviews WHERE status = 'applied'"
    deadline = time.monotonic() + SETTLE_S + messages / 4
    while True:
        try:
            if query(home / "desk.sqlite", applied) == [(refunds_in(messages),)]:
                return
        except psycopg.OperationalError:
            pass
        assert time.monotonic() < deadline, "work is left that nobody takes up"
        time.sleep(0.1)


def assert_all_is_well(home: Path, messages: int, notes: Sequence[dict[str, str]]) -> None:
    desk = open_test_desk(home)
    desk.start()
    settle(desk)
    acknowledged = {note["message"]: note for note in notes if "message" in note}
    assert len(acknowledged) == messages
    assert_every_message_is_answered_once(turns(home), acknowledged)
    assert {turn["status"] for turn in turns(home).values()} == {"done"}
    assert_decisions_stand(home, [note for note in notes if "review" in note])
    assert money(home).agrees()
    assert len(money(home).paid) == refunds_in(messages)
    assert desk.verify_audit().ok
    assert [check for check in desk.checks() if not check.ok] == []
    desk.close()
