"""Where the graph's checkpoints are kept, by their address."""

from pathlib import Path
from urllib.parse import urlsplit

from agent.errors import ConfigurationError
from agent.store.checkpoint_file import open_checkpoint_file
from agent.store.checkpoints import Checkpoints
from agent.store.opening import Place

PACKAGE = "langgraph-checkpoint-aws"


def open_checkpoints(place: Place) -> Checkpoints:
    """The checkpoints in a file, or at an address of one of the kinds that exist, made if need be.

    Raises ConfigurationError for an address of another kind or a package that is missing, StorageError if the place
    cannot be used.
    """
    if isinstance(place, Path):
        return open_checkpoint_file(place)
    parts = urlsplit(place)
    if parts.scheme == "dynamodb":
        return _open_table(place)
    if parts.scheme in {"postgresql", "postgres"}:
        from agent.store.checkpoint_server import ServerCheckpoints  # noqa: PLC0415  its driver is slow to import

        return ServerCheckpoints(place)
    if parts.scheme == "sqlite" and not parts.netloc and parts.path.strip("/"):
        return open_checkpoint_file(Path(parts.path.removeprefix("/")))  # sqlite:///x is x, sqlite:////x is /x
    message = (
        f"TRIAGE_CHECKPOINT_URL begins with {parts.scheme or 'nothing'}://, which is none of "
        "dynamodb://TABLE?region=…, postgresql://…/database and sqlite:///file. Nothing was started; mend or unset it."
    )
    raise ConfigurationError(message)


def _open_table(address: str) -> Checkpoints:
    try:
        from agent.store.checkpoint_table import CheckpointTable  # noqa: PLC0415  slow to import, and may be missing
        from agent.store.dynamodb import TableAddress  # noqa: PLC0415  as above
    except ModuleNotFoundError as error:
        message = (
            f"Checkpoints in DynamoDB need a package that is not installed ({error.name}). Nothing was started; "
            f"pip install {PACKAGE}, or unset TRIAGE_CHECKPOINT_URL."
        )
        raise ConfigurationError(message) from error
    return CheckpointTable(TableAddress.parse(address))
