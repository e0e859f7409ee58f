"""What is said of remedies in more than one place: one line each."""

from collections.abc import Iterable
from datetime import date

from conversations import words
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.place import Place
from conversations.screen import Choice
from review.remedies import CheckStatus, Remedy

STATUS_WORDS: dict[CheckStatus, str] = {
    "open": "chưa báo",
    "partly": "xong một phần",
    "done": "đã xong",
    "not_done": "chưa làm được",
    "redated": "dời hạn",
}


def progress_words(done: int, total: int, overdue: int) -> str:
    """ "12/20 xong, 3 quá hạn" """
    return f"{done}/{total} xong" + (f", {overdue} quá hạn" if overdue else "")


def progress_of(remedies: Iterable[Remedy], today: date) -> str:
    every = tuple(remedies)
    return progress_words(sum(r.is_done for r in every), len(every), sum(r.is_overdue(today) for r in every))


def home_lines(facts: Facts) -> list[str]:
    """ "Việc khắc phục: 2 việc, việc gần nhất hạn 31/03" """
    mine = facts.remedies.mine()
    left = unfinished(facts)
    if not left:
        return [f"✅ Việc khắc phục: đã xong cả {len(mine)} việc"] if mine else []
    nearest = min((one.due for one in left if one.due), default=None)
    when = f", việc gần nhất hạn {words.day(nearest)}" if nearest else ", chưa có hạn"
    return [f"⏳ Việc khắc phục: {len(left)} việc{when}"]


def home_choices(facts: Facts) -> list[Choice]:
    left = unfinished(facts)
    if not facts.remedies.mine():
        return []
    return [Choice(f"Việc khắc phục: {len(left)} việc" if left else "Việc khắc phục đã xong", to=Place("remedies"))]


def unfinished(facts: Facts) -> tuple[Remedy, ...]:
    """This person's remedies that are not done, the most urgent first."""
    return tuple(one for one in facts.remedies.mine() if not one.is_done)


def until(remedy: Remedy, today: date) -> str:
    """ "hạn 31/03/2027 (còn 7 ngày)", or that there is none yet."""
    if remedy.due is None:
        return "chưa có hạn"
    if remedy.is_done:
        return f"hạn {words.full_day(remedy.due)}"
    return f"hạn {words.full_day(remedy.due)} ({words.days_left((remedy.due - today).days)})"


def about(remedy: Remedy, length: int) -> list[str]:
    """The shortcoming and what is done about it, each at most `length` characters."""
    measure = f"Biện pháp: {plain(words.cut(remedy.measure, length))}" if remedy.measure else "Chưa có biện pháp."
    return [f"Hạn chế: “{plain(words.cut(remedy.shortcoming, length))}”", measure]


def last_word(remedy: Remedy, length: int) -> str:
    """ "01/03/2027: xong một phần. “Đã gặp 2 hộ.”"; empty while nobody said anything."""
    if not remedy.checks:
        return ""
    last = remedy.checks[-1]
    note = f" “{plain(words.cut(last.note, length))}”" if last.note else ""
    return f"{words.full_day(last.at.date())}: {STATUS_WORDS[last.status]}.{note}"
