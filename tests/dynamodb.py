"""A real HTTP server that speaks DynamoDB's API for the tests, and a table of its own for every home.

`pytest --store dynamodb` starts it and names it in the environment, which child processes inherit.
"""

import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ENDPOINT = "TRIAGE_TEST_DYNAMODB"
"""Where the server listens; unset while the tests keep checkpoints beside the tables."""

CREDENTIALS = {
    "AWS_ACCESS_KEY_ID": "for-tests",
    "AWS_SECRET_ACCESS_KEY": "for-tests",
    "AWS_EC2_METADATA_DISABLED": "true",
}
PATIENCE_S = 60.0

SERVE = """
import sys
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple
run_simple("127.0.0.1", int(sys.argv[1]), DomainDispatcherApplication(create_backend_app), threaded=False)
"""
"""As moto.server does, but one request at a time: its transactions copy tables that others may be changing."""


@contextmanager
def running_dynamodb() -> Iterator[str]:
    """Start moto's server in a process of its own; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-c", SERVE, str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def checkpoints_for(home: Path) -> str | None:
    """The address of the table that holds this home's checkpoints; None unless the tests run on DynamoDB."""
    endpoint = os.environ.get(ENDPOINT)  # noqa: TID251  set for the tests alone
    return table_address(endpoint, home) if endpoint else None


def table_address(endpoint: str, thing: object) -> str:
    """The address of a table that is this thing's own."""
    name = f"t_{hashlib.sha256(str(thing).encode()).hexdigest()[:20]}"
    return f"dynamodb://{name}?region=eu-central-1&endpoint={endpoint}"


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)
        else:
            return
