"""Real child processes, forked from a server that has everything imported, so that hundreds of them are cheap."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.stand_ins"])

PATIENCE_S = 60.0
"""Longest wait for a child that should end by itself."""


def start_forking() -> None:
    """Start the server that children are forked from, with the environment as it is now."""
    forkserver.ensure_running()


class Child(Protocol):
    """What a child process runs; its arguments are pickled."""

    def __call__(self, *arguments: Any) -> None:
        """Run in the child."""
        ...


def start(child: Child, *arguments: Any) -> BaseProcess:
    """A running child process; whoever starts it sees to it that it ends."""
    process = CONTEXT.Process(target=child, args=arguments, daemon=True)
    process.start()
    return process


@contextmanager
def running(child: Child, *arguments: Any) -> Iterator[BaseProcess]:
    """A child process for the time of the block; what is left of it then is killed."""
    process = start(child, *arguments)
    try:
        yield process
    finally:
        kill(process)


def kill(process: BaseProcess) -> None:
    """SIGKILL, and wait until it is gone."""
    process.kill()
    process.join(PATIENCE_S)


def exit_code_of(process: BaseProcess) -> int | None:
    """How a child that ends by itself ended: negative is a signal, None means that it still runs."""
    process.join(PATIENCE_S)
    return process.exitcode
