"""The only reader of the environment (and of a `.env` file beside the project)."""

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import AliasChoices, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from agent.errors import ConfigurationError

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "data"

ORIGIN = re.compile(r"https?://[^/?#@,\s]+")

OWNED_BY_OTHERS = ("OTEL_", "MLFLOW_", "LANGSMITH_", "LANGCHAIN_")
"""Variables that libraries read themselves."""

TRACES_PATH = "/v1/traces"


class Settings(BaseSettings):
    """Where things are kept and which engine runs."""

    model_config = SettingsConfigDict(
        env_prefix="TRIAGE_", env_file=PROJECT / ".env", extra="ignore", frozen=True, populate_by_name=True
    )

    home: Path = Field(default=DATA / "runtime", description="Databases, secret key and audit anchor of one desk.")
    cache: Path = Field(
        default=DATA / "runtime" / "cache",
        description="Trained classifiers and indexes, named by content; shared by all homes.",
    )
    engine: Literal["embedded", "openai", "auto"] = Field(
        default="auto", description="The language engine; auto is openai where a key or a base URL is set."
    )
    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias="OPENAI_API_KEY", description="Key of the OpenAI-compatible endpoint."
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias="OPENAI_BASE_URL", description="Its address; else OpenAI's own."
    )
    cheap_model: str = Field(default="gpt-4o-mini", description="Model that classifies and gauges sentiment.")
    strong_model: str = Field(default="gpt-4o", description="Model that answers, summarises and drafts.")
    embedding_model: str | None = Field(
        default=None, description="Model for embeddings by API; else the embedded one is used for retrieval."
    )
    engine_timeout_s: float = Field(
        default=20.0, gt=0, le=120, description="Seconds that one step of a remote engine may take."
    )
    prices: dict[str, tuple[float, float]] = Field(
        default={},
        description="Model name → dollars per million input and output tokens, as JSON; else cost is unknown.",
    )
    embedding_dir: Path | None = Field(default=None, description="An exported sentence-embedding model to use instead.")
    documents: Path | None = Field(
        default=None, description="Folder out of which the pages may take articles in; else `documents` in home."
    )
    secret_key: SecretStr | None = Field(default=None, description="Signs the audit chain; else made once in home.")
    audit_anchor: Path | None = Field(default=None, description="Where the audit chain's head is written as well.")
    policy: str = Field(default="default", description="Preset or JSON file.")
    sign_in: Literal["auto", "required"] = Field(
        default="auto",
        description="auto: the pages' demo mode where no sign-in is configured; required: closed instead.",
    )
    roles_claim: str = Field(
        default="roles", min_length=1, description="Claim of the sign-in that names roles; dots lead into nested ones."
    )
    app_url: str = Field(default="", description="Where people open the app, for links in tickets.")
    tickets: Literal["builtin", "zendesk", "servicenow"] = Field(
        default="builtin", description="Where tickets are worked on."
    )
    zendesk_url: str = Field(default="", description="For example https://example.zendesk.com.")
    zendesk_email: str = Field(default="", description="Whose API token it is; without it the token is an OAuth token.")
    zendesk_token: SecretStr | None = Field(default=None, description="API token or OAuth token.")
    zendesk_plan: Literal["team", "growth", "professional", "enterprise", "high-volume"] = Field(
        default="team", description="Says how many requests a minute the account allows."
    )
    servicenow_url: str = Field(default="", description="For example https://example.service-now.com.")
    servicenow_user: str = Field(default="", description="Who opens incidents; without it the token is used.")
    servicenow_password: SecretStr | None = Field(default=None, description="The user's password.")
    servicenow_token: SecretStr | None = Field(default=None, description="An OAuth token instead of a user.")
    servicenow_per_hour: int = Field(
        default=3600, ge=60, description="Requests an hour that the instance's rate limit rule allows us."
    )
    webhook_urls: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        validation_alias=AliasChoices("TRIAGE_WEBHOOK_URLS", "TRIAGE_WEBHOOK_URL"),
        description="Who is told of reviews and tickets; several are separated by spaces or commas.",
    )
    webhook_secret: SecretStr | None = Field(default=None, description="Signs webhooks: whsec_ and base64, or base64.")
    webhook_content: bool = Field(default=False, description="Whether webhooks carry what customers wrote.")
    api_rate: str = Field(
        default="240/minute",
        pattern=r"^[1-9]\d{0,6}/(second|minute|hour)$",
        description="Requests that one key, token or address may send, like 240/minute.",
    )
    api_streams: int = Field(default=50, ge=1, description="Streams of events that one client may hold open at a time.")
    jwt_key: SecretStr | None = Field(
        default=None, description="Shared secret (HS256) or public key in PEM that bearer tokens are checked with."
    )
    jwks_url: str | None = Field(default=None, description="Where the issuer of bearer tokens publishes its keys.")
    jwt_issuer: str | None = Field(default=None, description="The iss that a bearer token must have.")
    jwt_audience: str | None = Field(default=None, description="The aud that a bearer token must have.")
    jwt_customer_claim: str = Field(
        default="customer_id", min_length=1, description="Claim that makes a bearer token that of one customer."
    )
    widget_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Websites that may embed the chat, like https://shop.example, with commas between."
    )
    log: Literal["text", "json"] = Field(default="text", description="How log lines are written to stderr.")
    log_level: Literal["debug", "info", "warning", "error"] | None = Field(
        default=None, description="The least that is logged; else info by a server and warning by a command."
    )
    trace_content: bool = Field(
        default=False, description="Whether what people wrote may stand in spans and logs, masked."
    )
    metrics: Literal["key", "open", "off"] = Field(
        default="key", description="Who gets /metrics: this machine and operators' keys, everybody, or nobody."
    )
    otlp_endpoint: str = Field(
        default="", validation_alias="OTEL_EXPORTER_OTLP_ENDPOINT", description="Where spans go; /v1/traces is added."
    )
    otlp_traces_endpoint: str = Field(
        default="", validation_alias="OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", description="The same, taken as it is."
    )
    otlp_protocol: str = Field(
        default="http/protobuf",
        validation_alias=AliasChoices("OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"),
        description="Only http/protobuf is spoken.",
    )
    otel_sdk_disabled: str = Field(
        default="", validation_alias="OTEL_SDK_DISABLED", description="true switches spans off."
    )
    otel_traces_exporter: str = Field(
        default="otlp", validation_alias="OTEL_TRACES_EXPORTER", description="none switches spans off."
    )
    mlflow_tracking_uri: str = Field(
        default="",
        validation_alias="MLFLOW_TRACKING_URI",
        description="Where MLflow keeps traces; else it is not used.",
    )
    langsmith_tracing: str = Field(
        default="",
        validation_alias=AliasChoices(
            "LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING"
        ),
        description="true: LangSmith is told of every run.",
    )
    database_url: str | None = Field(
        default=None,
        description="postgresql://… for tables and checkpoints that many processes share; else files in home.",
    )
    checkpoint_url: str | None = Field(
        default=None,
        description="Where checkpoints are kept instead of beside the tables: dynamodb://TABLE?region=…, or another "
        "postgresql://… or sqlite:///file.",
    )

    @property
    def documents_folder(self) -> Path:
        """Where the pages may take articles from."""
        return self.documents or self.home / "documents"

    @property
    def uses_openai(self) -> bool:
        """Whether a remote engine does the language tasks."""
        key = self.openai_api_key.get_secret_value().strip() if self.openai_api_key else ""
        return self.engine == "openai" or (self.engine == "auto" and bool(key or self.openai_base_url))

    @property
    def traces_to(self) -> str | None:
        """Where spans are sent; None means that none are made."""
        if self.otel_sdk_disabled.strip().lower() == "true" or self.otel_traces_exporter.strip().lower() == "none":
            return None
        base = self.otlp_endpoint.rstrip("/")
        return self.otlp_traces_endpoint or (f"{base}{TRACES_PATH}" if base else None)

    @property
    def tells_langsmith(self) -> bool:
        """Whether LangSmith is told of every run."""
        return self.langsmith_tracing.strip().lower() == "true"

    @property
    def takes_tokens(self) -> bool:
        """Whether bearer tokens of another issuer are taken."""
        return self.jwt_key is not None or self.jwks_url is not None

    @model_validator(mode="after")
    def _check_traces(self) -> Self:
        target = self.traces_to
        if target is None:
            return self
        if self.otlp_protocol.strip().lower() != "http/protobuf":
            message = "spans are sent by http/protobuf only; unset OTEL_EXPORTER_OTLP_PROTOCOL, or set it to that"
            raise ValueError(message)
        if urlsplit(target).scheme not in {"http", "https"} or not urlsplit(target).hostname:
            message = "OTEL_EXPORTER_OTLP_ENDPOINT has to be an address like http://collector:4318"
            raise ValueError(message)
        return self

    @field_validator("widget_origins", mode="before")
    @classmethod
    def _split_origins(cls, written: Any) -> Any:
        origins = written.split(",") if isinstance(written, str) else written
        return tuple(origin.strip().rstrip("/") for origin in origins if origin.strip())

    @field_validator("widget_origins")
    @classmethod
    def _check_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        wrong = [origin for origin in origins if not ORIGIN.fullmatch(origin)]
        if wrong:
            message = f"{wrong[0]} is not an origin; write it like https://shop.example"
            raise ValueError(message)
        return origins

    @model_validator(mode="after")
    def _check_tokens(self) -> Self:
        if self.takes_tokens and not (self.jwt_issuer and self.jwt_audience):
            # a token that was made for another service must not open this one
            message = "tokens are only taken with TRIAGE_JWT_ISSUER and TRIAGE_JWT_AUDIENCE; set both"
            raise ValueError(message)
        return self

    @field_validator("webhook_urls", mode="before")
    @classmethod
    def _divide(cls, told: Any) -> Any:
        return tuple(told.replace(",", " ").split()) if isinstance(told, str) else told

    @field_validator("app_url", "zendesk_url", "servicenow_url", "webhook_urls")
    @classmethod
    def _refuse_what_everybody_can_read(cls, told: Any) -> Any:
        """Credentials and customers' words go over https, or stay on this machine."""
        for url in (told,) if isinstance(told, str) else told:
            parts = urlsplit(url)
            is_here = parts.hostname in {"127.0.0.1", "localhost", "::1"}
            if url and not (parts.hostname and (parts.scheme == "https" or (parts.scheme == "http" and is_here))):
                message = "it has to begin with https:// (http:// only for this machine)"
                raise ValueError(message)
            if parts.username or parts.password:
                message = "credentials do not belong into an address, it is shown on pages"
                raise ValueError(message)
        return told.rstrip("/") if isinstance(told, str) else told

    @model_validator(mode="after")
    def _refuse_half_a_desk(self) -> Self:
        """What is asked for and cannot work is refused rather than found out by the first ticket."""
        missing: list[str] = []
        if self.tickets == "zendesk":
            missing = [name for name in ("zendesk_url", "zendesk_token") if not getattr(self, name)]
        if self.tickets == "servicenow":
            missing = [] if self.servicenow_url else ["servicenow_url"]
            if not (self.servicenow_token or (self.servicenow_user and self.servicenow_password)):
                missing += ["servicenow_user and servicenow_password, or servicenow_token"]
        if self.webhook_urls and not self.webhook_secret:
            missing += ["webhook_secret"]
        if missing:
            message = f"set {', '.join(f'TRIAGE_{name.upper()}' for name in missing)} as well"
            raise ValueError(message)
        return self

    @field_validator("database_url", "checkpoint_url", mode="before")
    @classmethod
    def _nothing_is_unset(cls, written: Any) -> Any:
        return written or None


def read_settings() -> Settings:
    """The settings of this process; a value that is not usable raises ConfigurationError naming it."""
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(
            # what concerns several settings comes with all of them, secrets included
            f"{_variable(problem['loc'])}={problem['input']}: {problem['msg']}" if problem["loc"] else problem["msg"]
            for problem in error.errors()
        )
        message = f"The settings are not usable, nothing was started: {problems}"
        raise ConfigurationError(message) from error


def share_with_libraries() -> None:
    """Let OpenTelemetry, MLflow and LangSmith find in the environment what `.env` says; the environment counts more."""
    for name, value in dotenv_values(PROJECT / ".env").items():
        if name.startswith(OWNED_BY_OTHERS) and value is not None:
            os.environ.setdefault(name, value)  # noqa: TID251  this is that file


def _variable(place: tuple[int | str, ...]) -> str:
    name = "_".join(map(str, place)).upper()
    return name if name.startswith(("OPENAI_", "TRIAGE_", *OWNED_BY_OTHERS)) else f"TRIAGE_{name}"
