"""The chat for websites: one script to embed, and a page that shows it."""

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
    words, chat = ((STATIC / name).read_bytes() for name in ("widget-words.js", "widget.js"))
    # in a block, so that nothing of it can meet a name of the website's own
    return Response(b"{\n" + words + chat + b"}\n", media_type="text/javascript", headers=headers)


@router.get("/widget")
def page(request: Request) -> HTMLResponse:
    """A shop's page with the chat on it."""
    html = (STATIC / "widget.html").read_text(encoding="utf-8").replace("ROOT", request.scope.get("root_path", ""))
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/widget/page.css")
def style() -> Response:
    """How that page looks."""
    return Response((STATIC / "widget-page.css").read_bytes(), media_type="text/css", headers=KEPT)
