"""What went wrong at an endpoint, in words of ours: no key and nothing that a customer wrote is ever in them."""

from typing import Any

import openai
from langchain_core.exceptions import ContextOverflowError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from agent.adapters.unavailable import EngineUnavailableError
from agent.errors import EngineError

ATTEMPTS = 2
LONGEST_WAIT_S = 2.0
USUAL_WAIT_S = 0.2
NOT_IMPLEMENTED = 501
UNFINISHED = {
    "length": "ran out of tokens before its reply was complete",
    "content_filter": "was stopped by a content filter",
}
"""What the reasons mean that a model gives for ending a reply."""


class RefusedError(EngineError):
    """The model would not, or could not, finish; another way of asking would not help."""


class UnusableReplyError(EngineError):
    """The reply is not in the form that was asked for; the endpoint may do better when asked in another way."""


def explain(error: Exception, model: str, timeout_s: float, *, begun: bool = False) -> EngineError:
    """The failure for operators; `begun` says that a part of the reply had arrived."""
    match error:
        case EngineError():
            return error
        case TimeoutError() | openai.APITimeoutError():
            failure: EngineError = EngineUnavailableError(f"no complete reply of {model} within {timeout_s:g} s")
        case openai.APIConnectionError() if begun:
            failure = EngineError(f"the connection broke while {model} was replying")
        case openai.APIConnectionError():
            failure = EngineUnavailableError("the endpoint cannot be reached; check its address and the network")
        case openai.APIStatusError():
            failure = _by_status(error.status_code, model)
        case openai.APIError():
            failure = EngineError(f"the endpoint reported an error while {model} was replying")
        case _:
            failure = _by_kind(error, model)
    return failure


def _by_status(status: int, model: str) -> EngineError:
    if status in {401, 403}:
        return EngineUnavailableError(f"the endpoint refuses the API key for {model} ({status}); check the key")
    reasons = {
        400: f"the endpoint refuses the request for {model} as invalid (400)",
        404: f"the endpoint does not know the model {model} (404); check its name and the address",
        422: f"the endpoint refuses the request for {model} as invalid (422)",
        429: f"the endpoint takes no more requests for {model} at the moment (429); check quota and limits",
    }
    return EngineError(reasons.get(status, f"the endpoint failed on a request for {model} ({status})"))


def _by_kind(error: Exception, model: str) -> EngineError:
    if isinstance(error, openai.LengthFinishReasonError):
        return RefusedError(f"{model} {UNFINISHED['length']}")
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return RefusedError(f"{model} {UNFINISHED['content_filter']}")
    return EngineError(f"the endpoint's reply for {model} is not OpenAI-compatible ({type(error).__name__})")


def asks_otherwise(error: Exception) -> bool:
    """Whether asking for the same in another way may work."""
    if isinstance(error, openai.APIStatusError):
        return error.status_code in {400, 422, NOT_IMPLEMENTED} and not isinstance(error, ContextOverflowError)
    return isinstance(error, UnusableReplyError)


def retrying() -> AsyncRetrying:
    """One more attempt after a passing failure, if the endpoint does not ask for a longer wait than is worth it."""
    return AsyncRetrying(
        stop=stop_after_attempt(ATTEMPTS), wait=_wait, retry=retry_if_exception(_is_passing), reraise=True
    )


def _is_passing(error: BaseException) -> bool:
    if isinstance(error, openai.APITimeoutError):
        return False  # the time of the step is used up as well
    if isinstance(error, openai.RateLimitError | openai.InternalServerError):
        return error.status_code != NOT_IMPLEMENTED and _asked_wait(error) <= LONGEST_WAIT_S
    return isinstance(error, openai.APIConnectionError)


def _wait(state: RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    return _asked_wait(error) if isinstance(error, openai.APIStatusError) else USUAL_WAIT_S


def _asked_wait(error: openai.APIStatusError) -> float:
    """Seconds that the endpoint asks to wait; a date is taken for a long time."""
    headers: Any = error.response.headers
    asked = headers.get("retry-after")
    if asked is None:
        return USUAL_WAIT_S
    try:
        return max(0.0, float(asked))
    except ValueError:
        return float("inf")
