"""The desk over HTTP. `create_api` makes the application; `Beside` puts it beside the pages; `serve` runs it alone."""

from agent.api.application import Door, closed_api, create_api
from agent.api.beside import Beside
from agent.api.serving import serve

__all__ = ["Beside", "Door", "closed_api", "create_api", "serve"]
