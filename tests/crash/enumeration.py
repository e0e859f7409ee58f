"""Every boundary of every story: count them once, then die at each, start again, go on to the end, and look."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

from tests.crash.checks import Found, check
from tests.crash.playing import Kept, Play, Run, Stuck
from tests.crash.program import Program
from tests.crash.stages import Stage
from tests.crash.stories import STORIES, Story
from tests.crash.world import World

SOON = 12
"""A start, and the first thing after it, has about so many boundaries."""


@dataclass(frozen=True)
class Point:
    """Where to die: at the nth boundary, and then, if there is a second number, at that one of the next life."""

    engine: str
    story: str
    deaths: tuple[int, ...]
    seed: int


@dataclass(frozen=True)
class Outcome:
    """`died`: how often it really came to it. `doubts`: notices nobody knows about."""

    point: Point
    died: int
    doubts: int
    found: tuple[Found, ...]


@dataclass(frozen=True)
class Rehearsal:
    """A story told without any crash, with everything as it was before each of its steps."""

    story: Story
    stage: Stage
    boundaries: tuple[str, ...]
    steps: int
    kept: tuple[tuple[Kept, Any], ...]

    @classmethod
    async def of(cls, story: Story, stage: Stage) -> "Rehearsal":
        await stage.put_back(stage.empty)
        world = await story.sets_up(stage.db)
        kept = [(Kept.of(world), await stage.keep())]

        async def keep(world: World, program: Program) -> None:
            kept.append((Kept.of(world, program), await stage.keep()))

        run = Run(stage.db, Play(story.steps), world, keep=keep)
        program = await run.to_the_end()
        found, _ = await check(program)
        await program.lets_go()
        assert not found, f"{story.name}, undisturbed: {found}"
        return cls(story, stage, tuple(program.boundaries.passed), world.steps, tuple(kept))

    async def plays(self, point: Point) -> Outcome:
        """From the last step before the first death."""
        first, *later = point.deaths
        kept, snapshot = max((one for one in self.kept if one[0].passed < first), key=lambda one: one[0].passed)
        await self.stage.put_back(snapshot)
        world, memory = kept.taken_up()
        deaths = (first - kept.passed, *later)
        play = Play(self.story.steps, self.steps)
        run = Run(self.stage.db, play, world, deaths, Random(point.seed), memory)
        try:
            program = await run.to_the_end()
        except Stuck as stuck:
            return Outcome(point, world.deaths, 0, (Found("stuck", str(stuck)),))
        found, stored = await check(program)
        await program.lets_go()
        return Outcome(point, world.deaths, stored.doubts, tuple(found))


class Enumeration:
    """All stories on some stages, rehearsed; then any point of them can be played."""

    def __init__(self) -> None:
        self._rehearsals: dict[tuple[str, str], Rehearsal] = {}

    async def rehearse(self, stage: Stage, stories: Sequence[Story] = STORIES) -> None:
        for story in stories:
            self._rehearsals[stage.name, story.name] = await Rehearsal.of(story, stage)

    @property
    def boundaries(self) -> dict[tuple[str, str], int]:
        return {key: len(one.boundaries) for key, one in self._rehearsals.items()}

    def sample(self, many: int, rng: Random) -> list[Point]:
        return sample(self.boundaries, many, rng)

    def before(self, what: str) -> list[Point]:
        """The points at which the program dies in the middle of this: "commit", "confirmed", "sent", …"""
        return [
            Point(*key, (nth,), nth)
            for key, rehearsal in self._rehearsals.items()
            for nth, name in enumerate(rehearsal.boundaries, 1)
            if name == what
        ]

    async def plays(self, point: Point) -> Outcome:
        return await self._rehearsals[point.engine, point.story].plays(point)


def singles(boundaries: Mapping[tuple[str, str], int]) -> list[Point]:
    """Every boundary of every story once."""
    return [
        Point(engine, story, (nth,), nth)
        for (engine, story), count in boundaries.items()
        for nth in range(1, count + 1)
    ]


def pairs(boundaries: Mapping[tuple[str, str], int], rng: Random) -> Iterator[Point]:
    """Two deaths, without end: the second is as often soon after the start as anywhere in what is left."""
    places = [(key, count) for key, count in boundaries.items() for _ in range(count)]
    while True:
        (engine, story), count = rng.choice(places)
        first = rng.randint(1, count)
        second = rng.randint(1, SOON if rng.random() < 0.5 else count - first + SOON)
        yield Point(engine, story, (first, second), rng.randrange(10**9))


def sample(boundaries: Mapping[tuple[str, str], int], many: int, rng: Random) -> list[Point]:
    """So many points: every boundary once if there is room for it, else an even spread; the rest are pairs."""
    every = singles(boundaries)
    if many >= len(every):
        return [*every, *islice(pairs(boundaries, rng), many - len(every))]
    share = many * 2 // 3
    return [*even(every, share), *islice(pairs(boundaries, rng), many - share)]


def even(points: Sequence[Point], many: int) -> list[Point]:
    return [points[nth * len(points) // many] for nth in range(many)]
