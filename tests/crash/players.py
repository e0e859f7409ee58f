"""Several processes play crash points at the same time, each on databases of its own."""

import asyncio
import logging
import multiprocessing
import tempfile
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from random import Random
from typing import Any

from tests.crash.enumeration import Enumeration, Outcome
from tests.crash.stages import PostgresStage, SqliteStage
from tests.databases import Postgres

Boundaries = dict[tuple[str, str], int]


def played(points: int, processes: int, seed: int) -> Iterator[Boundaries | Outcome]:
    """What the processes have to say, each of which plays every nth point; ends when all have."""
    spawn = multiprocessing.get_context("spawn")
    news: Any = spawn.Queue()
    players = [spawn.Process(target=_play, args=(nth, processes, points, seed, news)) for nth in range(processes)]
    for player in players:
        player.start()
    while True:
        running = any(player.is_alive() for player in players)
        try:
            yield news.get(timeout=0.5)
        except Empty:
            if not running:
                return


def _play(nth: int, processes: int, points: int, seed: int, news: Any) -> None:
    logging.disable(logging.CRITICAL)
    postgres = Postgres(Path(tempfile.mkdtemp(prefix="pg")))
    try:
        asyncio.run(_plays(nth, processes, points, seed, news, postgres))
    finally:
        postgres.server.cleanup()


async def _plays(nth: int, processes: int, points: int, seed: int, news: Any, postgres: Postgres) -> None:
    enumeration = Enumeration()
    stages = (SqliteStage(), PostgresStage(postgres))
    for stage in stages:
        await stage.open()
        await enumeration.rehearse(stage)
    news.put(enumeration.boundaries)
    for point in enumeration.sample(points, Random(seed))[nth::processes]:
        news.put(await enumeration.plays(point))
    for stage in stages:
        await stage.close()
