"""LangSmith and MLflow are told of every run, without what people wrote unless it was asked for."""

import importlib.util
import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from agent.errors import ConfigurationError
from agent.observing.mlflow_runs import keep_traces
from agent.settings import PROJECT

INSTALLED = importlib.util.find_spec("mlflow") is not None
SECRETS = ("4111 1111", "41111111", "ana@")
"""Long enough to be in no id by chance."""


@contextmanager
def langsmith() -> Iterator[tuple[str, list[bytes]]]:
    """A server that takes LangSmith's runs, and the bodies that it got."""
    bodies: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({"version": "0.10.0"})

        def do_POST(self) -> None:
            if self.headers.get("Transfer-Encoding") == "chunked":
                body = b"".join(iter(self._chunk, b""))
            else:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            bodies.append(body)
            self._answer({})

        do_PATCH = do_POST  # noqa: N815  the name that the server looks for

        def _chunk(self) -> bytes:
            size = int(self.rfile.readline(), 16)
            data = self.rfile.read(size)
            self.rfile.readline()
            return data

        def _answer(self, document: dict[str, Any]) -> None:
            told = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", bodies
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def run_desk(home: Path, **variables: str) -> None:
    environment = {**os.environ, "TRIAGE_HOME": str(home), **variables}  # noqa: TID251  for the child
    command = [sys.executable, "-m", "tests.observing.told_runs", str(home)]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True, timeout=240)


def told_langsmith(home: Path, **variables: str) -> str:
    with langsmith() as (url, bodies):
        run_desk(
            home,
            LANGSMITH_TRACING="true",
            LANGSMITH_ENDPOINT=url,
            LANGSMITH_API_KEY="lsv2_test",
            LANGSMITH_DISABLE_RUN_COMPRESSION="true",
            **variables,
        )
        return b"".join(bodies).decode("utf-8", "ignore")


def test_langsmith_gets_the_graphs_runs_without_what_people_wrote(tmp_path: Path) -> None:
    told = told_langsmith(tmp_path, LANGSMITH_HIDE_INPUTS="false")  # one setting decides, and it is another one

    assert '"name":"support-triage"' in told
    assert '"name":"handle_faq"' in told
    assert '"name":"ChatOpenAI"' in told
    assert "RuntimeError" in told
    for secret in (*SECRETS, "how long does delivery", "working days", "out of order"):
        assert secret not in told, secret


def test_a_models_run_lies_in_the_run_of_its_node(tmp_path: Path) -> None:
    told = told_langsmith(tmp_path)

    runs = {one["id"]: one for one in documents(told) if "trace_id" in one and "name" in one}
    models = [one for one in runs.values() if one["name"] == "ChatOpenAI"]
    assert models
    roots = {runs[one["trace_id"]]["name"] for one in models}
    assert roots == {"support-triage"}


def documents(told: str) -> Iterator[dict[str, Any]]:
    """The JSON objects that hold runs, out of the parts of all requests."""
    decoder = json.JSONDecoder()
    for start in re.finditer(r'\{"', told):
        try:
            found, _end = decoder.raw_decode(told, start.start())
        except ValueError:
            continue
        if "id" in found and "run_type" in found:
            yield found


def test_with_content_langsmith_gets_it_masked(tmp_path: Path) -> None:
    told = told_langsmith(tmp_path, TRIAGE_TRACE_CONTENT="true")

    assert "how long does delivery take? card [card ending 1111], [e-mail address]" in told
    assert not any(secret in told for secret in SECRETS)


@pytest.mark.skipif(INSTALLED, reason="MLflow is installed")
def test_without_mlflow_the_variable_is_answered_with_what_to_install() -> None:
    with pytest.raises(ConfigurationError, match=r"Nothing was started; install it with: pip install \"mlflow"):
        keep_traces(with_content=False)


@pytest.mark.skipif(not INSTALLED, reason="MLflow is not installed")
@pytest.mark.parametrize("content", ["false", "true"])
def test_mlflow_keeps_a_trace_of_every_run(tmp_path: Path, content: str) -> None:
    store = tmp_path / "mlflow.db"

    run_desk(
        tmp_path / "home",
        MLFLOW_TRACKING_URI=f"sqlite:///{store}",
        MLFLOW_DISABLE_TELEMETRY="true",
        TRIAGE_TRACE_CONTENT=content,
    )

    with closing(sqlite3.connect(store)) as connection:
        told = "\n".join(connection.iterdump())
    assert "support-triage" in told
    assert "ChatOpenAI" in told
    assert ("how long does delivery" in told) is (content == "true")
    assert not any(secret in told for secret in (*SECRETS, "out of order"))
