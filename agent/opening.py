"""Opening a desk in a thread of its own, while others show how far it is or answer that it is not open yet."""

import logging
import threading

from agent.desk import Desk, open_desk
from agent.errors import DeskError

logger = logging.getLogger(__name__)


class Opening:
    """An attempt to open the desk. It goes on when whoever started it is gone."""

    def __init__(self) -> None:
        """Start opening."""
        self.share = 0.0
        self.doing = "Starting"
        self.desk: Desk | None = None
        self.problem: str | None = None
        self._thread = threading.Thread(target=self._open, name="open-desk", daemon=True)
        self._thread.start()

    @property
    def finished(self) -> bool:
        """Whether it worked or failed; until then `share` and `doing` tell how far it is."""
        return self.desk is not None or self.problem is not None

    def close(self) -> None:
        """Give the desk's files back, whenever it is open."""
        self._thread.join()
        if self.desk is not None:
            self.desk.close()

    def _open(self) -> None:
        try:
            desk = open_desk(progress=self._report)
            desk.start()
        except DeskError as error:
            logger.error("the desk cannot be opened: %s", error)  # noqa: TRY400  the message says it all
            self.problem = str(error)
        except Exception:  # the door: whatever it is, people get a sentence and operators the log
            logger.exception("the desk could not be opened")
            self.problem = "The desk could not be opened, and nothing was started. The log says why."
        else:
            self.desk = desk

    def _report(self, share: float, doing: str) -> None:
        self.share, self.doing = share, doing
