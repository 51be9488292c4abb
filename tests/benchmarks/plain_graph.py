"""The plain way to compare with: the same nodes, LangGraph's own SQLite saver, `invoke`, default durability."""

import sqlite3
from pathlib import Path
from typing import Any
from uuid import uuid4

from langgraph.checkpoint.sqlite import SqliteSaver

from agent.backoffice import Backoffice, configuration
from agent.graph import build_graph
from agent.state import TurnInput


class PlainGraph:
    """The business process without the desk around it: nothing is kept before it is answered, nothing is pruned."""

    def __init__(self, path: Path, office: Backoffice) -> None:
        """Save to `path`, with the services of `office`."""
        self.saver = SqliteSaver(sqlite3.connect(path, check_same_thread=False))
        self.graph = build_graph(self.saver)
        self._office = office

    def run(self, text: str, thread_id: str) -> dict[str, Any]:
        """One turn; the state that it leaves behind."""
        start: TurnInput = {
            "thread_id": thread_id,
            "customer_id": "guest",
            "turn_id": str(uuid4()),
            "text": text,
            "received_at": self._office.now(),
        }
        return self.graph.invoke(start, configuration(thread_id), context=self._office.services)

    def close(self) -> None:
        """Give the file back."""
        self.saver.conn.close()
