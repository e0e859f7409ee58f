"""Which answers are a person's own words, and which are choices, numbers and dates."""

from review.forms import Form, Group, Kind


def is_prose(form: Form, key: str) -> bool:
    """Whether somebody types the answer in words; what the form does not know by its key counts as words too."""
    return _kind_under(form, key) in ("text", None)


def _kind_under(form: Form, key: str) -> Kind | None:
    """Without walking the form, so whatever else was answered. None also for the reason of a deduction."""
    head, *rest = key.split(".")
    for block in (block for section in form.sections for block in section.blocks):
        if isinstance(block, Group):
            if block.id == head and len(rest) == 2:
                return _kind_in(block, rest[1])
        elif key == (f"scores.{block.id}" if block.kind == "score" else block.id):
            return block.kind
    return None


def _kind_in(group: Group, field: str) -> Kind | None:
    if field == "more":
        return "choice"
    return next((question.kind for question in group.questions if question.id == field), None)
