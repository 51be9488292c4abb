"""A real server in a thread of this process, on a desk with the stand-in engine."""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from agent.api import create_api
from agent.api.serving import server_of
from agent.api.waits import USUAL, Waits
from agent.bootstrap import Mind, open_backoffice
from agent.desk import Desk
from agent.model import Answer, Identity, Role
from agent.ports.language import AnswerTask, Note, Say, unnoted, unsaid
from tests.stand_ins import MIND, KeywordEngine, settings_for

KIM = Identity(subject="Kim", role="admin", source="command-line")
START_S = 20


@dataclass
class Ajar:
    """A door whose desk the test sets."""

    desk: Desk | None = None
    problem: str | None = None


@dataclass
class Api:
    """A running server with its desk."""

    url: str
    desk: Desk
    door: Ajar
    app: FastAPI
    clients: ExitStack = field(default_factory=ExitStack)

    @property
    def ws(self) -> str:
        """The same address for WebSockets."""
        return self.url.replace("http://", "ws://")

    def key(self, name: str, role: Role = "stakeholder", **scope: Any) -> str:
        """A new key."""
        return self.desk.access.create_key(name, role, KIM, **scope).secret

    def client(self, key: str | None = None, **headers: str) -> httpx.Client:
        """A client with this key."""
        brought = {"Authorization": f"Bearer {key}"} if key else {}
        client = httpx.Client(base_url=self.url, headers={**brought, **headers}, timeout=30, trust_env=False)
        return self.clients.enter_context(client)

    def by(self, role: Role) -> httpx.Client:
        """A client of somebody with this role."""
        return self.client(self.key(f"{role} {time.monotonic_ns()}", role))


def message(client: httpx.Client, **body: Any) -> httpx.Response:
    """Send a question that the desk can answer, or what the body says."""
    return client.post("/chat", json={"text": "how long do you deliver?", **body})


OpenApi = Callable[..., Api]


@pytest.fixture
def open_api(tmp_path: Path) -> Iterator[OpenApi]:
    """Start a server; settings may be overridden."""
    with ExitStack() as running:

        def start(home: Path | None = None, **settings: Any) -> Api:
            return running.enter_context(running_api(home or tmp_path / "home", **settings))

        yield start


class SlowEngine(KeywordEngine):
    """Says each sentence a while before the answer is whole, as a remote model does."""

    def answer(self, task: AnswerTask, say: Say = unsaid, note: Note = unnoted) -> Answer:
        """The same answer, slowly."""
        answer = super().answer(task, unsaid, note)
        for sentence in answer.sentences:
            time.sleep(0.2)
            say(sentence, answer.confidence)
            time.sleep(1.0)
        return answer


SLOW = dataclasses.replace(MIND, language=SlowEngine())


@contextmanager
def running_api(home: Path, mind: Mind = MIND, waits: Waits = USUAL, **settings: Any) -> Iterator[Api]:
    """A server with a started desk, as long as the block runs."""
    desk = Desk(open_backoffice(settings_for(home), mind), settings_for(home))
    desk.start()
    door = Ajar(desk)
    chosen = settings_for(home).model_copy(update={"api_rate": "100000/minute", **settings})
    app = create_api(lambda: door, chosen, waits=waits)
    server = server_of(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started:
        assert thread.is_alive()
        assert time.monotonic() < deadline
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    api = Api(f"http://127.0.0.1:{port}", desk, door, app)
    try:
        with api.clients:
            yield api
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        desk.close()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One demo server for all tests of a file whose requests are refused: nothing is ever stored in it."""
    with running_api(tmp_path_factory.mktemp("untouched") / "home") as opened:
        yield opened
        assert opened.desk.threads() == []
        assert opened.desk.access.keys(KIM) == []


@pytest.fixture
def api(open_api: OpenApi) -> Api:
    """A server in demo mode: nobody made a key."""
    return open_api()
