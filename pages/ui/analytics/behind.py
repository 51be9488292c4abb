"""What lies behind a bar, a point or a figure: which rows the desk lists for it."""

from dataclasses import dataclass
from typing import Any

from agent import Desk, FactFilter, Identity
from pages.ui.analytics.palette import Palette


@dataclass(frozen=True, kw_only=True)
class Behind:
    """Rows of a metric, of one group of a breakdown if `by` and `key` are given."""

    metric: str
    wanted: FactFilter
    by: str | None = None
    key: str | None = None


@dataclass(frozen=True, kw_only=True)
class Point:
    """Something in a chart that can be chosen: its cells in the table, its raw values in the file."""

    id: str
    label: str
    cells: tuple[str, ...]
    raw: tuple[Any, ...]
    behind: Behind | None = None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A list that can be opened in the view at hand."""

    title: str
    behind: Behind


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What a view needs to be drawn; it adds to `lists` what can be opened from it."""

    desk: Desk
    identity: Identity
    wanted: FactFilter
    colours: Palette
    lists: dict[str, Listed]

    @property
    def leads(self) -> bool:
        """Whether this person may see figures of single reviewers."""
        return self.identity.role in {"lead", "admin"}

    def definition(self, metric: str) -> str:
        """What a metric means, in words."""
        return next(one.text for one in self.desk.analytics.definitions() if one.name == metric)

    def offer(self, name: str, title: str, behind: Behind) -> str:
        """Make a list available under a name for the address; returns the name."""
        self.lists[name] = Listed(title=title, behind=behind)
        return name
