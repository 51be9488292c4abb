"""What one step used up."""

from dataclasses import dataclass, field
from time import perf_counter

from langchain_core.messages.ai import UsageMetadata

from agent.adapters.openai.connection import Connection
from agent.model import EngineCall, EngineStep

MS = 1000


@dataclass
class Tally:
    """Tokens as the endpoint reported them, over every request of a step, and the time since it began."""

    input_tokens: int = 0
    output_tokens: int = 0
    _unreported: bool = False
    _started: float = field(default_factory=perf_counter)

    def add(self, usage: UsageMetadata | None) -> None:
        """Count a request; None where the endpoint reported nothing."""
        if usage is None:
            self._unreported = True
            return
        self.input_tokens += usage["input_tokens"]
        self.output_tokens += usage["output_tokens"]

    def call(self, step: EngineStep, engine: str, connection: Connection, model: str, trouble: str = "") -> EngineCall:
        """The record of the step as it stands now; the cost is None if some of the tokens are unknown."""
        cost = connection.cost(model, self.input_tokens, self.output_tokens)
        return EngineCall(
            step=step,
            engine=engine,
            model=model,
            ms=(perf_counter() - self._started) * MS,
            input_tokens=self.input_tokens,
            output_tokens=self.output_tokens,
            cost_usd=None if self._unreported else cost,
            trouble=trouble,
        )
