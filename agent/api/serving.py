"""The interface alone: one server process without pages."""

import logging
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI

from agent.api.application import create_api
from agent.api.beside import Beside
from agent.api.doorkeeper import BODY_BYTES
from agent.api.lending import Door
from agent.settings import Settings

logger = logging.getLogger(__name__)

GRACE_S = 10
MOST_CONNECTIONS = 4000


def serve(door: Callable[[], Door], settings: Settings, host: str, port: int) -> None:
    """Serve until the process is told to stop; what runs then is finished, for at most ten seconds."""
    server_of(create_api(door, settings), host, port).run()


def server_of(api: FastAPI, host: str, port: int) -> uvicorn.Server:
    """The server, not yet running."""
    return uvicorn.Server(
        uvicorn.Config(
            Beside(None, api),
            host=host,
            port=port,
            log_config=None,  # its lines go where all others go
            access_log=False,
            ws_max_size=BODY_BYTES,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_graceful_shutdown=GRACE_S,
            server_header=False,
        )
    )
