"""What programs get beside the pages: the HTTP API, on the desk that the pages use."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from anyio import to_thread
from fastapi import FastAPI

from agent import ConfigurationError, Opening, flush_traces, read_settings, start_logging, start_observing
from agent.api import closed_api, create_api
from pages.ui.access.sign_in_setup import sign_in_setup
from pages.ui.opening import the_opening


def interface() -> FastAPI:
    """The API of this process; with settings that are not usable it says that the desk is closed, as the pages do."""
    try:
        settings = read_settings()
        start_logging(settings, is_server=True)
        start_observing(settings)
    except ConfigurationError as error:
        return closed_api(str(error))
    return create_api(_door, settings, demo_allowed=_pages_are_a_demo)


@asynccontextmanager
async def opened(_app: Any) -> AsyncIterator[None]:
    """Begin opening the desk with the server rather than with the first visit."""
    with suppress(ConfigurationError):  # the pages say what is wrong with the settings
        # again: by now the server's own loggers are there
        start_logging(read_settings(), is_server=True)
    the_opening()
    yield
    await to_thread.run_sync(flush_traces)


def _door() -> Opening:
    return the_opening()


def _pages_are_a_demo() -> bool:
    return sign_in_setup().mode == "demo"
