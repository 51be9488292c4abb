"""A thousand tickets, a desk that misbehaves at random, and processes that are killed: each ticket is there once."""

import random
import threading
import time
from collections import Counter
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from starlette.requests import Request

from agent.desk import Desk
from agent.model import TicketRequest
from tests.desks.connected import Connection, connected_desk
from tests.desks.server import AppServer, Misbehaving, Whim
from tests.desks.servicenow import ServiceNow
from tests.desks.zendesk import Zendesk
from tests.faults.couriers import deliver, soon
from tests.faults.processes import CONTEXT, PATIENCE_S, kill, running
from tests.faults.records import query
from tests.stand_ins import REVIEWER

SETTLE_S = 400.0
SEED = 20261121
UNSETTLED = "SELECT count(*) FROM deliveries WHERE status IN ('waiting', 'sending')"
FAILED = "SELECT count(*) FROM deliveries WHERE status = 'failed'"

WHIMS: tuple[tuple[Whim, float], ...] = (
    ("well", 0.76),
    ("busy", 0.01),
    ("fails", 0.06),
    ("away", 0.03),
    ("late", 0.01),
    ("accepts, then silent", 0.05),
    ("accepts, then cuts", 0.05),
    ("drops", 0.03),
)


class AtRandom:
    """One of the whims for each request, the same for each run."""

    def __init__(self) -> None:
        self._chance = random.Random(SEED)  # noqa: S311  repeatable, not secret
        self._lock = threading.Lock()

    def __call__(self, _request: Request) -> Whim:
        with self._lock:
            return self._chance.choices([whim for whim, _share in WHIMS], [share for _whim, share in WHIMS])[0]


def a_server(kind: str) -> Zendesk | ServiceNow:
    # the real Zendesk would help with its Idempotency-Key; here it must not be needed
    behaviour = Misbehaving(mood=AtRandom(), silence_s=0.7, retry_after="0.5")
    return Zendesk(behaviour=behaviour, keeps_keys=False) if kind == "Zendesk" else ServiceNow(behaviour=behaviour)


def open_tickets(desk: Desk, count: int) -> list[str]:
    tickets = desk._office.services.tickets  # noqa: SLF001  as the graph's nodes open them
    keys = [f"turn-{number}:issue" for number in range(count)]
    for key in keys:
        tickets.open_ticket(
            TicketRequest(
                key=key,
                thread_id="t",
                turn_id=key,
                kind="issue",
                priority="normal",
                subject="A kettle",
                body="It leaks.",
                due_at="2026-11-21T12:00:00.000Z",
            )
        )
    return keys


def settle(home: Path) -> None:
    deadline = time.monotonic() + SETTLE_S
    while query(home / "desk.sqlite", UNSETTLED) != [(0,)]:
        assert time.monotonic() < deadline, "tickets are left that nobody delivers"
        time.sleep(0.2)


@pytest.mark.parametrize("kind", ["Zendesk", "ServiceNow"])
@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.long)])
def test_every_ticket_is_there_once_however_the_other_desk_behaves(tmp_path: Path, kind: str, count: int) -> None:
    server, home = a_server(kind), tmp_path / "home"
    with AppServer(server.app) as there, closing(connected_desk(home, soon(there.url, kind))) as desk:
        keys = open_tickets(desk, count)
        desk.dispatch.start()

        settle(home)
        left = query(home / "desk.sqlite", FAILED)[0][0]
        while query(home / "desk.sqlite", FAILED) != [(0,)]:
            desk.dispatch.retry_all(kind, REVIEWER)
            settle(home)

    assert Counter(one["external_id"] for one in server.tickets) == dict.fromkeys(keys, 1)
    assert left < count / 4


@pytest.mark.parametrize("kind", ["Zendesk", "ServiceNow"])
@pytest.mark.parametrize(("count", "kills"), [(60, 4), pytest.param(1000, 40, marks=pytest.mark.long)])
def test_killed_again_and_again_every_ticket_is_there_once(tmp_path: Path, kind: str, count: int, kills: int) -> None:
    server, home = a_server(kind), tmp_path / "home"
    with AppServer(server.app) as there, closing(connected_desk(home, soon(there.url, kind))) as desk:
        connection = soon(there.url, kind)
        keys = open_tickets(desk, count)

        deliver_and_kill(home, connection, kills)
        desk.dispatch.start()
        settle(home)
        while query(home / "desk.sqlite", FAILED) != [(0,)]:
            desk.dispatch.retry_all(kind, REVIEWER)
            settle(home)

    assert Counter(one["external_id"] for one in server.tickets) == dict.fromkeys(keys, 1)


def deliver_and_kill(home: Path, connection: Connection, kills: int) -> None:
    """Two processes deliver side by side; one after the other is killed at a random moment."""
    chance = random.Random(SEED)  # noqa: S311  repeatable, not secret
    with ExitStack() as stack:
        living = None
        for _number in range(kills + 1):
            started = CONTEXT.Event()
            replacement = stack.enter_context(running(deliver, home, connection, started))
            assert started.wait(PATIENCE_S)
            time.sleep(chance.uniform(0.05, 1.0))
            if living is not None:
                kill(living)
                assert living.exitcode == -9
            living = replacement
        if living is not None:
            kill(living)


@pytest.mark.long
def test_two_processes_together_keep_the_pace_of_the_plan(tmp_path: Path) -> None:
    server, home = Zendesk(), tmp_path / "home"
    with AppServer(server.app) as there:
        connection = Connection(url=there.url, plan="team")
        with closing(connected_desk(home, connection)) as desk, ExitStack() as stack:
            open_tickets(desk, 300)
            for _process in range(2):
                stack.enter_context(running(deliver, home, connection, CONTEXT.Event()))
            desk.dispatch.start()
            settle(home)

    times = sorted(at for at, _method, _path in server.behaviour.asked)
    in_a_minute = max(sum(begin <= at < begin + 60 for at in times) for begin in times)
    assert len(server.tickets) == 300
    assert in_a_minute <= 200
    assert times[-1] - times[0] > 60
