"""The form filler: one question a screen, every answer saved at once under the key its screen names."""

from conversations import words
from conversations.dialogue import Move, stay
from conversations.dialogues.form_hint import hint_after
from conversations.dialogues.form_question import is_side_word, question_screen, side_choice_typed
from conversations.dialogues.form_receipt import closed_screen
from conversations.effects import SaveAnswer
from conversations.facts import Facts
from conversations.form_draft import OFFERED_DATES, REWRITING, Draft, moved, next_asked, onward_choice, shown
from conversations.form_items import still_owed
from conversations.form_people import name_typed
from conversations.form_position import name_of
from conversations.form_screens import chosen_value
from conversations.form_status import collective_status, form_status
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.answers import Refusal, read_answer
from review.forms import Asked, is_blank
from review.people import Unit
from review.responses import Value

GONE = "Câu này không còn trong bản kiểm điểm, vì một câu trả lời trước đã đổi."

NO_SUCH_WAY = "Ở câu này không đi lối ấy được. Đồng chí trả lời giúp tôi, hoặc chọn một lối bên dưới."


@shown
def show(draft: Draft, place: Place, facts: Facts) -> Screen:
    """The question the place names; without a name, how far the form is and where it goes on."""
    if not draft.is_open:
        return closed_screen(draft, facts)
    asked = draft.asked(place.word(2))
    if asked:
        return question_screen(draft, asked, place.word(3), facts.today)
    text = GONE if place.word(2) else _how_far(draft, facts)
    contents = Choice("Mục lục", to=draft.place("form_sections"))
    return Screen(text, (onward_choice(draft), contents, draft.way_out))


@moved
def choose(draft: Draft, place: Place, act: str, facts: Facts) -> Move:
    """An option was taken. A question of several options stays until "Xong", the others lead on."""
    asked = draft.asked(place.word(2))
    assert asked, "only the screen of this question offers the act"
    value = chosen_value(asked, act, draft.tag, draft.answers.get(asked.key))
    if asked.question.kind in ("many", "people"):
        return Move(effects=(_save(draft, asked, value),), stays=True)
    return _saved(draft, asked, value, place.word(3), facts)


@moved
def write(draft: Draft, place: Place, text: str, facts: Facts) -> Move:
    """Words were typed: those of a side path, or the answer."""
    asked = draft.asked(place.word(2))
    assert asked, "only the screen of this question waits for words"
    mode = place.word(3)
    if is_side_word(text):
        side = side_choice_typed(draft, asked, mode, text)
        return Move(side.to) if side else stay(NO_SUCH_WAY)
    if asked.question.kind == "people":
        return name_typed(draft, asked, mode, text)
    value = read_answer(asked.question, text, facts.today)
    if not isinstance(value, Refusal):
        return _saved(draft, asked, value, mode, facts)
    if asked.question.kind == "date":
        return Move(draft.question(asked, mode + OFFERED_DATES), note=value.message)
    return stay(value.message)


def _saved(draft: Draft, asked: Asked, value: Value, mode: str, facts: Facts) -> Move:
    """File the answer and go on; the same answer again files nothing and gets no second hint."""
    is_new = value != draft.answers.get(asked.key)
    now = draft.with_answer(asked.key, value)
    if is_new and REWRITING not in mode and hint_after(now, asked, facts):
        to = draft.place("form_hint", asked.key, mode)
    else:
        to = draft.onward(next_asked(now, asked.key, mode, before=draft), mode)
    effects = (_save(draft, asked, value),) if is_new else ()
    saved = f"Đã lưu {name_of(asked, draft.walked)}."
    gently = still_owed(asked, value) if is_new and not draft.for_another else ""
    return Move(to, effects, note=f"{saved} {gently}".strip())


def _save(draft: Draft, asked: Asked, value: Value) -> SaveAnswer:
    kept = None if is_blank(value) else value
    return SaveAnswer(draft.kind, draft.subject.id, draft.form.id, asked.key, kept)


def _how_far(draft: Draft, facts: Facts) -> str:
    title = f"**{draft.form.title}** · năm {draft.cycle.year}"
    subject = draft.subject
    status = collective_status(facts, subject) if isinstance(subject, Unit) else form_status(facts, subject)
    if status is None or status.saved_at is None:
        return f"{title}\n\nMỗi lần một câu; viết đến đâu lưu đến đó. Đồng chí dừng lúc nào cũng được."
    return f"{title}\n\nĐã viết {status.answered}/{status.total} câu, lưu lúc {words.moment(status.saved_at)}."
