"""The description is true: what it says is what the server does, for requests made up from it."""

from collections.abc import Callable, Iterator
from traceback import format_exception
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.api.conftest import Api, running_api
from tests.stand_ins import REFUND_MESSAGE

EXAMPLES = 40
CALM = settings(deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    with running_api(tmp_path_factory.mktemp("desk") / "home") as api:
        yield api


@pytest.fixture(scope="module")
def description(server: Api) -> Any:
    told = httpx.get(f"{server.url}/openapi.json", trust_env=False).json()
    del told["paths"]["/threads/{thread_id}/events"]  # its answer has no end
    return schemathesis.openapi.from_dict(told)


@pytest.fixture(scope="module")
def admin(server: Api) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.key('fuzz', 'admin')}"}


def made_up(description: Any, examples: int, use: Callable[[Any], None]) -> list[str]:
    """Use requests that fit and requests that do not, of every operation; returns what went wrong."""
    found = []
    for result in description.get_all_operations():
        operation = result.ok()
        for mode in GenerationMode:
            run = given(case=operation.as_strategy(generation_mode=mode))(use)
            try:
                settings(CALM, max_examples=examples)(run)()
            except Unsatisfiable:
                continue  # nothing to get wrong: the operation takes nothing
            except (Exception, BaseExceptionGroup) as problem:  # noqa: BLE001  all of them are shown at the end
                found.append(f"{operation.label} {mode.value}: {''.join(format_exception(problem))}")
    return found


@pytest.mark.long
def test_made_up_requests_are_answered_as_described(description: Any, server: Api, admin: dict[str, str]) -> None:
    def use(case: Any) -> None:
        # whether a text says anything, or a thread exists, no schema can tell
        case.call_and_validate(
            base_url=server.url, headers=admin, timeout=60, excluded_checks=[positive_data_acceptance]
        )

    found = made_up(description, EXAMPLES, use)

    assert not found, "\n\n".join(found)


@pytest.mark.long
def test_made_up_requests_on_real_threads_break_nothing(description: Any, server: Api, admin: dict[str, str]) -> None:
    with httpx.Client(base_url=server.url, headers=admin, trust_env=False) as client:
        told = client.post("/chat", json={"text": REFUND_MESSAGE, "customer_id": "C-1001"}).json()

    def use(case: Any) -> None:
        for name in ("thread_id", "review_id", "turn_id"):
            if name in case.path_parameters:
                case.path_parameters[name] = told[name]
        case.call_and_validate(base_url=server.url, headers=admin, timeout=60, checks=[not_a_server_error])

    found = made_up(description, EXAMPLES, use)

    assert not found, "\n\n".join(found)


def test_every_operation_says_what_it_does_and_how_it_refuses(server: Api) -> None:
    told = httpx.get(f"{server.url}/openapi.json", trust_env=False).json()

    assert told["openapi"].startswith("3.1")
    assert {"HTTPBearer", "APIKeyHeader"} <= told["components"]["securitySchemes"].keys()
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            if path != "/healthz":
                refused = operation["responses"]["503"]["content"]["application/problem+json"]["schema"]
                assert refused["$ref"].endswith("/ProblemDocument")


def test_the_page_that_shows_it_needs_no_other_host(server: Api) -> None:
    with httpx.Client(base_url=server.url, trust_env=False) as client:
        page = client.get("/api/docs")
        files = [client.get(f"/api/docs/{name}") for name in ("docs.js", "swagger-ui-bundle.js", "swagger-ui.css")]

    assert "/api/docs/swagger-ui-bundle.js" in page.text
    assert "http" not in page.text.replace("HTTP", "")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert [file.status_code for file in files] == [200] * 3
