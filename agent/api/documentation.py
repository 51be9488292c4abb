"""The description of this interface, and a page to read it on; nothing of it comes from another host."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, Response
from starlette.requests import Request

from agent.api.problems import Problem, ProblemDocument

STATIC = Path(__file__).parent / "static"
SWAGGER = {"swagger-ui-bundle.js": "text/javascript", "swagger-ui.css": "text/css"}
"""The files of Swagger UI that the package fastapi-swagger carries; its code is not used."""
KEPT = {"Cache-Control": "public, max-age=3600"}
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def page(request: Request) -> HTMLResponse:
    """Swagger UI on this desk's description."""
    root = request.scope.get("root_path", "")
    html = (STATIC / "docs.html").read_text(encoding="utf-8").replace("ROOT", root)
    return HTMLResponse(html, headers={"Content-Security-Policy": PAGE_POLICY})


@router.get("/docs/{name}")
def file(name: str) -> Response:
    """A file that the page needs."""
    if name == "docs.js":
        return Response((STATIC / name).read_bytes(), media_type="text/javascript", headers=KEPT)
    if name not in SWAGGER:
        raise Problem(404, "not-found", "The page has no such file; nothing was done.")
    content = files("fastapi_swagger").joinpath("resources", name).read_bytes()
    return Response(content, media_type=SWAGGER[name], headers=KEPT)


def describe(app: FastAPI) -> None:
    """Let the application's description name the problem documents and where it is mounted."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            problem = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
            document["components"]["schemas"]["ProblemDocument"] = problem
            app.openapi_schema = document
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # FastAPI's own way to extend it
