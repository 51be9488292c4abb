"""The base of all value types."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """Base of all value types: immutable, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
