"""The only reader of the environment (and of a `.env` file beside the project)."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from agent.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"


class Settings(BaseSettings):
    """Where things are kept and which engine runs."""

    model_config = SettingsConfigDict(env_prefix="TRIAGE_", env_file=PROJECT / ".env", extra="ignore", frozen=True)

    home: Path = Field(default=DATA / "runtime", description="Databases, secret key and audit anchor of one desk.")
    cache: Path = Field(
        default=DATA / "runtime" / "cache",
        description="Trained classifiers and indexes, named by content; shared by all homes.",
    )
    engine: Literal["embedded", "auto"] = Field(default="auto", description="The language engine.")
    embedding_dir: Path | None = Field(default=None, description="An exported sentence-embedding model to use instead.")
    secret_key: SecretStr | None = Field(default=None, description="Signs the audit chain; else made once in home.")
    audit_anchor: Path | None = Field(default=None, description="Where the audit chain's head is written as well.")
    policy: str = Field(default="default", description="Preset or JSON file.")
    database_url: str | None = Field(default=None, description="Not supported yet: must be unset.")
    checkpoint_url: str | None = Field(default=None, description="Not supported yet: must be unset.")

    @field_validator("database_url", "checkpoint_url")
    @classmethod
    def _refuse_what_is_not_supported(cls, url: str | None) -> str | None:
        if url:
            # a database that is asked for and silently not used would be worse than an error
            message = "this version keeps everything in TRIAGE_HOME; unset it"
            raise ValueError(message)
        return None


def read_settings() -> Settings:
    """The settings of this process; a value that is not usable raises ConfigurationError naming it."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            f"TRIAGE_{'_'.join(str(part) for part in problem['loc']).upper()}={problem['input']}: {problem['msg']}"
            for problem in error.errors()
        )
        message = f"The settings are not usable, nothing was started: {problems}"
        raise ConfigurationError(message) from error
