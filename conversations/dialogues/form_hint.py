"""A hint after an answer: once, explained, passable, never a verdict. And the example of a question."""

from collections.abc import Iterator

from conversations import words
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.form_draft import REWRITING, Draft, next_asked, onward_label, shown
from conversations.form_position import heading
from conversations.form_screens import LONGEST_ITEM, quoted
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.forms import Asked
from review.hints import hint_for
from review.promises import shortcoming_in
from review.repeats import RULE, like_one, percent_of

SHORTCOMING = "shortcomings.text"
RETURNS = "Hạn chế này giống một hạn chế năm ngoái. Nếu đúng là việc cũ, đồng chí kể rõ vì sao chưa dứt được."


def hint_after(draft: Draft, asked: Asked, facts: Facts) -> str:
    """The words of the hint the stored answer gets, empty when it gets none: what stands on paper is typed as it is."""
    said = draft.answers.get(asked.key)
    if draft.for_another or asked.question.kind != "text" or not isinstance(said, str):
        return ""
    name = f"{asked.group.id}.{asked.question.id}" if asked.group else asked.question.id
    others, previous = _colleagues(draft, name, facts), _previous(draft, name, facts)
    hint = hint_for(draft.pack, name, said, others=others, previous=previous)
    return hint.message if hint else _returns(draft, name, said)


def _colleagues(draft: Draft, name: str, facts: Facts) -> Iterator[str]:
    """What other members wrote; looked up only when an answer is long enough to be compared."""
    if draft.kind == "self_review":
        yield from facts.texts.colleagues(name)


def _previous(draft: Draft, name: str, facts: Facts) -> Iterator[str]:
    """Last year's answers; for a shortcoming also those carried over on paper."""
    if draft.kind == "self_review":
        yield from facts.texts.previous(name)
    if name == SHORTCOMING:
        yield from (shortcoming_in(item.text) for item in draft.given.carried)


def _returns(draft: Draft, name: str, said: str) -> str:
    """That a shortcoming was named last year too, told to its writer once."""
    last_year = [shortcoming_in(item.text) for item in draft.given.carried]
    before = like_one(said, last_year, percent_of(draft.pack)) if name == SHORTCOMING else None
    if before is None:
        return ""
    rule = draft.pack.hints.get(RULE)
    return f"Năm ngoái: _“{plain(words.cut(before, LONGEST_ITEM))}”_\n{rule.message if rule else RETURNS}"


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
