"""The result beside what was measured of bots written the usual way, under the same kind of death."""

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.crash.enumeration import Outcome

BASELINES = (
    ("aiogram 3.31, polling as it comes, states in Redis", "8", "1-3 of ~1,970", "0", "101-104 of 200", "0"),
    ("the same on a loaded machine", "8", "96 of 776", "0", "196 of 200", "0"),
    ("aiogram 3.31, one update at a time, states in Redis", "8", "0", "1,202-1,881 of 4,000", "0", "0"),
    ("PTB 22.8, conversations pickled each minute", "2", "325-349 of ~2,700", "174", "163 of 200", "215-217"),
    ("PTB 22.8, pickled each second", "8", "all: does not start again", "-", "200 of 200", "94-137"),
)
"""Twenty questions, 200 people, kill -9 and restart, Redis syncing every write; several runs each, so ranges.
Bot, deaths, lost answers, answers under a wrong question, people stuck, repeated messages."""
TITLES = ("bot", "deaths", "lost", "misfiled", "stuck", "repeated")


def totals(outcomes: Sequence[Outcome]) -> Counter[str]:
    return Counter(found.kind for outcome in outcomes for found in outcome.found)


def comparison(outcomes: Sequence[Outcome]) -> str:
    found, deaths = totals(outcomes), sum(outcome.died for outcome in outcomes)
    lost = found["lost"] + found["receipt"] + found["audit"]
    ours = (lost, found["misfiled"] + found["foreign"], found["stuck"], found["twice"] + found["reminded twice"])
    row = (f"Tự Soi, at {len(outcomes):,} crash points", f"{deaths:,}", *(f"{count:,}" for count in ours))
    return in_columns((TITLES, *BASELINES, row))


def by_story(outcomes: Sequence[Outcome], boundaries: dict[tuple[str, str], int]) -> str:
    lines: list[tuple[str, ...]] = [("database", "story", "boundaries", "points", "deaths", "in doubt", "violations")]
    for (engine, story), count in boundaries.items():
        here = [one for one in outcomes if (one.point.engine, one.point.story) == (engine, story)]
        numbers = (
            count,
            len(here),
            sum(one.died for one in here),
            sum(one.doubts for one in here),
            sum(len(one.found) for one in here),
        )
        lines.append((engine, story, *(f"{number:,}" for number in numbers)))
    return in_columns(lines)


def in_columns(lines: Iterable[Sequence[str]]) -> str:
    table = [list(line) for line in lines]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in table
    )
