"""Which answers are words: by the question under the key, for every question of every shipped form."""

import pytest

from review.forms import Group, Question, walk
from review.pack import load, pack_names
from review.prose import is_prose
from tests.conversations.small_pack import SMALL_PACK


@pytest.mark.parametrize("name", pack_names())
def test_every_question_of_the_shipped_packs_is_told_apart(name: str) -> None:
    kinds = set()
    for form in load(name).forms.values():
        for asked in walk(form, {}):
            assert is_prose(form, asked.key) == (asked.question.kind == "text"), asked.key
            kinds.add(asked.question.kind)
        for group in (block for section in form.sections for block in section.blocks if isinstance(block, Group)):
            for question in group.questions:
                assert is_prose(form, f"{group.id}.17.{question.id}") == (question.kind == "text")
            assert not is_prose(form, f"{group.id}.1.more")
            assert is_prose(form, f"{group.id}.1.gone")
            assert is_prose(form, group.id)
    assert {"text", "choice"} <= kinds


def test_what_the_form_does_not_know_is_words() -> None:
    form = SMALL_PACK.forms["2C"]
    assert is_prose(form, "subject_answer")
    assert is_prose(form, "collective_part.12.own_part")
    scores = [
        one.id
        for section in form.sections
        for one in section.blocks
        if isinstance(one, Question) and one.kind == "score"
    ]
    for score in scores:
        assert not is_prose(form, f"scores.{score}")
        assert is_prose(form, f"scores.{score}.reason")
