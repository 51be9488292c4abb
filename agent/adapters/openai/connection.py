"""Where the models are, and what they cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pydantic import SecretStr

OPENAI_URL = "https://api.openai.com/v1"
"""Named here, else the client would take one from the environment behind the settings' back."""
TOKENS_PRICED = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Connection:
    """An OpenAI-compatible endpoint and its models; `base_url` None means OpenAI itself.

    The cheap model understands, the strong one writes. No step takes longer than `timeout_s` seconds. `prices` holds
    dollars per million input and output tokens by model name.
    """

    api_key: SecretStr
    cheap_model: str
    strong_model: str
    base_url: str | None = None
    embedding_model: str | None = None
    timeout_s: float = 20.0
    prices: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """The endpoint's address, with the version."""
        return self.base_url or OPENAI_URL

    @property
    def key(self) -> SecretStr:
        """The key to send; local endpoints need none, but the client will not do without."""
        return self.api_key if self.api_key.get_secret_value().strip() else SecretStr("none")

    def cost(self, model: str, input_tokens: int, output_tokens: int) -> float | None:
        """Dollars for these tokens; None if the operator set no price for the model."""
        if model not in self.prices:
            return None
        per_input, per_output = self.prices[model]
        return (per_input * input_tokens + per_output * output_tokens) / TOKENS_PRICED
