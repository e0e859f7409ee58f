"""`tusoi demo` as a process: one link per persona, started again with the same data, stopped by a signal."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

pytestmark = pytest.mark.xdist_group("end_to_end")


@contextmanager
def demo(*argv: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """What it printed until it was ready, and the process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *argv], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    printed = ""
    while "Ctrl-C" not in printed:
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        printed += line
    try:
        yield printed, process
    finally:
        process.kill()
        process.wait()


def links(printed: str) -> dict[str, str]:
    found = re.findall(r"^  (.+?)  +.+?  +(http\S+)$", printed, re.MULTILINE)
    return dict(found)


def test_start_stop_and_start_again(folder: Path, taken_port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PORT", str(taken_port))
    (folder / ".env").write_text("TELEGRAM_TOKEN=1:never\nTELEGRAM_API_BASE=http://127.0.0.1:1\nDATA_KEY=x\n", "utf-8")
    with demo() as (printed, process):
        first = links(printed)
        assert list(first) == ["Đảng viên", "Bí thư chi bộ", "Đầu mối nơi cư trú", "Cán bộ tổ chức của phường"]
        assert printed.startswith(f"Cổng {taken_port} đang bận, dùng cổng {taken_port + 1}.")
        with build_opener(HTTPCookieProcessor()).open(first["Đảng viên"]) as page:
            assert "Lê Thị Phương" in page.read().decode()
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=15)
        assert (process.returncode, rest.splitlines()[1:], errors) == (0, [], "")
    with demo() as (printed, _):
        assert not set(links(printed).values()) & set(first.values()), "links are fresh at every start"
    assert (folder / "data" / "demo" / "tusoi.db").exists()
