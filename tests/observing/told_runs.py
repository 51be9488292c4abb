"""A desk in a process of its own that tells LangSmith or MLflow of its runs, as their variables say.

Their libraries read the environment once, so a test cannot switch them on and off within a process.
"""

import sys
from pathlib import Path

from agent.observing.start import start_observing
from agent.settings import read_settings
from tests.stand_ins import open_test_desk
from tests.wire.compatible import compatible
from tests.wire.test_desk import QUESTION, clerk, desk_at

SECRETS = "card 4111 1111 1111 1111, ana@example.com"


def main(home: Path) -> None:
    """One question answered by a model, one message at which the engine fails."""
    settings = read_settings()
    start_observing(settings)
    with desk_at(home / "remote", compatible(clerk)) as desk:
        desk.chat(f"{QUESTION} {SECRETS}")
    desk = open_test_desk(home / "local")
    desk.chat(f"there is trouble, {SECRETS}")
    desk.close()
    if settings.tells_langsmith:
        from langsmith.run_trees import get_cached_client  # noqa: PLC0415  as in the product

        get_cached_client().flush(30)
    if settings.mlflow_tracking_uri:
        import mlflow  # noqa: PLC0415

        mlflow.flush_trace_async_logging()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
