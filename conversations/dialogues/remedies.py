"""Through the year: what was promised about each shortcoming, and how far it is. Its owner adds what the plan lacks."""

from conversations import words
from conversations.dialogue import Move, stay
from conversations.dialogues.form_question import is_side_word
from conversations.facts import Facts, Notice
from conversations.paging import page_of, turn_pages
from conversations.place import HOME, Place
from conversations.remedy_effects import MoveRemedy, NoteRemedy, PlanRemedy, ReportRemedy
from conversations.remedy_words import STATUS_WORDS, about, last_word, progress_of, unfinished, until
from conversations.screen import Choice, Screen
from conversations.typed_day import packed_day, typed_day, unpacked_day
from review.answers import is_visible
from review.remedies import Remedy, RemedyStatus

NOTHING = "Hiện đồng chí không có việc khắc phục nào cần theo dõi."
NOT_YOURS = "Việc khắc phục này không thuộc phần của đồng chí."
DONE = "✅ Đồng chí đã báo xong việc này. Cảm ơn đồng chí."
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)
TO_LIST = Choice("Về danh sách", to=Place("remedies"))
LATER = Choice("Để sau", to=Place("remedies"))
ANSWERS: dict[RemedyStatus, str] = {"done": "Đã xong", "partly": "Xong một phần", "not_done": "Chưa làm được"}
LONGEST = 400


def show(place: Place, facts: Facts) -> Screen:
    """Everything this person answers for, what is most urgent first."""
    mine = facts.remedies.mine()
    if not mine:
        return Screen(NOTHING, (HOME_CHOICE,))
    page = page_of(mine, place.number())
    rows = (Choice(_label(one, facts), to=Place.of("remedy", one.id)) for one in page.rows)
    return Screen(
        f"**Việc khắc phục của đồng chí**{page.mark}\n\n{progress_of(mine, facts.today).capitalize()}. "
        "Đồng chí chọn một việc để cho biết đã đến đâu.",
        (*rows, *turn_pages(page, "remedies"), HOME_CHOICE),
    )


def show_one(place: Place, facts: Facts) -> Screen:
    """One remedy: first what its plan lacks, then how far it is."""
    remedy = _owned(place, facts)
    if remedy is None:
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    title = f"**Việc khắc phục** · {until(remedy, facts.today)}"
    lines = [title, "\n".join(about(remedy, LONGEST)), last_word(remedy, LONGEST)]
    if not remedy.measure:
        return _screen(lines, Choice("Ghi biện pháp", to=Place.of("remedy_measure", remedy.id)), TO_LIST)
    if remedy.due is None:
        return _screen(lines, Choice("Đặt hạn", to=Place.of("remedy_due", remedy.id)), TO_LIST)
    answers = [Choice(label, act=f"{status}.{remedy.id}") for status, label in ANSWERS.items()]
    if remedy.is_done:
        changes = [Choice(f"Sửa lại: {c.label.lower()}", act=c.act) for c in answers[1:]]
        return _screen([DONE, *lines], TO_LIST, *changes)
    return _screen([*lines, "**Đến nay việc này thế nào?**"], *answers, TO_LIST)


def choose_one(place: Place, act: str, facts: Facts) -> Move:
    status = next(status for status in ANSWERS if status == act.partition(".")[0])
    remedy_id = place.number()
    return Move(
        Place.of("remedy_note", remedy_id), (ReportRemedy(remedy_id, status),), note=f"Đã ghi: {STATUS_WORDS[status]}."
    )


def show_measure(place: Place, facts: Facts) -> Screen:
    remedy = _owned(place, facts)
    if remedy is not None and remedy.measure:
        return show_one(place, facts)
    question = "Đồng chí sẽ làm gì để khắc phục? Một việc cụ thể, có con số thì càng rõ."
    return _asks(place, facts, question, "✍️ Đồng chí viết biện pháp rồi gửi.", "text")


def write_measure(place: Place, text: str, facts: Facts) -> Move:
    remedy_id = place.number()
    if aside := _aside(text):
        return aside
    return Move(Place.of("remedy_due", remedy_id), (PlanRemedy(remedy_id, measure=text),), note="Đã lưu biện pháp.")


def show_due(place: Place, facts: Facts) -> Screen:
    remedy = _owned(place, facts)
    if remedy is not None and remedy.due is not None:
        return show_one(place, facts)
    return _asks(place, facts, "Đến ngày nào thì xong?", "✍️ Đồng chí viết ngày, ví dụ 31/03.", "date")


def write_due(place: Place, text: str, facts: Facts) -> Move:
    day = typed_day(text, facts)
    if is_side_word(text):
        return Move(LATER.to)
    if isinstance(day, str):
        return stay(day)
    note = f"Đã đặt hạn {words.full_day(day)}. Gần đến ngày tôi sẽ hỏi đồng chí."
    return Move(Place("remedies"), (PlanRemedy(place.number(), due=day),), note=note)


def show_note(place: Place, facts: Facts) -> Screen:
    """What shows it; may be left out."""
    remedy = _owned(place, facts)
    if remedy is None:
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    return Screen(
        "**Điều gì cho thấy như vậy?** Đồng chí kể một việc đã làm, một con số, hoặc chỗ còn vướng.\n\n"
        "✍️ Một câu là đủ. Không muốn viết thì bỏ qua.",
        (Choice("Bỏ qua", to=_after_note(remedy)),),
        waits_for="text",
    )


def write_note(place: Place, text: str, facts: Facts) -> Move:
    remedy = _owned(place, facts)
    assert remedy, "only the screen of this remedy waits for words"
    if aside := _aside(text, _after_note(remedy)):
        return aside
    return Move(_after_note(remedy), (NoteRemedy(remedy.id, text),), note="Đã lưu. Cảm ơn đồng chí.")


def show_more_time(place: Place, facts: Facts) -> Screen:
    remedy = _owned(place, facts)
    if remedy is None or not remedy.may_move or remedy.due is None:
        return show_one(place, facts)
    return Screen(
        f"**Đồng chí có cần thêm thời gian không?**\n\nHạn đang là {words.full_day(remedy.due)}. "
        "Hạn chỉ dời được một lần, và cần một lý do.",
        (
            Choice(f"Giữ hạn {words.day(remedy.due)}", to=Place("remedies")),
            Choice("Xin hạn mới", to=Place.of("remedy_move", remedy.id)),
        ),
    )


def show_move(place: Place, facts: Facts) -> Screen:
    return _asks(place, facts, "Hạn mới là ngày nào?", "✍️ Đồng chí viết ngày, ví dụ 30/06.", "date")


def write_move(place: Place, text: str, facts: Facts) -> Move:
    day = typed_day(text, facts)
    if is_side_word(text):
        return Move(LATER.to)
    return stay(day) if isinstance(day, str) else Move(Place.of("remedy_reason", place.number(), packed_day(day)))


def show_reason(place: Place, facts: Facts) -> Screen:
    day = unpacked_day(place.word(1))
    if day is None or day < facts.today:
        return show_move(place, facts)
    return _asks(place, facts, f"Hạn mới {words.full_day(day)}. Vì sao cần thêm thời gian?", "✍️ Một câu là đủ.", "text")


def write_reason(place: Place, text: str, facts: Facts) -> Move:
    day = unpacked_day(place.word(1))
    assert day, "the screen has shown the day"
    if aside := _aside(text):
        return aside
    effect = MoveRemedy(place.number(), day, text)
    return Move(Place("remedies"), (effect,), note=f"Đã dời hạn đến {words.full_day(day)}.")


def show_check(notice: Notice, facts: Facts) -> Screen:
    """The clock asks how far it is: a number and a date, nothing of what it is about."""
    left = unfinished(facts)
    ahead = [one.due for one in left if one.due and one.due >= facts.today]
    when = f", việc gần nhất hạn **{words.day(min(ahead))}**" if ahead else ""
    late = sum(one.is_overdue(facts.today) for one in left)
    passed = f", {late} việc đã quá hạn" if late else ""
    return Screen(
        f"🔔 Đến lúc xem lại việc khắc phục: còn **{len(left)} việc**{when}{passed}. Mỗi việc chỉ một, hai lần bấm.\n\n"
        "_Báo xong là tôi thôi hỏi; /dulieu để đổi._",
        (_onward("Cho biết đã đến đâu", left), Choice("Để sau", to=HOME)),
    )


def show_plan(notice: Notice, facts: Facts) -> Screen:
    """The clock asks for what the plan lacks."""
    lacking = tuple(one for one in unfinished(facts) if not one.is_planned)
    return Screen(
        f"🔔 Kế hoạch khắc phục của đồng chí còn **{len(lacking)} việc** chưa đủ biện pháp hoặc hạn. "
        "Mỗi việc một, hai câu ngắn.\n\n_Ghi đủ là tôi thôi nhắc; /dulieu để đổi._",
        (_onward("Ghi tiếp", lacking), Choice("Để sau", to=HOME)),
    )


def _onward(label: str, remedies: tuple[Remedy, ...]) -> Choice:
    return Choice(label, to=Place.of("remedy", remedies[0].id) if len(remedies) == 1 else Place("remedies"))


def _asks(place: Place, facts: Facts, question: str, line: str, waits_for: str) -> Screen:
    remedy = _owned(place, facts)
    if remedy is None:
        return Screen(NOT_YOURS, (HOME_CHOICE,))
    said = about(remedy, LONGEST)[0]
    return Screen(f"{said}\n\n**{question}**\n\n{line}", (LATER,), waits_for="date" if waits_for == "date" else "text")


def _after_note(remedy: Remedy) -> Place:
    return Place.of("remedy_time", remedy.id) if remedy.may_move else Place("remedies")


def _aside(text: str, to: Place | None = LATER.to) -> Move | None:
    """Words of a side path lead there; what nobody can read is asked for again."""
    if is_side_word(text):
        return Move(to)
    return None if is_visible(text) else stay(words.EMPTY)


def _owned(place: Place, facts: Facts) -> Remedy | None:
    """The remedy the place names, if this person answers for it."""
    remedy = facts.remedies.remedy(place.number())
    return remedy if remedy and facts.me and remedy.owner_id == facts.me.id else None


def _screen(lines: list[str], *choices: Choice) -> Screen:
    return Screen("\n\n".join(line for line in lines if line), choices)


def _label(remedy: Remedy, facts: Facts) -> str:
    mark = "✅" if remedy.is_done else "⏳"
    when = f"hạn {words.day(remedy.due)}" if remedy.due else "chưa có hạn"
    late = "quá " if remedy.is_overdue(facts.today) else ""
    return words.cut(f"{mark} {late}{when} · {remedy.shortcoming}", 60)
