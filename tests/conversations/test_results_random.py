"""Random walks of everybody concerned: each screen keeps the contract, no dialogue asks for what storage refuses."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations.place import HOME, Place
from tests.conversations.crowd import BLOCK, DUNG, HOA, LAN
from tests.conversations.graded import KHANH, graded, notice_for
from tests.conversations.phone import Phone

WALKERS = (HOA, LAN, DUNG, KHANH)
STARTS = (
    HOME,
    Place("result"),
    Place("complain"),
    Place("explain"),
    Place("complaints"),
    Place("dashboard"),
    Place.of("cell", BLOCK.id),
    Place.of("cell_person", BLOCK.id, HOA.id),
    Place.of("redo_what", "p", HOA.id),
    Place.of("redo_what", "u", BLOCK.id),
    Place.of("redo", 1, 1),
    Place.of("version", 1, 1),
)
STEPS = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 11)),
    st.tuples(st.just("tap"), st.integers(0, 2)),
    st.tuples(st.just("say"), st.sampled_from(["30/12", "31/12/2026", "Vì sao.", "Chưa đúng. " * 300, "**_x_**", "9"])),
    st.tuples(st.just("go"), st.integers(0, len(STARTS) - 1)),
    st.tuples(st.just("wait"), st.integers(1, 20)),
)


@given(walk=st.lists(st.tuples(st.integers(0, 3), STEPS), max_size=40))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_walks(walk: list[tuple[int, tuple[str, int | str]]]) -> None:
    world = graded()
    phones = [Phone(world, person.id) for person in WALKERS]
    phones[0].nudge(notice_for(world, HOA, "result"))
    for who, (kind, what) in walk:
        phone = phones[who]
        if kind == "tap" and phone.screen.choices:
            phone.tap(int(what) % len(phone.screen.choices) + 1)
        elif kind == "say":
            phone.say(str(what))
        elif kind == "go":
            phone.goto(STARTS[int(what)])
        elif kind == "wait":
            world.passes(days=int(what))
    for phone in phones:
        phone.ask("menu")
    for appeal in world.results.appeals.values():
        assert appeal.handler_id in (None, KHANH.id)


def test_first_choices_alone_never_complain_order_or_answer() -> None:
    world = graded()
    for person in WALKERS:
        for start in STARTS:
            phone = Phone(world, person.id)
            phone.goto(start)
            for _ in range(12):
                if phone.screen.waits_for:
                    break
                phone.tap(1)
    assert not world.results.appeals
    assert not world.results.orders
