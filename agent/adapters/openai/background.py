"""An event loop of its own thread, so that a call can be given up at its time limit wherever it hangs.

A blocking client measures the silence between two bytes: an endpoint that drips would hold it for ever.
"""

import asyncio
from collections.abc import Callable, Coroutine, Generator
from concurrent.futures import Future
from contextvars import Context, copy_context
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from langchain_core.runnables.config import var_child_runnable_config

T = TypeVar("T")
Put = Callable[[str], None]


class BackgroundLoop:
    """Runs coroutines for callers in any number of threads; they do not queue behind each other."""

    def __init__(self, name: str) -> None:
        """Start the thread, which ends with the process at the latest."""
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, name=name, daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What `work` returns or raises; it is cancelled if the caller is interrupted."""
        future = self._begin(work)
        try:
            return future.result()
        finally:
            future.cancel()

    def pieces(self, work: Callable[[Put], Coroutine[Any, Any, None]]) -> Generator[str, None, None]:
        """What `work` puts, as soon as it does; raises what it raises, and cancels it when closed early."""
        queue: SimpleQueue[str | None] = SimpleQueue()
        future = self._begin(work(queue.put))
        future.add_done_callback(lambda _: queue.put(None))
        try:
            yield from iter(queue.get, None)
            future.result()
        finally:
            future.cancel()

    def _begin(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        return _apart().run(asyncio.run_coroutine_threadsafe, work, self._loop)

    def close(self) -> None:
        """Give up what is under way and end the thread."""
        asyncio.run_coroutine_threadsafe(_cancel_others(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


def _apart() -> Context:
    """The caller's context, so that traces go on, but not as a part of a graph that calls us.

    It would take the models' raw output for its own stream.
    """
    context = copy_context()
    context.run(var_child_runnable_config.set, None)
    return context


async def _cancel_others() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_asyncgens()
