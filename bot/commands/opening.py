"""What every command needs: checked settings, an open database, files written; each fault as one line."""

import asyncio
import errno
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from bot.refusal import Refused
from bot.settings import Settings, SettingsFault, load_settings
from review.faults import Faults
from review.pack import Pack, load
from storage.database import Database, Work
from storage.errors import StorageError
from storage.schema import migrate

T = TypeVar("T")


def checked_settings() -> Settings:
    try:
        return load_settings()
    except SettingsFault as fault:
        raise Refused.because(fault.lines) from None


def change(settings: Settings, work: Work[T]) -> T:
    """Run `work` in one transaction on the migrated database."""
    return finished(with_database(settings, lambda db: db.write(work)))


def look(settings: Settings, work: Work[T], *, migrated: bool = True) -> T:
    """Run `work` on one consistent picture of the database; `migrated` False leaves its schema as it is."""
    return finished(with_database(settings, lambda db: db.read(work), migrated=migrated))


def finished(running: Awaitable[T]) -> T:
    """Run to the end; what storage refuses, or cannot do, is refused here."""

    async def run() -> T:
        return await running

    try:
        return asyncio.run(run())
    except StorageError as error:
        raise Refused.because([error]) from None


def pack_by_name(name: str) -> Pack:
    """A shipped pack by name, or one by folder."""
    try:
        return load(name)
    except Faults as faults:
        raise Refused.because(faults.faults) from None


def local_now(settings: Settings) -> datetime:
    return datetime.now(UTC).astimezone(settings.zone)


def read_text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise Refused(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Refused(f"{path}: is not UTF-8 text; save it as UTF-8") from None


def write_file(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise cannot_write(path, error) from None


def cannot_write(path: Path, error: Exception) -> Refused:
    return Refused.because([f"{path}: cannot be written: {getattr(error, 'strerror', None) or error}"])


def cannot_listen(settings: Settings, error: OSError) -> Refused:
    place = f"{settings.http_host}:{settings.http_port}"
    if error.errno == errno.EADDRINUSE:
        return Refused(f"HTTP_PORT: {place} is taken by another program; choose another port")
    return Refused(f"HTTP_HOST: cannot listen on {place}: {error.strerror or error}")


async def with_database(settings: Settings, work: Callable[[Database], Awaitable[T]], *, migrated: bool = True) -> T:
    """Open the database, refused without the keys that sealed its text; `migrated` False leaves it as it is."""
    if migrated:
        await migrate(settings.database_url, ring=settings.ring)
    db = Database(settings.database_url, settings.ring)
    try:
        return await work(db)
    finally:
        await db.close()
