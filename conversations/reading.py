"""A filled form as it is read: heading by heading, in the words of the form."""

from conversations.form_answers import plain, value_text
from conversations.form_position import section_name, title_of
from review.forms import Asked, Form, Given, is_blank, walk
from review.responses import Answers


def paragraphs(form: Form, answers: Answers, given: Given) -> tuple[str, ...]:
    """One paragraph a section, as the paper has them, one line an answer; what was not answered is left out."""
    walked = tuple(
        asked
        for asked in walk(form, answers, given)
        if asked.question.id != "more" and not is_blank(answers.get(asked.key))
    )
    parts = ([asked for asked in walked if asked.section.id == section.id] for section in form.sections)
    return tuple(_paragraph(part, answers) for part in parts if part)


def _paragraph(asked: list[Asked], answers: Answers) -> str:
    section = asked[0].section
    name = section_name(asked[0])
    title = name if name == section.title else f"{name}. {section.title}"
    return "\n".join([f"**{title}**" if title else "", *(_line(a, answers) for a in asked)]).strip()


def _line(asked: Asked, answers: Answers) -> str:
    item = f" (“{plain(asked.item.text)}”)" if asked.item else ""
    return f"_{title_of(asked)}{item}:_ {plain(value_text(asked.question, answers[asked.key]))}"
