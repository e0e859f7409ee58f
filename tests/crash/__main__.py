"""`make crash`: every boundary once, then pairs of deaths, until there are as many points as asked for."""

import argparse
import os
import secrets
import sys
import time

from tests.crash.baselines import by_story, comparison
from tests.crash.enumeration import Outcome
from tests.crash.players import Boundaries, played


def main() -> int:
    ask = argparse.ArgumentParser(prog="make crash")
    ask.add_argument("--points", type=int, default=10_000)
    ask.add_argument("--processes", type=int, default=max((os.cpu_count() or 2) - 1, 1))
    ask.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    asked = ask.parse_args()
    print(f"{asked.points} crash points, {asked.processes} processes, --seed {asked.seed}", flush=True)
    began, outcomes, boundaries = time.monotonic(), list[Outcome](), Boundaries()
    for news in played(asked.points, asked.processes, asked.seed):
        if isinstance(news, dict):
            boundaries = news
            continue
        outcomes.append(news)
        for found in news.found:
            print(f"{news.point}: {found.kind}: {found.what}", flush=True)
        if len(outcomes) % 100 == 0:
            print(f"  {len(outcomes)} points, {time.monotonic() - began:.0f} s", flush=True)
    minutes = (time.monotonic() - began) / 60
    print(f"\n{by_story(outcomes, boundaries)}\n\n{comparison(outcomes)}\n")
    most = max((outcome.doubts for outcome in outcomes), default=0)
    print(
        f"At most {most} notices in doubt at one point. {len(outcomes) / minutes / asked.processes:.0f} points a minute"
    )
    return int(len(outcomes) < asked.points or any(outcome.found for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
