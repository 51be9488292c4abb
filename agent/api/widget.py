"""The chat for websites: one script to embed, and a page that shows it."""

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from agent.api.documentation import KEPT, STATIC

PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)

router = APIRouter(include_in_schema=False)


@router.get("/widget.js")
def script() -> Response:
    """The chat itself."""
    headers = {**KEPT, "Cross-Origin-Resource-Policy": "cross-origin"}
    return _file(STATIC / "widget.js", "text/javascript", headers)


@router.get("/widget")
def page(request: Request) -> HTMLResponse:
    """A shop's page with the chat on it."""
    html = (STATIC / "widget.html").read_text(encoding="utf-8").replace("ROOT", request.scope.get("root_path", ""))
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/widget/page.css")
def style() -> Response:
    """How that page looks."""
    return _file(STATIC / "widget-page.css", "text/css", KEPT)


def _file(path: Path, media_type: str, headers: dict[str, str]) -> Response:
    return Response(path.read_bytes(), media_type=media_type, headers=headers)
