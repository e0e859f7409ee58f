"""A hint after an answer: once, explained, passable, never a verdict. And the example of a question."""

from collections.abc import Iterator

from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.form_draft import REWRITING, Draft, next_asked, onward_label, shown
from conversations.form_position import heading
from conversations.form_screens import quoted
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.forms import Asked
from review.hints import hint_for

SHORTCOMING = "shortcomings.text"


def hint_after(draft: Draft, asked: Asked, facts: Facts) -> str:
    """The words of the hint the stored answer gets, empty when it gets none."""
    said = draft.answers.get(asked.key)
    if asked.question.kind != "text" or not isinstance(said, str):
        return ""
    name = f"{asked.group.id}.{asked.question.id}" if asked.group else asked.question.id
    hint = hint_for(draft.pack, name, said, others=_colleagues(name, facts), previous=_previous(draft, name, facts))
    return hint.message if hint else ""


def _colleagues(name: str, facts: Facts) -> Iterator[str]:
    """Looked up only when an answer is long enough to be compared."""
    yield from facts.texts.colleagues(name)


def _previous(draft: Draft, name: str, facts: Facts) -> Iterator[str]:
    """Last year's answers; for a shortcoming also those carried over on paper."""
    yield from facts.texts.previous(name)
    if name == SHORTCOMING:
        yield from (item.text for item in draft.given.carried)


@shown
def show_hint(draft: Draft, place: Place, facts: Facts) -> Screen:
    """Shown right after the answer was saved; when that answer has changed meanwhile, only the way on is left."""
    asked, mode = draft.asked(place.word(2)), place.word(3)
    after = next_asked(draft, place.word(2), mode)
    onward = draft.onward(after, mode)
    message = hint_after(draft, asked, facts) if asked and draft.is_open else ""
    if asked is None or not message:
        return Screen("Câu trả lời đã được lưu.", (Choice(onward_label("Tiếp tục", after, draft.walked), to=onward),))
    said = quoted(asked.question, draft.answers.get(asked.key))
    choices = [
        Choice(onward_label("Giữ nguyên", after, draft.walked), to=onward),
        Choice("Viết lại", to=draft.question(asked, mode + REWRITING)),
    ]
    if asked.question.example or asked.question.help:
        choices.append(Choice("Xem ví dụ", to=draft.place("form_help", asked.key, mode + REWRITING)))
    return Screen(f"Đồng chí viết: _{said}_\n\n{message}", tuple(choices))


@shown
def show_help(draft: Draft, place: Place, facts: Facts) -> Screen:
    """What is asked, explained, with its example; the way on is back to the question."""
    asked = draft.asked(place.word(2))
    if asked is None:
        return Screen("Câu này không còn trong bản kiểm điểm.", (Choice("Mục lục", to=draft.place("form_sections")),))
    question = asked.question
    parts = [heading(asked, draft.walked), question.ask, question.help]
    parts += [f"_Ví dụ: {plain(question.example)}_"] if question.example else []
    back = Choice("Viết câu trả lời", to=draft.question(asked, place.word(3)))
    return Screen("\n\n".join(part for part in parts if part), (back,))
