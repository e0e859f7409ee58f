"""One bot process at a time, started by the launcher, with its settings in environment variables."""

import asyncio
import json
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[2]
SECONDS = 30.0
SECRET = "webhook-secret_of-the-test"


@contextmanager
def launcher(folder: Path) -> Iterator[Path]:
    """The warmed forking process; the path of its socket."""
    path = folder / "launcher.sock"
    command = [sys.executable, "-m", "tests.end_to_end.launcher", str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, env=environment()) as process:
        assert process.stdout
        assert process.stdout.readline() == b"ready\n"
        try:
            yield path
        finally:
            process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class SharedClock:
    """The bot's clock, set from outside; it runs on from where it is set."""

    def __init__(self, file: Path, now: datetime) -> None:
        self.file = file
        self.file.write_bytes(struct.pack("d", 0.0))
        self.ahead = 0.0
        self.set(now)

    def set(self, now: datetime) -> None:
        self.ahead = now.timestamp() - time.time()
        with self.file.open("r+b") as opened:
            opened.write(struct.pack("d", self.ahead))

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(time.time() + self.ahead, UTC)


@dataclass
class Bot:
    """`start`, then `stop` (SIGTERM) or `kill` (SIGKILL); both wait for the end. `log` is what it wrote."""

    socket: Path
    folder: Path
    env: dict[str, str]
    clock: SharedClock
    only: str | None = None
    pid: int = 0
    _reader: asyncio.StreamReader | None = None
    _writer: asyncio.StreamWriter | None = field(default=None, repr=False)

    @property
    def log(self) -> str:
        return self._log_file.read_text(encoding="utf-8") if self._log_file.exists() else ""

    async def fork(self) -> None:
        """Return as soon as the process exists."""
        reader, self._writer = await asyncio.open_unix_connection(self.socket)
        request = {
            "env": self.env,
            "log": str(self._log_file),
            "clock": str(self.clock.file),
            "folder": str(self.folder),
            "only": self.only,
        }
        self._writer.write(json.dumps(request).encode() + b"\n")
        self._reader = reader
        self.pid = int((await self._line()).removeprefix("pid "))

    async def start(self) -> None:
        """Return when everything in it has been started."""
        await self.fork()
        await self.started()

    async def started(self) -> None:
        if (line := await self._line()) != "started":
            self.pid = 0
            raise AssertionError(f"{line}\n{self.log[-3000:]}")

    async def stop(self) -> int:
        """SIGTERM; the exit status."""
        os.kill(self.pid, signal.SIGTERM)
        return await self.ended()

    async def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        status = await self.ended()
        assert status == -signal.SIGKILL, f"{status}\n{self.log[-3000:]}"

    async def ended(self) -> int:
        while not (line := await self._line()).startswith("exited "):
            assert line == "started", line
        assert self._writer
        self._writer.close()
        self.pid = 0
        return int(line.removeprefix("exited "))

    @property
    def _log_file(self) -> Path:
        return self.folder / f"{self.only or 'bot'}.log"

    async def _line(self) -> str:
        assert self._reader
        async with asyncio.timeout(SECONDS):
            return (await self._reader.readline()).decode().strip()


def settings_of(url: str, port: int, telegram: str = "", token: str = "", mode: str = "polling") -> dict[str, str]:
    """The environment of a bot; without `telegram` (the Bot API's address) only the web chat is on."""
    common = {"DATABASE_URL": url, "HTTP_PORT": str(port)}
    if not telegram:
        return common
    door = {"TELEGRAM_TOKEN": token, "TELEGRAM_API_BASE": telegram, "TELEGRAM_MODE": mode}
    return common | door | {"TELEGRAM_WEBHOOK_SECRET": SECRET}


def environment() -> dict[str, str]:
    """What the tests' own environment says about a bot must not reach the bots under test."""
    ours = ("DATABASE_URL", "HTTP_", "PUBLIC_URL", "TELEGRAM_", "ZALO_", "QUIET_HOURS", "TIMEZONE", "CHAT_", "DATA_KEY")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {"PYTHONPATH": str(ROOT)}
