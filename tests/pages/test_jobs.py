"""Work that takes longer than a page may wait."""

import threading

from agent import DeskError
from pages.ui.knowledge.jobs import Jobs


def test_work_of_a_name_is_done_one_at_a_time_and_its_trouble_is_told() -> None:
    work, go = Jobs(), threading.Event()

    def wait(_tell: object) -> None:
        go.wait(10)
        message = "It is closed."
        raise DeskError(message)

    first = work.start("intake", "kim", wait)
    second = work.start("intake", "lee", wait)
    go.set()

    assert first is not None
    assert first.wait(10)
    assert (second, first.problem, first.runs) == (None, "It is closed.", False)
    broken = work.start("intake", "lee", lambda _tell: 1 // 0)
    assert broken is not None
    assert broken.wait(10)
    assert broken.problem == "It could not be done. The log says why."
