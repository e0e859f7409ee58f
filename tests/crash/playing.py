"""A story is played on a database, life after life, to its end."""

import asyncio
import pickle
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.clock import system_clock
from bot.shown import FirstShown
from storage.database import Database
from tests.crash.boundaries import Boundaries
from tests.crash.goals import Goal, Step
from tests.crash.program import Program
from tests.crash.world import World

PATIENCE = 12
"""More steps than this beside those of the undisturbed story, for each death: then somebody is stuck."""
LEASES_ARE_OVER = timedelta(minutes=5)
SECONDS_A_LIFE = 120.0


class Stuck(Exception):
    """Somebody gets nowhere."""


@dataclass(frozen=True)
class Play:
    """What is played: the steps, and how many it takes undisturbed."""

    steps: Sequence[Step]
    usual: int = 100


def another(db: Database) -> Database:
    """A new program's own, but on engines that know their statements already: no connection of them is open."""
    new: Database = copy(db)
    new._waiting, new._draining = deque(), None
    return new


Keep = Callable[[World, Program], Awaitable[None]]


@dataclass
class Run:
    """One way through a story: it dies at each of `deaths` (counted from the beginning of that life)."""

    engines: Database
    play: Play
    world: World
    deaths: Sequence[int] = ()
    rng: Random = field(default_factory=Random)
    memory: FirstShown | None = None
    keep: Keep | None = None
    passed: list[list[str]] = field(default_factory=list)

    async def to_the_end(self) -> Program:
        """The last program, still alive. Raises `Stuck`."""
        deaths = iter(self.deaths)
        while True:
            program = Program(another(self.engines), self.world, Boundaries(next(deaths, 0)))
            starting = self.memory is None
            if self.memory is not None:
                program.turns._shown, self.memory = self.memory, None
            self.passed.append(program.boundaries.passed)
            try:
                async with asyncio.timeout(SECONDS_A_LIFE):
                    alive = await program.until_dead(self._goes_on(program, starting))
            except TimeoutError:
                await program.lets_go()
                raise Stuck(f"a life took more than {SECONDS_A_LIFE} s") from None
            except Exception:
                await program.lets_go()
                raise
            if alive:
                return program
            self._after_death()

    def _after_death(self) -> None:
        """Whoever has seen an answer may write on while nothing runs; whoever waits at a web page sends or reloads."""
        world = self.world
        world.deaths += 1
        world.passes(seconds=5)
        if world.ticking:
            world.ticked = False  # a worker looks at once when it starts
        for delivery in [one for one in world.pending if one.incoming.channel == "web"]:
            if self.rng.random() < 0.5:
                world.confirmed(delivery)
                world.reloads.append(delivery.phone)
        step = self.play.steps[world.goal] if world.goal < len(self.play.steps) else None
        if isinstance(step, Goal) and not world.pending and not step.is_reached(world):
            phone = world.phones[step.phone]
            if phone.has_news and phone.channel != "web" and self.rng.random() < 0.5:
                step.moves(world)

    async def _goes_on(self, program: Program, starting: bool) -> None:
        world = self.world
        if starting:
            await program.begins(self.rng.random() < 0.5)
        while world.goal < len(self.play.steps):
            step = self.play.steps[world.goal]
            if step.is_reached(world) and not world.pending:
                world.goal += 1
                continue
            world.steps += 1
            if world.steps > self.play.usual + PATIENCE * (1 + world.deaths):
                raise Stuck(f"at «{step.name}»")
            if self.keep:
                await self.keep(world, program)
            step.moves(world)
            await program.works()
        world.now = max(world.now, system_clock()) + LEASES_ARE_OVER  # a notice's lease is real time
        await program.works()


@dataclass(frozen=True)
class Kept:
    """The world, and what the program remembers, before a step; how many boundaries were behind it."""

    passed: int
    picture: bytes

    @classmethod
    def of(cls, world: World, program: Program | None = None) -> "Kept":
        """Without a program: it has yet to start."""
        passed = len(program.boundaries.passed) if program else 0
        return cls(passed, pickle.dumps((world, program.turns._shown if program else None)))

    def taken_up(self) -> tuple[World, FirstShown | None]:
        world, memory = pickle.loads(self.picture)
        return world, memory
