"""The program as `tusoi demo` starts it, in a folder of its own, and the links it prints."""

import asyncio
import os
import re
import sys
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
LONGEST_START = 60.0  # seconds
SETTINGS = ("DATABASE_URL", "HTTP_", "PUBLIC_URL", "TELEGRAM_", "ZALO_", "QUIET_", "TIMEZONE", "CHAT_", "DATA_KEY")
LAST_LINE = "Dừng: Ctrl-C"
MEMBER, SECRETARY, CONTACT, OFFICER = "Đảng viên", "Bí thư chi bộ", "Đầu mối nơi cư trú", "Cán bộ tổ chức của phường"

_LINK = re.compile(r"  (?P<label>.+?)  +(?P<name>.+?)  +(?P<address>http://\S+/j/\S+)")


@dataclass
class Demo:
    """One process at a time over the same `folder`. `links` and `said` are what the last start printed."""

    folder: Path
    port: int
    links: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    _process: Process | None = None

    async def start(self) -> float:
        """Return when the bot can be opened; the seconds that took."""
        began = time.monotonic()
        command = (sys.executable, "-m", "bot", "demo")
        self._process = await asyncio.create_subprocess_exec(
            *command, cwd=self.folder, env=_environment(self.port), stdout=PIPE, stderr=STDOUT
        )
        self.said.clear()
        async with asyncio.timeout(LONGEST_START):
            while not self.said or not self.said[-1].startswith(LAST_LINE):
                self.said.append(await self._line())
        self.links = {found["label"]: found["address"] for line in self.said if (found := _LINK.fullmatch(line))}
        return time.monotonic() - began

    async def kill(self) -> None:
        """As a power cut would: no chance to finish anything."""
        if self._process and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def _line(self) -> str:
        assert self._process
        assert self._process.stdout
        line = await self._process.stdout.readline()
        if not line:
            raise AssertionError("the demo ended:\n" + "\n".join(self.said))
        return line.decode().rstrip("\n")


def _environment(port: int) -> dict[str, str]:
    """Ours, but for what it says about some other bot."""
    ours = (
        "DATABASE_URL",
        "HTTP_",
        "PUBLIC_URL",
        "TELEGRAM_",
        "ZALO_",
        "QUIET_HOURS",
        "TIMEZONE",
        "CHAT_CONTENT",
        "DATA_KEY",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return kept | {"PYTHONPATH": str(ROOT), "HTTP_PORT": str(port)}
