"""The program dies at I/O boundaries of short stories, starts again and goes on: nothing is lost, misfiled or doubled.

300 points here; `make crash` plays 10,000. TUSOI_SEED and TUSOI_CRASHES in the environment repeat a run or make it
longer.
"""

import os
import secrets
from random import Random

import pytest

from tests.crash.baselines import by_story
from tests.crash.enumeration import Enumeration
from tests.crash.stages import Stage

SEED = int(os.environ.get("TUSOI_SEED", "0")) or secrets.randbelow(10**9) + 1
POINTS = int(os.environ.get("TUSOI_CRASHES", "300")) // 2


@pytest.mark.timeout(900)
async def test_nothing_is_lost_wherever_it_dies(stage: Stage) -> None:
    print(f"TUSOI_SEED={SEED}")
    enumeration = Enumeration()
    await enumeration.rehearse(stage)
    points = enumeration.sample(POINTS, Random(SEED))
    outcomes = [await enumeration.plays(point) for point in points]
    print(by_story(outcomes, enumeration.boundaries))
    assert [(one.point, one.found) for one in outcomes if one.found] == []
    assert sum(one.died for one in outcomes) > POINTS, "every point is a death, some are two"
