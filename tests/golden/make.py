"""Write the paused threads of this release, to be resumed by the releases to come.

Run once a release: `python -m tests.golden.make 0.2.0`. Never rewrite the files of an older one.
"""

import sqlite3
import sys
import tempfile
from pathlib import Path

from pydantic import SecretStr

from agent.bootstrap import World, open_backoffice
from agent.desk import Desk
from agent.model import Decision
from tests.stand_ins import MIND, REFUND_MESSAGE, REVIEWER, HandClock, settings_for

GOLDEN = Path(__file__).parent
DATABASES = ("desk", "checkpoints", "payments", "shop")
KEY = SecretStr("golden")


def open_golden_desk(home: Path) -> Desk:
    """A desk in `home` at the time and with the key that all golden files were made with."""
    settings = settings_for(home).model_copy(update={"secret_key": KEY})
    return Desk(open_backoffice(settings, MIND, World(clock=HandClock())), settings)


def main() -> None:
    """Pause a refund, an escalation and, half approved, a large refund; ask for a yes; write all databases as SQL."""
    folder = GOLDEN / sys.argv[1]
    folder.mkdir()
    with tempfile.TemporaryDirectory() as home:
        desk = open_golden_desk(Path(home))
        desk.chat(REFUND_MESSAGE, customer_id="C-1001", message_id="golden-refund")
        desk.chat("a human please", customer_id="C-1002", message_id="golden-escalation")
        desk.chat("cancel order LF-10377", customer_id="C-1004", message_id="golden-order")
        large = desk.chat("refund for order LF-10495", customer_id="C-1026", message_id="golden-large")
        desk.decide(large.review_id or "", Decision(action="approve", note="seen"), REVIEWER)
        desk.close()
        for name in DATABASES:
            connection = sqlite3.connect(Path(home) / f"{name}.sqlite")
            lines = [line for line in connection.iterdump() if "sqlite_sequence" not in line]
            connection.close()
            if name != "shop":  # the demo shop is filled anew
                (folder / f"{name}.sql").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
