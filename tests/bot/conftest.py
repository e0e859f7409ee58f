"""Commands run in this process, in a folder of their own, on a SQLite file of their own."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from bot.cli import main
from bot.settings import Settings


@dataclass(frozen=True, slots=True)
class Ran:
    status: int
    out: str
    err: str


Tusoi = Callable[..., Ran]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and no variable of the machine's own."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    return tmp_path


@pytest.fixture
def tusoi(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Tusoi:
    """Run a command line; `stdin` is what it reads."""

    def run(*argv: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(stdin)))
        with pytest.raises(SystemExit) as exit_:
            main([str(one) for one in argv])
        told = capsys.readouterr()
        status = exit_.value.code
        assert status is None or isinstance(status, int)
        return Ran(status or 0, told.out, told.err)

    return run


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield int(listening.getsockname()[1])
