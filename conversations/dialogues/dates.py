"""A unit's own dates: earlier than those above it, never later. An officer sees first what a new date does below."""

from datetime import date

from conversations import words
from conversations.calendar_effects import KeepDatesAbove, SetDate
from conversations.dialogue import Move, stay
from conversations.facts import Facts
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from conversations.typed_day import packed_day, typed_day, unpacked_day
from conversations.unit_dates import DATE_WORDS, cycle_of
from review.calendar import DateName
from review.people import Unit
from review.permissions import may
from review.redating import Redating, redating, with_day
from review.unit_dates import OWN_DATE_NAMES, Bounds, UnitDates, bounds

NOT_YOURS = "Lịch của chi bộ do bí thư, phó bí thư và cán bộ cấp ủy đặt. Đồng chí cần đổi ngày thì nhắn bí thư nhé."
KEPT = "Đã bỏ các ngày riêng. Từ giờ theo lịch của cấp trên."
MOST_NAMES = 5
MOST_CELLS = 6
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


def show(place: Place, facts: Facts) -> Screen:
    """All dates of one unit, its own ones marked."""
    unit, dates = _seat(place, facts)
    if unit is None or dates is None:
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    names = _settable(unit, dates)
    choices = [Choice(f"Đổi ngày {DATE_WORDS[name]}", to=Place.of("date", unit.id, name)) for name in names]
    if unit.parent_id is not None and _own_names(unit, dates):
        choices.append(Choice("Theo lịch cấp trên", act=f"keep.{unit.id}"))
    title = f"**{words.cut(unit.name, 90)} · lịch kiểm điểm {dates.cycle.year}**"
    text = "\n".join(_day_line(name, unit, dates) for name in DATE_WORDS if name in dates.dates_for(unit.id))
    return Screen(
        f"{title}\n\n{text or 'Chưa có ngày nào.'}\n\n{_rule(unit)}",
        (*choices, Choice("Quay lại", to=_back(unit))),
    )


def choose(place: Place, act: str, facts: Facts) -> Move:
    return Move(place, (KeepDatesAbove(place.number()),), note=KEPT)


def show_date(place: Place, facts: Facts) -> Screen:
    """One date is asked for."""
    unit, dates = _seat(place, facts)
    name = _name(place)
    if unit is None or dates is None or name not in _settable(unit, dates):
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    now = dates.dates_for(unit.id).get(name)
    lines = [
        f"**Ngày {DATE_WORDS[name]}** · {words.cut(unit.name, 80)}",
        f"Đang là {words.full_day(now)}." if now else "Chưa đặt ngày.",
        _between(bounds(dates, unit, name)),
        f"✍️ Đồng chí viết ngày mới, ví dụ {words.day(now or facts.today)}.",
    ]
    return Screen("\n\n".join(line for line in lines if line), (_to_dates(unit),), waits_for="date")


def write_date(place: Place, text: str, facts: Facts) -> Move:
    """A cell's own date is set at once; what concerns many is shown before."""
    unit, dates = _seat(place, facts)
    name = _name(place)
    assert unit, "only the screen of this unit waits for words"
    assert dates
    assert name
    day = typed_day(text, facts)
    if isinstance(day, str):
        return stay(day)
    if not bounds(dates, unit, name).hold(day):
        return stay(f"Ngày {words.full_day(day)} không hợp với lịch nên chưa được đặt.")
    if unit.kind == "committee":
        return Move(Place.of("redate", unit.id, name, packed_day(day)))
    return Move(Place.of("dates", unit.id), (SetDate(unit.id, name, day),), note=_done(name, day))


def show_redate(place: Place, facts: Facts) -> Screen:
    """What the new date does to everybody below, before anything is stored."""
    unit, dates = _seat(place, facts)
    name, day = _name(place), unpacked_day(place.word(2))
    if unit is None or dates is None or name is None or day is None or not _fits(dates, unit, name, day, facts):
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    effect = _preview(dates, unit, name, day, facts)
    old = dates.dates_for(unit.id).get(name)
    was = f"đang là {words.full_day(old)}" if old else "chưa đặt"
    lines = [
        f"**Đổi ngày {DATE_WORDS[name]}** · {words.cut(unit.name, 80)}",
        f"Ngày mới: **{words.full_day(day)}** ({was}). Chưa có gì thay đổi cho đến khi đồng chí bấm «Đổi ngày».",
        *_what_it_does(effect),
    ]
    return Screen(
        "\n\n".join(lines),
        (Choice("Không đổi", to=_to_dates(unit).to), Choice("Đổi ngày", act=f"redate.{unit.id}.{packed_day(day)}")),
    )


def choose_redate(place: Place, act: str, facts: Facts) -> Move:
    name, day = _name(place), unpacked_day(place.word(2))
    assert name, "only the preview of this date offers the act"
    assert day
    return Move(Place.of("dates", place.number()), (SetDate(place.number(), name, day),), note=_done(name, day))


def changed_dates(cells: tuple[Unit, ...], facts: Facts) -> Screen:
    """What a secretary is told once the days of the own cells were moved by somebody else."""
    cycle = cycle_of(cells[0], facts) if len(cells) == 1 else None
    ahead = {name: day for name, day in cycle.dates.items() if day >= facts.today} if cycle else {}
    lines = [f"{DATE_WORDS[name].capitalize()}: {words.day(day)}" for name, day in ahead.items()]
    where = words.cut(cells[0].name, 80) if len(cells) == 1 else f"{len(cells)} chi bộ"
    choices = [
        Choice(words.cut(f"Lịch của {cell.name}", 60), to=Place.of("dates", cell.id)) for cell in cells[:MOST_CELLS]
    ]
    return Screen("\n".join([f"🔔 **Lịch kiểm điểm của {where} vừa thay đổi.**", *lines]), (*choices, HOME_CHOICE))


def may_set_dates(unit: Unit, facts: Facts) -> bool:
    return facts.me is not None and may(facts.me, "set_dates", unit, below=facts.units_below)


def _seat(place: Place, facts: Facts) -> tuple[Unit | None, UnitDates | None]:
    """The unit whose dates the place is about, if this person may set them, and the calendar."""
    unit = facts.unit(place.number())
    return (unit if unit and may_set_dates(unit, facts) else None), facts.calendar.dates


def _name(place: Place) -> DateName | None:
    return next((name for name in OWN_DATE_NAMES if name == place.word(1)), None)


def _settable(unit: Unit, dates: UnitDates) -> list[DateName]:
    """A unit moves what the level above has set; the top sets any."""
    above = OWN_DATE_NAMES if unit.parent_id is None else dates.dates_above(unit)
    return [name for name in OWN_DATE_NAMES if name in above]


def _own_names(unit: Unit, dates: UnitDates) -> list[DateName]:
    here, above = dates.dates_for(unit.id), dates.dates_for(unit.parent_id)
    return [name for name in here if here[name] != above.get(name)]


def _fits(dates: UnitDates, unit: Unit, name: DateName, day: date, facts: Facts) -> bool:
    return name in _settable(unit, dates) and day >= facts.today and bounds(dates, unit, name).hold(day)


def _day_line(name: DateName, unit: Unit, dates: UnitDates) -> str:
    day, above = dates.dates_for(unit.id)[name], dates.dates_for(unit.parent_id).get(name)
    own = f" (ngày riêng; cấp trên: {words.day(above)})" if above and above != day else ""
    return f"{words.full_day(day)}: {DATE_WORDS[name]}{own}"


def _rule(unit: Unit) -> str:
    if unit.parent_id is None:
        return "Đổi ngày ở đây là đổi lịch cho tất cả các chi bộ."
    return "Được đặt ngày sớm hơn lịch cấp trên, không được muộn hơn."


def _between(limits: Bounds) -> str:
    """Between which days, in words."""
    earliest = f"từ {words.full_day(limits.earliest)}" if limits.earliest else ""
    latest = f"đến {words.full_day(limits.latest)}" if limits.latest else ""
    between = " ".join(part for part in (earliest, latest) if part)
    return f"Chọn được ngày {between}." if between else ""


def _preview(dates: UnitDates, unit: Unit, name: DateName, day: date, facts: Facts) -> Redating:
    below = facts.units_below(unit.id)
    counts = facts.cell_counts(tuple(one.id for one in below))
    lacking = {count.unit.id: count.due - count.submitted for count in counts}
    after = with_day(dates, unit, name, day, below)
    return redating(dates, after, below, lacking, facts.today)


def _what_it_does(effect: Redating) -> list[str]:
    cells = sum(unit.kind == "cell" for unit in effect.moved)
    lines = [
        f"Lịch của {cells} chi bộ thay đổi; bí thư các nơi ấy sẽ được báo."
        if cells
        else "Không chi bộ nào bị đổi lịch."
    ]
    if effect.hurry:
        lines.append(f"{effect.hurry} đồng chí chưa nộp sẽ có ít thời gian hơn.")
    if effect.dropped:
        dropped = [f"{one.unit.name} ({DATE_WORDS[one.name]} {words.day(one.day)})" for one in effect.dropped]
        lines.append(f"Ngày riêng không còn hợp, sẽ theo lịch chung: {_named(dropped)}.")
    return lines


def _named(names: list[str]) -> str:
    said = "; ".join(words.cut(name, 90) for name in names[:MOST_NAMES])
    more = len(names) - MOST_NAMES
    return f"{said} và {more} nơi khác" if more > 0 else said


def _done(name: DateName, day: date) -> str:
    return f"Đã đặt ngày {DATE_WORDS[name]}: {words.full_day(day)}. Tin nhắc sẽ theo ngày này."


def _to_dates(unit: Unit) -> Choice:
    return Choice("Quay lại lịch", to=Place.of("dates", unit.id))


def _back(unit: Unit) -> Place:
    return Place.of("cell" if unit.kind == "cell" else "committee", unit.id)
