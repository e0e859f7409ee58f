"""A stored answer in words, and people's words made safe to show."""

import unicodedata
from datetime import date

from review.forms import Question
from review.responses import Value

_SHOWN = str.maketrans({"_": "ˍ", "✍": "✎"})  # what would read as markup, or as "this screen waits for text"


def value_text(question: Question, value: Value) -> str:
    """A stored answer as people say it: labels of options, dd/mm/yyyy, a decimal comma. Free text as it is."""
    labels = {option.id: option.label for option in question.options}
    if isinstance(value, list):
        return ", ".join(labels.get(one, one) for one in value)
    if isinstance(value, int | float):
        said = number_text(value)
        return f"{said} điểm" if question.kind == "score" else said
    if value is None:
        return ""
    if question.kind == "date":
        return _day_text(value)
    return labels.get(value, value)


def number_text(value: float) -> str:
    return f"{value:g}".replace(".", ",") if value < 1_000_000 else f"{value:.0f}"


def plain(text: str) -> str:
    """Words of a person as a screen may show them: nothing in them is markup, and they end the way they run."""
    kept = (c for c in text if c == "\n" or unicodedata.category(c) != "Cf" or c in "\u200d\ufe0f")
    return "".join(kept).translate(_SHOWN).replace("**", "∗∗")


def _day_text(value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    except ValueError:
        return value
