"""One address for both ways of serving: everything lies under /api, and without it wherever no page has the path."""

from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = "/api"
OWN = ("/chat", "/threads", "/ws", "/reviews", "/turns", "/sessions", "/widget", "/docs")
FILES = ("/openapi.json", "/widget.js", "/healthz", "/readyz", "/metrics")
SHARED_WITH_PAGES = ("/approvals", "/health")
"""A browser that opens one of these wants the page; a program that asks for JSON wants the interface."""


class Beside:
    """Sends requests for the interface to it and all others on to the pages, if there are any."""

    def __init__(self, app: ASGIApp | None, api: ASGIApp) -> None:
        """`app` is the pages, named as middleware is handed it; without pages the interface answers everything."""
        self._pages = app
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on."""
        if scope["type"] == "lifespan":
            await (self._pages or self._api)(scope, receive, send)
        elif _is_below(scope["path"], (PREFIX,)):
            await self._api({**scope, "root_path": scope.get("root_path", "") + PREFIX}, receive, send)
        elif self._pages is None or _is_for_api(scope):
            await self._api(scope, receive, send)
        else:
            await self._pages(scope, receive, send)


def _is_for_api(scope: Scope) -> bool:
    path = scope["path"]
    if path in SHARED_WITH_PAGES:
        return b"text/html" not in dict(scope["headers"]).get(b"accept", b"")
    return path in FILES or _is_below(path, OWN)


def _is_below(path: str, places: tuple[str, ...]) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in places)
