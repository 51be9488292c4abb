"""The failure that a circuit breaker counts."""

from agent.errors import EngineError


class EngineUnavailableError(EngineError):
    """The engine cannot be reached, lets nobody in or does not answer in time: the next step would fail as well."""
