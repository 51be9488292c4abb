"""Who decided in the made-up year, and how long it took them: they learn, and two of them start in spring."""

from collections.abc import Collection
from dataclasses import dataclass
from math import exp

from agent.demo_history.turns import Scene
from agent.demo_history.year import DAY_S, END, HOUR_S
from agent.model import Identity, Priority, Role

FIRST_MINUTES, LAST_MINUTES = 40.0, 9.0
"""Median minutes from the opening of a review to its decision, at the beginning of the year and at its end."""
SPREAD = 0.8
PRIORITY_PACE: dict[Priority, float] = {"urgent": 0.5, "high": 0.95, "normal": 1.1}
STRIKE_PACE, OUTAGE_PACE, NIGHT_PACE = 4.5, 6.0, 1.5
NIGHT_HOURS = range(6)
NEW_PACE, NEW_DAYS = 0.9, 40.0
"""How much slower somebody is on the first day, as a share, and after how many days two thirds of it are gone."""
LONGEST_S = 70 * HOUR_S
SHORTEST_S = 25.0
FIRST_LOOK_S, LAST_LOOK_S, LOOK_SPREAD = 190.0, 75.0, 0.6
"""Median seconds from the first sight of the evidence to the decision, and their spread."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who decides; `starts` is month and day for those who were not there from the beginning."""

    name: str
    role: Role = "reviewer"
    pace: float = 1.0
    share: float = 1.0
    starts: tuple[int, int] | None = None

    @property
    def identity(self) -> Identity:
        """As whom the desk knows them."""
        return Identity(subject=self.name, role=self.role, source="demo-switch")


PEOPLE = (
    Person("Amira (demo)", role="lead", pace=0.9, share=0.6),
    Person("Jonas (demo)", pace=1.0, share=1.2),
    Person("Priyanka (demo)", pace=0.8, share=1.3),
    Person("Teo (demo)", pace=1.25, share=0.9),
    Person("Lucille (demo)", pace=1.1, share=1.0),
    Person("Kofi (demo)", pace=0.95, share=1.0, starts=(3, 2)),
    Person("Nadia (demo)", pace=1.05, share=0.9, starts=(4, 13)),
)
ANALYSTS = (Person("Ines (demo)", role="analyst"), Person("Tomas (demo)", role="analyst"))


def somebody(scene: Scene, moment: float, but: Collection[str] = ()) -> Person:
    """One of those who were there then, other than these."""
    there = [one for one in PEOPLE if one.name not in but and _begun(scene, one) <= moment]
    place = scene.chance.share() * sum(one.share for one in there)
    for one in there:
        place -= one.share
        if place <= 0:
            return one
    return there[-1]


def _begun(scene: Scene, person: Person) -> float:
    return 0.0 if person.starts is None else scene.year.begun(*person.starts)


def wait_s(scene: Scene, person: Person, opened: float, priority: Priority) -> float:
    """Seconds from the opening of a review to this person's decision; the year ends later."""
    year = scene.year
    minutes = FIRST_MINUTES * (LAST_MINUTES / FIRST_MINUTES) ** year.share(opened)
    minutes *= person.pace * PRIORITY_PACE[priority] * _newness(scene, person, opened)
    if year.in_strike(opened, days_after=2):
        minutes *= STRIKE_PACE
    if year.in_outage(opened, hours_after=12):
        minutes *= OUTAGE_PACE
    if year.hour(opened) in NIGHT_HOURS:
        minutes *= NIGHT_PACE
    drawn = max(SHORTEST_S, min(LONGEST_S, 60 * scene.chance.around(minutes, SPREAD)))
    return min(drawn, 0.8 * (END - opened))


def _newness(scene: Scene, person: Person, moment: float) -> float:
    if person.starts is None:
        return 1.0
    days = (moment - _begun(scene, person)) / DAY_S
    return 1.0 + NEW_PACE * exp(-days / NEW_DAYS)


def look_s(scene: Scene, moment: float, waited: float) -> float:
    """Seconds that somebody looked at the evidence, of those that the review waited."""
    median = FIRST_LOOK_S + (LAST_LOOK_S - FIRST_LOOK_S) * scene.year.share(moment)
    return min(scene.chance.around(median, LOOK_SPREAD), 0.8 * waited)
