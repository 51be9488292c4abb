"""A made-up year of a desk, for looking at figures before a desk has a year of its own.

`write_history` puts it into the desk's tables, `remove_history` takes it out again. All of it is marked: the column
`demo` of threads and facts is 1, titles begin with "Demo: ", names of people end with "(demo)", and references of
refunds begin with "demo-". Nothing of it waits for anybody, nothing was paid, and the audit chain knows nothing of it.
"""

from agent.demo_history.removal import Removed, remove_history
from agent.demo_history.writing import Written, write_history
from agent.demo_history.year import Year

__all__ = ["Removed", "Written", "Year", "remove_history", "write_history"]
