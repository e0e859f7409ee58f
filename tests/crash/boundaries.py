"""I/O boundaries: the moments between which a crash makes a difference. The program can die at each."""

import asyncio
from typing import Any

from storage.database import Database


class Died(BaseException):
    """The program is gone. Like a real death it cannot be handled: no `except Exception` catches it."""


class Boundaries:
    """Counts the boundaries of one life: before and after every commit that changes something, every message to a
    channel, every confirmation of a delivery. At the `fatal` one the program dies, and nothing leaves it any more.
    """

    def __init__(self, fatal: int = 0) -> None:
        self.passed: list[str] = []
        self.dead = asyncio.Event()
        self._fatal = fatal

    def cross(self, what: str) -> None:
        if self.dead.is_set():
            raise Died(what)
        self.passed.append(what)
        if len(self.passed) == self._fatal:
            self.dead.set()
            raise Died(what)

    def watch(self, db: Database) -> None:
        """Commits of its writing engine; one that only reads leaves nothing behind."""
        dialect: Any = db._writers.sync_engine.dialect
        really_commit = type(dialect).do_commit

        def do_commit(connection: Any) -> None:
            self.cross("commit")
            really_commit(dialect, connection)
            self.cross("committed")

        dialect.do_commit = do_commit
