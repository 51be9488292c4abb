"""What the graph did in a turn, as frames: each lights nodes and the edges that led to them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from agent import Event, GraphStructure

NodeState = Literal["running", "done", "paused", "failed"]


@dataclass(frozen=True, kw_only=True)
class Lit:
    """A node's state from this frame on; `ms` is how long it took, None while it runs."""

    name: str
    state: NodeState
    ms: float | None = None


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One beat of the replay. `seq` is the last event in it, `edges` are positions in the structure's edges."""

    seq: int
    nodes: tuple[Lit, ...]
    edges: tuple[int, ...] = ()


@dataclass
class _Walk:
    """How far the events have been read: nodes of the step before, and of the step under way."""

    structure: GraphStructure
    frames: list[Frame] = field(default_factory=list)
    before: set[str] = field(default_factory=set)
    under_way: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)

    def start(self, names: Sequence[str], seq: int) -> None:
        if self.under_way <= self.ended:  # what ran before is complete, so a new step begins
            self.before, self.under_way, self.ended = self.under_way, set(), set()
        self.under_way.update(names)
        lit = [Lit(name=name, state="running") for name in names]
        if not self.before:
            entries = self._ends("start")
            self.before = entries
            lit += [Lit(name=name, state="done") for name in sorted(entries)]
        self.frames.append(Frame(seq=seq, nodes=tuple(lit), edges=self._between(self.before, set(names))))

    def finish(self, lit: Sequence[Lit], seq: int) -> None:
        self.ended.update(node.name for node in lit)
        self.frames.append(Frame(seq=seq, nodes=tuple(lit)))
        exits = self._ends("end")
        way_out = self._between({node.name for node in lit if node.state == "done"}, exits)
        if way_out:
            over = tuple(Lit(name=name, state="done") for name in sorted(exits))
            self.frames.append(Frame(seq=seq, nodes=over, edges=way_out))

    def _ends(self, group: str) -> set[str]:
        return {node.name for node in self.structure.nodes if node.group == group}

    def _between(self, sources: set[str], targets: set[str]) -> tuple[int, ...]:
        edges = self.structure.edges
        return tuple(i for i, edge in enumerate(edges) if edge.source in sources and edge.target in targets)


def frames_of(structure: GraphStructure, events: Iterable[Event], turn_id: str) -> tuple[Frame, ...]:
    """The frames of this turn, oldest first; nodes that start or end together share one."""
    walk = _Walk(structure)
    for kind, batch in _batches(events, turn_id):
        if kind == "NODE_STARTED":
            walk.start([event.node or "" for event in batch], batch[-1].seq)
        else:
            walk.finish([_lit(event) for event in batch], batch[-1].seq)
    return tuple(walk.frames)


def frames_along(structure: GraphStructure, steps: Sequence[set[str]], last: NodeState = "done") -> tuple[Frame, ...]:
    """Frames for an explanation: these steps, one after the other; the last one ends in the state `last`."""
    walk = _Walk(structure)
    for number, names in enumerate(steps):
        state: NodeState = last if number == len(steps) - 1 else "done"
        walk.start(sorted(names), 2 * number)
        walk.finish([Lit(name=name, state=state, ms=None) for name in sorted(names)], 2 * number + 1)
    return tuple(walk.frames)


def _batches(events: Iterable[Event], turn_id: str) -> list[tuple[str, list[Event]]]:
    batches: list[tuple[str, list[Event]]] = []
    for event in events:
        if event.turn_id != turn_id or event.type not in {"NODE_STARTED", "NODE_FINISHED"}:
            continue
        if batches and batches[-1][0] == event.type:
            batches[-1][1].append(event)
        else:
            batches.append((event.type, [event]))
    return batches


def _lit(event: Event) -> Lit:
    states: dict[str, NodeState] = {"done": "done", "paused": "paused", "failed": "failed"}
    return Lit(
        name=event.node or "",
        state=states.get(event.payload.get("status", "done"), "done"),
        ms=float(event.payload.get("ms") or 0.0),
    )
