"""`make bench`: one run, one table. Absolute figures are of this machine; the ratios between rows are what counts."""

import asyncio
import platform
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.committee import Phone, open_committee
from storage.sealing import NO_KEYS, KeyRing, new_key

MEMBERS = 32
ANSWERS_EACH = 20
RESULTS = Path(__file__).with_name("RESULTS.md")


async def answers(in_flight: int, folder: Path, ring: KeyRing = NO_KEYS) -> tuple[float, Sequence[float]]:
    """Durable answers a second, and the seconds each took from the event to the next screen. SQLite FULL."""
    house, turns, codes = await open_committee(_new_file(folder), MEMBERS, ring)
    phones = [Phone(turns, f"phone{nth}") for nth in range(len(codes))]
    screens = [await phone.join(code) for phone, code in zip(phones, codes, strict=True)]
    took: list[float] = []
    gate = asyncio.Semaphore(in_flight)

    async def fill(nth: int) -> None:
        screen = screens[nth]
        for _ in range(ANSWERS_EACH):
            async with gate:
                began = time.perf_counter()
                screen = await phones[nth].step(screen)
                took.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(fill(nth) for nth in range(len(phones))))
    seconds = time.perf_counter() - began
    await house.db.close()
    return len(took) / seconds, sorted(took)


def _new_file(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/answers{len(list(folder.glob('*.db')))}.db"


async def measure() -> list[str]:
    rows = [
        f"Python {platform.python_version()}, {MEMBERS} members, {ANSWERS_EACH} answers each, SQLite synchronous=FULL",
        "",
        "| answers in flight | durable answers/s | p50 ms | p99 ms |",
        "| --- | --- | --- | --- |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        for in_flight, ring in ((1, NO_KEYS), (16, NO_KEYS), (16, KeyRing.read(new_key()))):
            rate, took = await answers(in_flight, Path(folder), ring)
            p99 = took[int(len(took) * 0.99)]
            name = f"{in_flight}, sealed" if ring.keys else str(in_flight)
            rows.append(f"| {name} | {rate:.0f} | {median(took) * 1000:.1f} | {p99 * 1000:.1f} |")
    return rows


if __name__ == "__main__":
    table = "\n".join(asyncio.run(measure()))
    print(table)
    RESULTS.write_text(f"# Results of the last `make bench`\n\n{table}\n", encoding="utf-8")
