"""Whatever was stored, a form can always be walked, and nothing valid is lost on the way to the export."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from review.forms import MORE_OPTIONS, Asked, Form, Given, Option, assemble, is_answer, missing, walk
from review.pack import load
from tests.review.small import FORM, LAST_YEAR

FORMS = [FORM, *load("hd43-2025").forms.values()]
KEYS = sorted({asked.key for form in FORMS for asked in walk(form, {}, LAST_YEAR)} | {"scores.c01.reason", "x"})
VALUES = st.none() | st.text(max_size=4) | st.integers() | st.floats() | st.lists(st.text(max_size=2), max_size=2)
ANSWERS = st.dictionaries(st.sampled_from(KEYS), VALUES | st.sampled_from(["yes", "no", "often", "unknown", "done"]))


def with_people(items: Given) -> Given:
    return replace(items, people=(Option("4", "Phạm Thị Chi"), Option("7", "Trần Văn Nam")))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FORMS), ANSWERS, st.sampled_from([Given(), LAST_YEAR]))
def test_any_stored_answers_can_be_walked_and_assembled(form: Form, answers, items):
    walked = walk(form, answers, items)
    assert walked
    assert len({asked.key for asked in walked}) == len(walked)
    assert [asked.number for asked in walked] == sorted(asked.number for asked in walked)
    assert walked[-1].number == walked[-1].total
    assert set(missing(form, answers, items)) <= set(walked)
    assemble(form, answers, items)


def some_answer(draw, asked: Asked):
    question = asked.question
    if question.options == MORE_OPTIONS:
        return draw(st.sampled_from(["yes", "no", "no"]))
    ids = [option.id for option in question.options]
    return {
        "choice": lambda: draw(st.sampled_from(ids)),
        "many": lambda: draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)),
        "people": lambda: draw(st.lists(st.sampled_from(ids), min_size=1, unique=True)),
        "score": lambda: draw(st.integers(0, question.max_points)),
        "number": lambda: draw(st.integers(0, 99)),
        "date": lambda: "2027-03-31",
    }.get(question.kind, lambda: draw(st.sampled_from(["Một việc.", "Hai việc."])))()


@settings(max_examples=15, deadline=None)
@given(st.data(), st.sampled_from(FORMS), st.sampled_from([Given(), LAST_YEAR]).map(with_people))
def test_answering_what_is_missing_ends_and_every_answer_is_in_the_export(data, form: Form, items):
    answers = {}
    while left := missing(form, answers, items):
        asked = left[0]
        answers[asked.key] = some_answer(data.draw, asked)
        assert is_answer(asked.question, answers[asked.key])
    assert flattened(form, items, assemble(form, answers, items)) == {
        key: value for key, value in answers.items() if not key.endswith(".more")
    }


def flattened(form: Form, items: Given, done) -> dict[str, object]:
    """The flat answers again: the other way round from `assemble`."""
    flat = {f"scores.{name}": int(value) for name, value in done.scores.items()}
    flat |= {f"scores.{name}.reason": value for name, value in done.score_reasons.items()}
    flat |= {"self_grade": done.self_grade} if done.self_grade else {}
    for name, value in done.answers.items():
        if not (isinstance(value, list) and value and isinstance(value[0], dict)):
            flat[name] = value
            continue
        for nth, row in enumerate(value, 1):
            item = next((i.id for i in (*items.carried, *items.suggested) if i.text == row.get("item")), nth)
            flat |= {f"{name}.{item}.{field}": said for field, said in row.items() if field != "item"}
    return flat
