"""Naming people of the cell on a phone: a few names a screen, ticked one by one; in a large cell also by typing one."""

import re
from dataclasses import replace

from conversations import words
from conversations.dialogue import Move, stay
from conversations.effects import SaveAnswer
from conversations.form_answers import plain
from conversations.form_draft import FINDING, Draft
from conversations.form_screens import answer_choices
from conversations.paging import Page, page_of
from conversations.screen import Choice
from conversations.typed import fold
from review.forms import Asked, Option

FEW = 7  # so many names stand on one screen
PER_PAGE = 5  # more are turned in pages
MOST_NAMES = 5
ASK_NAME = "✍️ Đồng chí gõ tên hoặc một phần tên rồi gửi."
NOBODY = "Trong danh sách chi bộ không có ai tên như vậy. Đồng chí gõ lại, hoặc quay lại danh sách."

_PAGE = re.compile(r"\d+")


def name_choices(draft: Draft, asked: Asked, mode: str) -> tuple[Choice, ...]:
    """The names of this page, ticked or not, then the ways to the others."""
    page = _page(asked, mode)
    here = replace(asked, question=replace(asked.question, options=page.rows))
    names = answer_choices(here, draft.answers.get(asked.key), draft.tag)
    if page.pages == 1:
        return names
    following = page.number % page.pages + 1
    return (
        *names,
        Choice(f"Xem tên khác ({following}/{page.pages})", to=draft.question(asked, _at(mode, following))),
        Choice("Tìm theo tên", to=draft.question(asked, _at(mode, page.number) + FINDING)),
    )


def name_typed(draft: Draft, asked: Asked, mode: str, text: str) -> Move:
    """One who is meant by it is ticked; of several the list shows where they stand."""
    found = _matching(asked.question.options, text)
    if not found:
        return stay(NOBODY)
    to = draft.question(asked, _at(mode.replace(FINDING, ""), _page_of(asked, found[0])))
    if len(found) > 1:
        names = ", ".join(words.cut(plain(one.label), 60) for one in found[:MOST_NAMES])
        more = " và người khác" if len(found) > MOST_NAMES else ""
        return Move(to, note=f"Có {len(found)} đồng chí tên như vậy: {names}{more}. Đồng chí chọn trong danh sách.")
    stored = draft.answers.get(asked.key)
    picked = {found[0].id, *(stored if isinstance(stored, list) else ())}
    value = [one.id for one in asked.question.options if one.id in picked]
    save = SaveAnswer(draft.kind, draft.subject.id, draft.form.id, asked.key, value)
    return Move(to, (save,), note=f"Đã chọn đồng chí {words.cut(plain(found[0].label), 60)}.")


def _matching(options: tuple[Option, ...], text: str) -> list[Option]:
    """Every typed word begins a word of the name; a name typed in full means that one only."""
    said = fold(text)
    exact = [one for one in options if fold(one.label) == said]
    if exact:
        return exact
    return [one for one in options if said and all(_begins(word, one) for word in said.split())]


def _begins(word: str, option: Option) -> bool:
    return any(part.startswith(word) for part in fold(option.label).split())


def _page(asked: Asked, mode: str) -> Page[Option]:
    options = asked.question.options
    number = _PAGE.search(mode)
    return page_of(options, int(number[0]) if number else 1, FEW if len(options) <= FEW else PER_PAGE)


def _page_of(asked: Asked, option: Option) -> int:
    size = FEW if len(asked.question.options) <= FEW else PER_PAGE
    return asked.question.options.index(option) // size + 1


def _at(mode: str, number: int) -> str:
    return _PAGE.sub("", mode) + str(number)
