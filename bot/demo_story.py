"""The week before `tusoi demo`: who has joined, written, submitted, met. Each step is an effect, judged as any."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from sqlalchemy import Connection

from bot.demo_actor import Actor
from bot.demo_cells import hold_meeting, raise_points, report
from bot.demo_people import AHEAD, BLOCK, CONTACT, MEMBER, OFFICER, SCHOOL, SECRETARY, sample_roster
from bot.demo_writing import remark, review, voice_of
from bot.house import House
from review.calendar import DateName
from review.responses import Grade
from storage import cycles
from storage import roster as stored_roster
from storage.carrying import carry_over

PACK = "hd43-2025"
OPENED_DAYS_AGO = 7
_DAYS: tuple[tuple[DateName, int], ...] = (
    ("open", -OPENED_DAYS_AGO),
    ("residence_remarks_due", 5),
    ("collective_review_due", 8),
    ("self_reviews_due", 9),
    ("cell_meeting_due", 14),
    ("cell_report_due", 19),
    ("committee_decision_due", 30),
    ("remedy_plan_due", 60),
)
"""Days from today."""

SUBMITTED: dict[str, Grade] = {
    "K502": "excellent", "K503": "good", "K505": "excellent", "K508": "good", "K509": "good", "K510": "excellent",
    "TH01": "excellent", "TH04": "good", "TH05": "good", "TH07": "excellent", "TH11": "completed",
    "CQ02": "good", "CQ03": "good", "CQ06": "excellent", "CQ08": "good", "K801": "good",
}  # fmt: skip
HAVE_MET: dict[str, Grade] = {
    "K301": "good", "K302": "excellent", "K303": "excellent", "K304": "excellent",
    "K305": "good", "K306": "good", "K307": "completed", "K308": "good",
}  # fmt: skip
"""The whole cell that is ahead: submitted, met, accepted."""
DRAFTING = {"K501": 12, "K504": 5, "K506": 9, "K511": 3, "TH02": 16, "TH06": 4, "TH09": 8, "CQ01": 21, "CQ04": 6}
"""How many questions each has answered so far."""
SILENT = ("K507", "K512", "TH08", "TH10", "CQ05", "CQ07", "K803")
REMARKED = 6
"""How many of the members living there the contact has remarked on: the member persona and the next ones."""


@dataclass(frozen=True, slots=True)
class _Step:
    at: datetime
    person: str
    doing: Callable[[Actor], None]


def tell_story(conn: Connection, house: House) -> None:
    """Fill an empty database."""
    now = house.local_now()
    opened = datetime.combine(now.date() - timedelta(days=OPENED_DAYS_AGO), time(8), now.tzinfo)
    stored_roster.save(conn, sample_roster(), opened)
    cycle = cycles.open_cycle(conn, now.year, PACK, house.pack_of(PACK).version, _dates(now.date()), opened)
    carry_over(conn, cycle, house.pack_of, opened)
    for step in sorted(_steps(opened), key=lambda one: one.at):
        step.doing(Actor.at(conn, house, step.person, step.at))


def _dates(today: date) -> dict[DateName, date]:
    return {name: today + timedelta(days=days) for name, days in _DAYS}


def _steps(opened: datetime) -> Iterator[_Step]:
    """Spread over the evenings since the opening."""

    def evening(day: int, **later: int) -> datetime:
        return opened + timedelta(days=day, hours=11) + timedelta(**later)

    for nth, code in enumerate(HAVE_MET):
        yield _Step(evening(nth % 3, minutes=7 * nth), code, partial(_write_self_review, nth=nth))
    for nth, code in enumerate((*SUBMITTED, *DRAFTING)):
        yield _Step(evening(nth % 6, minutes=3 * nth), code, partial(_write_self_review, nth=nth))
    for nth, code in enumerate(SILENT):
        yield _Step(opened + timedelta(days=nth % 5, hours=4, minutes=7 * nth), code, _look_in)
    yield _Step(evening(0, hours=-3), "K301", partial(report, cell_code=AHEAD))
    yield _Step(evening(2, hours=2), "TH01", partial(report, cell_code=SCHOOL))
    yield _Step(evening(3, hours=2), OFFICER, raise_points)
    yield _Step(evening(4, hours=-1), CONTACT, _remark_on_members)
    yield _Step(evening(4, hours=2), "K301", hold_meeting)
    yield _Step(evening(5, hours=2), SECRETARY, partial(report, cell_code=BLOCK))


def _look_in(actor: Actor) -> None:
    """Joined, and nothing written yet."""


def _write_self_review(actor: Actor, nth: int) -> None:
    facts = actor.facts()
    me, pack = facts.me, facts.pack
    assert me
    assert pack
    form = pack.own_form(me)
    assert form
    grade = {**SUBMITTED, **HAVE_MET}.get(me.code, "good")
    said = list(review(voice_of(me), nth, form, facts.given(me.id), grade, facts.today))
    most = DRAFTING.get(me.code)
    actor.write("self_review", me.id, form.id, said[:most], submit=most is None)


def _remark_on_members(actor: Actor) -> None:
    facts = actor.facts()
    assert facts.pack
    form = facts.pack.forms["residence_remark"]
    lines = sorted(facts.remark_lines(), key=lambda line: line.person.code != MEMBER)
    for nth, line in enumerate(lines[:REMARKED], 1):
        actor.write("residence_remark", line.person.id, form.id, remark(nth, form), submit=True)
