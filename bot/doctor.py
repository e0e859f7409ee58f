"""`tusoi doctor`: settings, database, tokens, clock, disk, rule pack; what to do about each fault."""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cache
from ipaddress import ip_address
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import typer
from sqlalchemy import Connection, make_url

from bot.commands.opening import checked_settings, finished, local_now, look
from bot.refusal import Refused
from bot.settings import Settings
from review.faults import Faults
from review.pack import load, pack_names
from review.privacy_rules import privacy_rules
from storage import cycles, rotation, schema, sealed
from storage.database import Work
from storage.engines import is_sqlite
from storage.errors import KeyMissing
from storage.requests_register import unwiped

T = TypeVar("T")

LEAST_FREE_MB = 500
MOST_CLOCK_SECONDS = 60
MOST_PLACES = 5
LOST_KEY = "keep a copy of DATA_KEY away from this machine: without it nobody can read that text again, backups neither"


@dataclass(frozen=True, slots=True)
class Finding:
    """`fault` says what to do; empty when all is well. `notes` are worth knowing and no fault."""

    about: str
    said: str
    fault: str = ""
    notes: tuple[str, ...] = ()


def examine() -> None:
    """What is well goes to stdout, each fault to stderr; exit status 1 with any fault."""
    settings = checked_settings()
    findings = [Finding("settings", "complete", notes=tuple(_unknown_variables()))]
    typer.echo("ok  settings: complete")
    for note in findings[0].notes:
        typer.echo(f"    {note}")
    for check in CHECKS:
        finding = check(settings)
        findings.append(finding)
        if not finding.fault:
            typer.echo(f"ok  {finding.about}: {finding.said}")
        for note in finding.notes:
            typer.echo(f"    {note}")
    if faults := [finding for finding in findings if finding.fault]:
        raise Refused.because(f"{finding.about}: {finding.fault}" for finding in faults)


def _unknown_variables() -> Iterator[str]:
    """A misspelt variable in .env has no effect, so it is pointed out."""
    env = Path(".env")
    lines = env.read_text("utf-8").splitlines() if env.is_file() else []
    names = (line.removeprefix("export ").partition("=")[0].strip() for line in lines if "=" in line)
    for name in names:
        if not name.startswith("#") and name.lower() not in Settings.model_fields:
            yield f".env: {name} is no variable of this program; is it misspelt?"


def _database(settings: Settings) -> Finding:
    """A SQLite file that is not there yet is no fault as long as it can be made."""
    file = _sqlite_file(settings)
    if file and not file.exists():
        folder = _nearest_folder(file)
        if os.access(folder, os.W_OK):
            return Finding("database", f"{file} is not there yet; the first start makes it")
        return Finding("database", "", f"cannot write to {folder}; give the user who runs tusoi the right to do so")
    try:
        found = finished(schema.revisions(settings.database_url))
    except Refused as refusal:
        return Finding("database", "", f"{refusal} Check DATABASE_URL and that the database runs.")
    if found.current == found.newest:
        return Finding("database", f"reachable, at revision {found.current}")
    if found.current is None:
        return Finding("database", "reachable, still empty; it is set up at the first start")
    return Finding("database", f"reachable, at revision {found.current}; the next start brings it to {found.newest}")


def _data_key(settings: Settings) -> Finding:
    """Whether free text is sealed, by which key, and what of it is not yet or can never be read again."""
    kept = _look(settings, lambda conn: _kept(conn, settings))
    if isinstance(kept, str):
        return Finding("data key", "", kept)
    count, ring = kept or rotation.Count(), settings.ring
    if count.lost:
        places = "; ".join(count.lost[:MOST_PLACES])
        return Finding(
            "data key", "", f"{len(count.lost)} values cannot be opened: {places}; restore them from a backup"
        )
    if not ring.sealing:
        return Finding("data key", "off: free text stands in the database as it was typed (no DATA_KEY)")
    notes = [LOST_KEY]
    if count.other:
        notes.append(f"{count.other} values are open or under an older key; seal them with: tusoi key rotate")
    said = f"free text is sealed with key {ring.sealing.id}: {count.done} values"
    return Finding("data key", said, notes=tuple(notes))


def _kept(conn: Connection, settings: Settings) -> rotation.Count | str:
    """How far it is sealed; or what is refused at every start."""
    try:
        sealed.must_have_keys(conn, settings.ring)
        return rotation.survey(conn, settings.ring, cache(load))
    except (KeyMissing, Faults) as fault:
        return " ".join(str(fault).split())


def _telegram(settings: Settings) -> Finding:
    if not settings.telegram_token:
        return Finding("telegram", "off (no TELEGRAM_TOKEN)")
    from bot.telegram_name import bot_name

    name, reason = finished(bot_name(settings))
    if name is None:
        return Finding("telegram", "", f"TELEGRAM_TOKEN: {reason}")
    official = "api.telegram.org" in settings.telegram_api_base
    if settings.telegram_mode == "webhook" and official and not settings.public_url.startswith("https:"):
        return Finding("telegram", "", "PUBLIC_URL: Telegram calls webhooks over https only; set the https address")
    return Finding("telegram", f"@{name}, {settings.telegram_mode}")


def _zalo(settings: Settings) -> Finding:
    if not settings.zalo_bot_token:
        return Finding("zalo", "off (no ZALO_BOT_TOKEN)")
    from bot.zalo_side import bot_name

    name, reason = finished(bot_name(settings))
    if name is None:
        return Finding("zalo", "", f"ZALO_BOT_TOKEN: {reason}")
    if settings.zalo_bot_mode == "webhook" and not settings.public_url.startswith("https:"):
        return Finding("zalo", "", "PUBLIC_URL: Zalo calls webhooks over https only; set the https address")
    return Finding("zalo", f"{name}, {settings.zalo_bot_mode}")


def _content(settings: Settings) -> Finding:
    """Links lead a person to the own page, so they must reach a phone, and nobody on the way may read along."""
    if settings.chat_content == "full":
        return Finding("chat content", "full: questions and answers travel through the channels")
    address = urlsplit(settings.public_url)
    if address.scheme != "https":
        return Finding(
            "chat content", "", "PUBLIC_URL: with CHAT_CONTENT=links it must be the https address people open"
        )
    if _is_loopback(address.hostname or ""):
        return Finding("chat content", "", f"PUBLIC_URL: no phone can open {address.hostname}; set the public address")
    return Finding("chat content", f"links to {settings.public_url}; nothing else travels through the channels")


def _is_loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified


def _zalo_oa(settings: Settings) -> Finding:
    if not settings.zalo_oa_app_id:
        return Finding("zalo oa", "off (no ZALO_OA_APP_ID)")
    from bot.zalo_oa_health import examine_oa

    file = _sqlite_file(settings)
    said, fault, notes = examine_oa(settings, has_database=not file or file.exists())
    return Finding("zalo oa", said, fault, notes)


def _clock(settings: Settings) -> Finding:
    """Against the Date header of the Bot API server, where Telegram is on; else only shown."""
    now = local_now(settings)
    said = f"{now:%H:%M %d/%m/%Y} in {settings.timezone}"
    there = _server_time(settings.telegram_api_base) if settings.telegram_token else None
    if there and abs((now - there).total_seconds()) > MOST_CLOCK_SECONDS:
        return Finding("clock", "", f"is off by {(now - there).total_seconds():+.0f} s; switch on time synchronisation")
    return Finding("clock", said)


def _server_time(url: str) -> datetime | None:
    try:
        with urlopen(Request(url, method="HEAD"), timeout=5) as response:  # noqa: S310 - checked to be http(s)
            date = response.headers.get("Date")
    except HTTPError as error:
        date = error.headers.get("Date")
    except (URLError, OSError):
        return None
    return parsedate_to_datetime(date) if date else None


def _disk(settings: Settings) -> Finding:
    folder = _nearest_folder(_sqlite_file(settings) or Path())
    free = shutil.disk_usage(folder).free // 2**20
    if free < LEAST_FREE_MB:
        return Finding("disk", "", f"only {free} MB are free at {folder}; make room for at least {LEAST_FREE_MB} MB")
    return Finding("disk", f"{free} MB free at {folder}")


def _sqlite_file(settings: Settings) -> Path | None:
    url = settings.database_url
    return Path(make_url(url).database or "") if is_sqlite(url) else None


def _nearest_folder(file: Path) -> Path:
    return next(place for place in (file.absolute(), *file.absolute().parents) if place.is_dir())


def _pack(settings: Settings) -> Finding:
    """The pack of the open review first, then every shipped one: what the office must still confirm."""
    current = _look(settings, cycles.current)
    notes: list[str] = []
    names = tuple(dict.fromkeys((*((current.pack,) if current else ()), *pack_names())))
    for name in names:
        try:
            pack = load(name)
        except Faults as faults:
            return Finding("pack", "", f"{name} cannot be used; see: tusoi pack check {name} ({faults.faults[0]})")
        notes += [f"{name}: not verified: {value.where}: {value.what}" for value in pack.unverified]
    return Finding("pack", f"{', '.join(names)}; {len(notes)} values to be confirmed by the office", notes=tuple(notes))


def _personal_data(settings: Settings) -> Finding:
    """The dates of the law that an office must still confirm, and deletions that wait for `tusoi purge`."""
    try:
        rules = privacy_rules()
    except Faults as faults:
        return Finding("personal data", "", f"the table of dates cannot be used: {faults.faults[0]}")
    notes = [f"not verified: {value}" for value in rules.unverified()]
    year = str(local_now(settings).year)
    if year not in rules.holidays.years:
        notes.append(f"holidays.years.{year}: not in the table; dates are reckoned with the fixed holidays only")
    waiting = _look(settings, unwiped) or 0
    if waiting:
        notes.append(f"{waiting} granted deletions leave bytes in the database's files until you run: tusoi purge")
    return Finding("personal data", f"{len(notes)} things to be looked at", notes=tuple(notes))


def _look(settings: Settings, work: Work[T]) -> T | None:
    """None while the database cannot be asked or is older than this program: `_database` has said so."""
    file = _sqlite_file(settings)
    if file and not file.exists():
        return None
    try:
        found = finished(schema.revisions(settings.database_url))
        return look(settings, work, migrated=False) if found.current == found.newest else None
    except Refused:
        return None


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    _database,
    _data_key,
    _telegram,
    _zalo,
    _zalo_oa,
    _content,
    _clock,
    _disk,
    _pack,
    _personal_data,
)
