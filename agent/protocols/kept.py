"""Kept: once something is acknowledged, no later trouble may sound as if it had been refused."""

from collections.abc import Iterator
from contextlib import contextmanager

from agent.errors import KeptError, OtherReleaseError, StorageError


@contextmanager
def kept(what: str) -> Iterator[None]:
    """For whatever follows on storing `what`: StorageError becomes KeptError, OtherReleaseError says so too."""
    try:
        yield
    except KeptError:
        raise
    except OtherReleaseError as error:
        message = f"{what} is stored; do not send it as a new one. {error}"
        raise OtherReleaseError(message) from error
    except StorageError as error:
        message = (
            f"{what} is stored and is carried out as soon as the database can be used; do not send it as a new one. "
            f"How it went is not known yet: {error}"
        )
        raise KeptError(message) from error
