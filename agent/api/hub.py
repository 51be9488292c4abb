"""One reader of the events table for all streams of this process; it reads only while somebody follows a thread."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

import anyio

from agent.api.waits import Waits
from agent.desk import Desk
from agent.errors import DeskError, StorageError
from agent.model import Event

POLL_S = 0.05
"""How late an event may be at the most; what reads the table is one query of 0.1 ms."""
AFTER_TROUBLE_S = 1.0
READING = "Events for streams"
PAGE = 500
HELD = 256
"""Events kept for one stream. Who falls further behind reads the table again, and whoever does not take what is sent
to them is cut off by the stream."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(eq=False)
class Seat:
    """One stream's place: what came for it, and whether some of it had to be left in the table."""

    thread_id: str
    came: asyncio.Queue[Event] = field(default_factory=lambda: asyncio.Queue(HELD))
    fell_behind: bool = False

    def offer(self, event: Event) -> None:
        """Keep an event for the stream, or remember that it has to read the table again."""
        try:
            self.came.put_nowait(event)
        except asyncio.QueueFull:
            self.fell_behind = True

    def start_over(self) -> None:
        """Forget what came: the stream reads the table now, which has all of it."""
        self.fell_behind = False
        while not self.came.empty():
            self.came.get_nowait()


class Hub:
    """Reads new events once and hands them to every stream of their thread."""

    def __init__(self, desk: Callable[[], Desk | None], waits: Waits) -> None:
        """Nothing runs before the first stream."""
        self._desk = desk
        self._idle_s = waits.idle_s
        self._seats: defaultdict[str, set[Seat]] = defaultdict(set)
        self._tail: asyncio.Task[None] | None = None
        self._position: int | None = None
        self._ready = asyncio.Event()
        self._asking = anyio.CapacityLimiter(32)
        # apart, and fewer than the database has connections: what waits for its writer keeps nobody else from asking
        self._changing = anyio.CapacityLimiter(10)
        self._deciding = anyio.CapacityLimiter(10)
        # apart, so that requests which take long never keep events from being read
        self._reading = anyio.CapacityLimiter(4)

    def close(self) -> None:
        """Read no more."""
        if self._tail is not None:
            self._tail.cancel()

    async def run(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Ask the desk something in a thread of its own, so that other requests go on."""
        return await anyio.to_thread.run_sync(lambda: ask(*args, **kwargs), limiter=self._asking)

    async def change(self, deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Let the desk change something; while that waits for others who write, those who only ask go on."""
        return await anyio.to_thread.run_sync(lambda: deed(*args, **kwargs), limiter=self._changing)

    async def decide(self, deed: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The same for a decision, which may wait for its thread: messages are taken in meanwhile."""
        return await anyio.to_thread.run_sync(lambda: deed(*args, **kwargs), limiter=self._deciding)

    async def _read(self, ask: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await anyio.to_thread.run_sync(lambda: ask(*args, **kwargs), limiter=self._reading)

    @contextmanager
    def seat(self, thread_id: str) -> Iterator[Seat]:
        """A place for new events of one thread, inside the block."""
        seat = Seat(thread_id)
        self._seats[thread_id].add(seat)
        if self._tail is None or self._tail.done():
            self._ready.clear()
            self._tail = asyncio.get_running_loop().create_task(self._follow(), name="events")
        try:
            yield seat
        finally:
            self._seats[thread_id].discard(seat)
            if not self._seats[thread_id]:
                del self._seats[thread_id]

    async def follow(self, desk: Desk, thread_id: str, after: int) -> AsyncGenerator[list[Event], None]:
        """Every event of a thread after this one, in order and once; an empty list now and then while there is none.

        Chunks of a reply that has been stored whole are gone from the table; RESPONSE_COMPLETE carries its text.
        """
        position = after
        with self.seat(thread_id) as seat:
            await self._until_ready()
            while True:
                seat.start_over()
                while events := await self._read(desk.events, thread_id, position, PAGE):
                    position = events[-1].seq
                    yield events
                while not seat.fell_behind:
                    events = [event for event in await self._next(seat, self._idle_s) if event.seq > position]
                    position = events[-1].seq if events else position
                    yield events

    async def settled(self, desk: Desk, thread_id: str, turn_id: str, wait_s: float) -> bool:
        """Wait until a turn is answered, paused or put off; False after `wait_s` seconds."""
        with self.seat(thread_id) as seat, anyio.move_on_after(wait_s):
            await self._until_ready()
            while not await self._is_settled(desk, turn_id):
                await self._next(seat, 1.0)
            return True
        return False

    async def _is_settled(self, desk: Desk, turn_id: str) -> bool:
        try:
            return await self.run(desk.following.is_settled, turn_id)
        except StorageError:  # it may come back in time
            await asyncio.sleep(AFTER_TROUBLE_S)
            return False

    async def _until_ready(self) -> None:
        """Before this, an event could be older than the reader's start and newer than the stream's own reading."""
        await self._ready.wait()

    async def _next(self, seat: Seat, wait_s: float) -> list[Event]:
        """What came for a stream, at least one event unless none comes in `wait_s` seconds."""
        events = []
        with anyio.move_on_after(wait_s):
            events.append(await seat.came.get())
        while not seat.came.empty():
            events.append(seat.came.get_nowait())
        return events

    async def _follow(self) -> None:
        self._position = None
        while self._seats:
            try:
                desk = self._desk()
                if desk is not None:
                    await self._read_from(desk)
                await asyncio.sleep(POLL_S)
            except DeskError:
                await asyncio.sleep(AFTER_TROUBLE_S)

    async def _read_from(self, desk: Desk) -> None:
        try:
            await self._read_once(desk)
        except DeskError as error:
            desk.following.note_trouble(READING, error)
            raise
        desk.following.note_trouble(READING, None)

    async def _read_once(self, desk: Desk) -> None:
        if self._position is None:
            self._position = await self._read(desk.following.newest)
            self._ready.set()
        while events := await self._read(desk.following.after, self._position, PAGE):
            self._position = events[-1].seq
            for event in events:
                for seat in self._seats.get(event.thread_id, ()):
                    seat.offer(event)
