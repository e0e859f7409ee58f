"""One question on a screen: its text, its answers, and the side paths around them."""

from dataclasses import replace
from datetime import date

from conversations.form_draft import EDITING, FINDING, OFFERED_DATES, OTHER_NUMBER, Draft, next_asked, onward_label
from conversations.form_grade import proposal_text, proposed_grade
from conversations.form_people import ASK_NAME, name_choices
from conversations.form_position import name_of
from conversations.form_screens import ASKS_FOR, answer_choices, date_choices, question_text, write_line
from conversations.screen import Choice, Screen, Waiting
from conversations.typed import fold
from review.forms import Asked

SMALL_CRITERION = 5  # points; every whole number up to here is a choice of its own
SPOKEN = ("giữ nguyên", "bỏ qua", "để sau", "quay lại", "về bản xem lại", "xem thêm", "mục lục")
AS_ON_PAPER = "✍️ Đồng chí chép đúng như bản giấy rồi gửi."
GRADE_ON_PAPER = "Đồng chí chọn đúng mức ghi trên bản giấy."
NUMBER_WORDS = "Không gửi số thì đồng chí gõ: {}."


def question_screen(draft: Draft, asked: Asked, mode: str, today: date) -> Screen:
    stored = draft.answers.get(asked.key)
    text = _text(draft, asked)
    if OFFERED_DATES in mode:
        again = Choice("Viết lại ngày", to=draft.question(asked, mode.replace(OFFERED_DATES, "")))
        return Screen(text, (*date_choices(asked, draft.tag, today), again, draft.later))
    if FINDING in mode and asked.question.kind == "people":
        return Screen(f"{text}\n\n{ASK_NAME}", side_choices(draft, asked, mode), "text")
    waits_for = waiting(asked, mode)
    sides = side_choices(draft, asked, mode)
    if waits_for == "number":
        words = ", ".join(f"«{spoken(choice)}»" for choice in sides)
        return Screen(f"{text}\n\n{_number_line(draft, asked)}\n\n{NUMBER_WORDS.format(words)}", (), "number")
    if waits_for:
        line = write_line(waits_for, stored, AS_ON_PAPER if draft.for_another and waits_for == "text" else "")
        return Screen(f"{text}\n\n{line}", sides, waits_for)
    return Screen(text, _around_options(draft, asked, mode))


def _text(draft: Draft, asked: Asked) -> str:
    """Whoever types from paper is shown no example and no reasoning on the grade: only what stands there counts."""
    stored, is_grade = draft.answers.get(asked.key), asked.key == "self_grade"
    if not draft.for_another:
        return question_text(asked, draft.walked, stored, proposal_text(draft) if is_grade else "", draft.kind)
    plainly = replace(asked, question=replace(asked.question, example=""))
    return question_text(plainly, draft.walked, stored, GRADE_ON_PAPER if is_grade else "")


def waiting(asked: Asked, mode: str) -> Waiting | None:
    """What the screen waits for: digits on a number screen are the answer, so it has no numbered choices."""
    if asked.question.kind == "score":
        return "number" if OTHER_NUMBER in mode else None
    return ASKS_FOR.get(asked.question.kind)


def side_choices(draft: Draft, asked: Asked, mode: str) -> tuple[Choice, ...]:
    """Keep, skip, later, back, explanation, contents; each can also be taken by typing its first words."""
    if FINDING in mode:
        return (Choice("Quay lại danh sách", to=draft.question(asked, mode.replace(FINDING, ""))), draft.later)
    if OTHER_NUMBER in mode:
        return (Choice("Quay lại các mức điểm", to=draft.question(asked, mode.replace(OTHER_NUMBER, ""))), draft.later)
    onward = _without_answering(draft, asked, mode)
    return (*onward, draft.later, *_back(draft, asked, mode), *_more(draft, asked, mode))


def is_side_word(text: str) -> bool:
    """Whether the whole message names a side path ("quay lại", "Để sau"): such words are never an answer."""
    return fold(text) in {fold(words) for words in SPOKEN}


def side_choice_typed(draft: Draft, asked: Asked, mode: str, text: str) -> Choice | None:
    """The side path whose words were typed; None when this screen does not offer it."""
    said = fold(text)
    return next((choice for choice in side_choices(draft, asked, mode) if fold(spoken(choice)) == said), None)


def spoken(choice: Choice) -> str:
    """The words of a side path that may be typed."""
    return next(words for words in SPOKEN if choice.label.lower().startswith(words))


def _without_answering(draft: Draft, asked: Asked, mode: str) -> tuple[Choice, ...]:
    """On, with the stored answer or without one where none is required."""
    if not draft.has(asked) and asked.question.required:
        return ()
    start = "Bỏ qua" if not draft.has(asked) else "Xong" if asked.question.kind in ("many", "people") else "Giữ nguyên"
    after = next_asked(draft, asked.key, mode)
    return (Choice(onward_label(start, after, draft.walked), to=draft.onward(after, mode)),)


def _back(draft: Draft, asked: Asked, mode: str) -> tuple[Choice, ...]:
    if EDITING in mode:
        return (Choice("Về bản xem lại", to=draft.place("form_preview")),)
    walked = draft.walked
    at = [one.key for one in walked].index(asked.key)
    return (Choice(f"Quay lại {name_of(walked[at - 1], walked)}", to=draft.question(walked[at - 1])),) if at else ()


def _more(draft: Draft, asked: Asked, mode: str) -> tuple[Choice, ...]:
    contents = Choice("Mục lục", to=draft.place("form_sections"))
    if not asked.question.help:
        return (contents,)
    return (Choice("Xem thêm", to=draft.place("form_help", asked.key, mode)), contents)


def _around_options(draft: Draft, asked: Asked, mode: str) -> tuple[Choice, ...]:
    """Options first so that the first choice is forward; with an answer stored, keeping it comes before them, and so
    does skipping what may not concern the writer: nobody claims anything by going straight on.
    """
    stored = draft.answers.get(asked.key)
    if asked.question.kind == "people":
        onward = _without_answering(draft, asked, mode)
        return (*onward, *name_choices(draft, asked, mode), *_back(draft, asked, mode), draft.later)
    is_own_grade = asked.key == "self_grade" and not draft.for_another
    options = answer_choices(asked, stored, draft.tag, first=proposed_grade(draft) if is_own_grade else "")
    if asked.question.kind == "score" and asked.question.max_points > SMALL_CRITERION:
        options += (Choice("Số khác", to=draft.question(asked, mode + OTHER_NUMBER)),)
    onward = _without_answering(draft, asked, mode)
    may_skip = asked.question.kind == "choice" and not asked.question.required
    ways = (*onward, *options) if draft.has(asked) or may_skip else (*options, *onward)
    return (*ways, *_back(draft, asked, mode), draft.later, *_more(draft, asked, mode))


def _number_line(draft: Draft, asked: Asked) -> str:
    if asked.question.kind == "score":
        return f"✍️ Đồng chí gửi số điểm, từ 0 đến {asked.question.max_points}."
    return write_line("number", draft.answers.get(asked.key))
