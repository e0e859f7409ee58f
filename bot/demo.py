"""`tusoi demo`: a sample ward on this machine, one link per persona, the bot with its own web chat. No token needed."""

import errno
import logging
import shutil
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from sqlalchemy import Connection, create_engine, make_url

from bot.commands.opening import cannot_listen, change, finished
from bot.demo_people import PERSONAS
from bot.demo_story import tell_story
from bot.logs import set_up_logs
from bot.refusal import Refused
from bot.run import open_house, run
from bot.settings import Settings, SettingsFault, load_settings
from storage import cycles, invitations
from storage.people import find_people, topmost
from storage.schema import migrate
from storage.tables import people

FOLDER = Path("data/demo")
PORTS_TRIED = 50
LINK_DAYS = 7
LONGEST = 60  # seconds that a second demo in the same folder waits for the first to fill it
BANNER = "Dữ liệu mẫu"
NO_CHANNELS = {
    "telegram_token": "", "telegram_mode": "polling", "telegram_webhook_secret": "",
    "zalo_bot_token": "", "zalo_bot_mode": "polling", "zalo_bot_webhook_secret": "",
    "zalo_oa_app_id": "", "zalo_oa_app_secret": "", "zalo_oa_secret": "",
}  # fmt: skip
"""Whatever .env says: the sample must never write to anybody's phone."""


@dataclass(frozen=True, slots=True)
class Ready:
    """What is told once the bot runs. `links`: persona, name, address."""

    committee: str
    links: Sequence[tuple[str, str, str]]
    is_over: bool


def start(*, fresh: bool) -> None:
    """Until Ctrl-C. What is written stays for the next start, unless `fresh`."""
    wanted = _settings()
    settings = _settings(http_port=_free_port(wanted))
    if fresh:
        shutil.rmtree(FOLDER, ignore_errors=True)
    finished(migrate(settings.database_url, ring=settings.ring))
    _fill(settings)
    ready = change(settings, lambda conn: _prepared(conn, settings))
    set_up_logs(logging.WARNING)
    try:
        finished(run(settings, banner=BANNER, started=lambda: _greet(ready, wanted.http_port, settings.http_port)))
    except OSError as error:
        raise cannot_listen(settings, error) from error


def _settings(**given: Any) -> Settings:
    url = f"sqlite+aiosqlite:///{FOLDER / 'tusoi.db'}"
    try:
        return load_settings(database_url=url, chat_content="full", data_key="", **NO_CHANNELS, **given)
    except SettingsFault as fault:
        raise Refused.because(fault.lines) from None


def _free_port(settings: Settings) -> int:
    """HTTP_PORT, or the next one that nobody listens on."""
    first = settings.http_port
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        family = socket.AF_INET6 if ":" in settings.http_host else socket.AF_INET
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.http_host, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise cannot_listen(settings, error) from None
            else:
                return port
    raise Refused(f"HTTP_PORT: no port from {first} on is free; name another one")


def _fill(settings: Settings) -> None:
    """The sample, made at the first start, all or nothing. Of so many small steps each costs a third of the time on a
    plain connection, where no event loop stands between the program and the file.
    """
    engine = create_engine(make_url(settings.database_url).set(drivername="sqlite"), connect_args={"timeout": LONGEST})
    with engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA foreign_keys=ON")
        conn.exec_driver_sql("BEGIN IMMEDIATE")
        if cycles.current(conn) is None:
            tell_story(conn, open_house(settings))
        conn.commit()
    engine.dispose()


def _prepared(conn: Connection, settings: Settings) -> Ready:
    """New links at every start."""
    house = open_house(settings)
    cycle, committee = cycles.current(conn), topmost(conn)
    assert cycle
    assert committee
    now = house.local_now()
    persons = [find_people(conn, people.c.code == code)[0] for _, code in PERSONAS]
    codes = {person.id: code for person, code in invitations.issue(conn, [p.id for p in persons], now, LINK_DAYS)}
    links = [
        (label, person.name, f"{settings.public_url}/j/{codes[person.id]}")
        for (label, _), person in zip(PERSONAS, persons, strict=True)
    ]
    left = cycle.days_left("self_reviews_due", now.date())
    return Ready(committee.name, links, is_over=left is not None and left < 0)


def _greet(ready: Ready, wanted_port: int, port: int) -> None:
    if port != wanted_port:
        typer.echo(f"Cổng {wanted_port} đang bận, dùng cổng {port}.")
    typer.echo(f"\nTự Soi · dữ liệu mẫu: {ready.committee}\n")
    for label, name, link in ready.links:
        typer.echo(f"  {label:<26}  {name:<22}  {link}")
    typer.echo("\nMở mỗi liên kết trên điện thoại hoặc một cửa sổ riêng; mỗi liên kết dùng một lần.")
    again = "tusoi demo --fresh (hoặc make demo DEMO=--fresh)"
    typer.echo(f"Dừng: Ctrl-C. Làm lại từ đầu: {again}")
    if ready.is_over:
        typer.echo("Đợt kiểm điểm mẫu đã quá hạn nộp: nên làm lại từ đầu.")
