"""Whatever is tapped or typed among dates, remedies and numbers: screens keep the contract, dates their order."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.place import Place
from review.calendar import DATE_NAMES
from review.people import Unit
from tests.conversations.crowd import BLOCK, DUNG, HOA, LAN, SCHOOL, half_done, review_of
from tests.conversations.phone import Phone
from tests.conversations.village import WARD
from tests.conversations.world import World
from tests.conversations.world_remedies import make

WORDS = ("8/12", "11/12/2026", "1/1/2020", "30/06/2027", "bỏ qua", "Đã gặp 3 hộ.", "x" * 500, "\u200b", "hôm nào đó")
PART = Unit(70, "BP", "Đảng bộ bộ phận", "committee", WARD.id)
STARTS = (Place("dashboard"), Place("remedies"), Place.of("dates", BLOCK.id), Place.of("cell_remedies", BLOCK.id, 1))
MOVES = st.lists(st.tuples(st.integers(0, 11), st.sampled_from(WORDS)), min_size=1, max_size=25)


def full() -> World:
    world = half_done()
    world.units |= {PART.id: PART, SCHOOL.id: replace(SCHOOL, parent_id=PART.id)}
    review_of(
        HOA, world, **{"shortcomings.1.text": "Ít đọc.", "measures.1.measure": "Đọc.", "measures.1.due": "2027-03-31"}
    )
    review_of(LAN, world, **{"shortcomings.1.text": "Họp muộn."})
    make(world, BLOCK.id)
    return world


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([HOA.id, LAN.id, DUNG.id]), st.sampled_from(STARTS), MOVES, st.booleans())
def test_no_way_leads_astray(account: int, start: Place, moves: list[tuple[int, str]], closed: bool) -> None:
    world = full()
    if closed:
        world.cycle = world.pack = None
    phone = Phone(world, account)
    phone.goto(start)
    for which, said in moves:
        screen = phone.screen
        if screen.waits_for and (which % 2 or not screen.choices):
            phone.say(said)
        else:
            phone.tap(which % len(screen.choices) + 1)
        assert len(phone.screen.choices) <= 12
    dates = world.facts(account).calendar.dates
    for unit in world.units if dates else ():
        assert dates
        days = [day for name in DATE_NAMES if (day := dates.dates_for(unit).get(name, date.min)) > date.min]
        assert all(sooner <= later for sooner, later in pairwise(days))
        assert all(day <= dates.cycle.dates[name] for name, day in dates.dates_for(unit).items())
