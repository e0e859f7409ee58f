"""Dates in the test world: set within the bounds, and what no longer fits below goes."""

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.calendar_effects import CalendarEffect, SetDate
from review.permissions import may
from review.redating import standing, with_day
from review.unit_dates import bounds

if TYPE_CHECKING:
    from conversations.facts import Account
    from tests.conversations.world import World


def apply(world: "World", account: "Account", effect: CalendarEffect) -> None:
    facts = world.facts(account.id)
    unit, dates = world.units[effect.unit_id], facts.calendar.dates
    assert facts.me
    assert dates
    assert world.cycle
    assert may(facts.me, "set_dates", unit, below=facts.units_below), "not allowed to set dates here"
    if isinstance(effect, SetDate):
        assert bounds(dates, unit, effect.name).hold(effect.day), f"{effect.day} is out of bounds"
        after = with_day(dates, unit, effect.name, effect.day, ())
        world.cycle = replace(world.cycle, dates=after.cycle.dates)
        world.own_dates = {one: dict(days) for one, days in after.own.items()}
    else:
        world.own_dates.pop(unit.id, None)
    now = facts.calendar.dates
    assert now
    world.own_dates = {one: dict(standing(now, world.units[one])) for one in world.own_dates}
