"""`python -m tests.end_to_end.launcher SOCKET`: imports the whole bot once, then forks a bot per request.

So a bot starts in a fraction of the time Python needs to import it. A request is one JSON line on a connection:
{"env": {...}, "log": file, "clock": file, "folder": working directory, "only": part or null}. Back come the lines
"pid N", "started", "exited STATUS". The clock file holds one float: the seconds its clock is ahead of the machine's.
"""

import asyncio
import gc
import json
import mmap
import os
import signal
import socket
import struct
import sys
import tempfile
import threading
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bot.telegram_side  # imported before the fork
import bot.zalo_oa_side
import bot.zalo_side  # noqa: F401
from bot.clock import Clock
from bot.logs import set_up_logs
from bot.run import run
from bot.settings import load_settings
from handlers.telegram.limiter import FloodGate
from handlers.telegram.pace import Pace
from handlers.telegram.sender import make_courier_bot
from handlers.web.pages import Pages
from review.pack import load
from storage.schema import migrate


def shared_clock(file: str) -> Clock:
    with Path(file).open("rb") as opened:
        ahead = mmap.mmap(opened.fileno(), 8, access=mmap.ACCESS_READ)
    return lambda: datetime.now(UTC) + timedelta(seconds=struct.unpack("d", ahead[:8])[0])


def be_the_bot(request: dict[str, Any], connection: socket.socket) -> int:
    log = os.open(request["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.chdir(request["folder"])
    os.environ.update(request["env"])
    set_up_logs()
    clock, only = shared_clock(request["clock"]), request["only"]
    try:
        asyncio.run(run(load_settings(), clock, only, started=lambda: connection.sendall(b"started\n")))
    except Exception:  # noqa: BLE001 - whatever it was, it goes into the log
        traceback.print_exc()
        return 1
    return 0


def fork(connection: socket.socket, listening: socket.socket) -> int:
    line = connection.makefile().readline()
    pid = os.fork()
    if pid:
        connection.sendall(f"pid {pid}\n".encode())
        return pid
    listening.close()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    status = be_the_bot(json.loads(line), connection)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def serve(path: str) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(path)
    listening.listen()
    listening.settimeout(None)
    children: dict[int, socket.socket] = {}

    def reap(*_: object) -> None:
        while children:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            connection = children.pop(pid)
            connection.sendall(f"exited {os.waitstatus_to_exitcode(status)}\n".encode())
            connection.close()

    signal.signal(signal.SIGCHLD, reap)
    print("ready", flush=True)
    while True:
        connection, _ = listening.accept()
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
        children[fork(connection, listening)] = connection
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def warm_up() -> None:
    """Whatever is imported, read or compiled at the first start is there before the first fork."""
    load("hd43-2025")
    Pages("")
    make_courier_bot("1:a", "http://127.0.0.1:1", FloodGate(), Pace(1))
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(migrate(f"sqlite+aiosqlite:///{folder}/warm.db"))
    assert threading.active_count() == 1, "a fork takes no threads along"


if __name__ == "__main__":
    warm_up()
    gc.collect()
    gc.freeze()
    signal.set_wakeup_fd(-1)
    serve(sys.argv[1])
