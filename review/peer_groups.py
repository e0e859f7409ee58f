"""Whether the roster puts people into peer groups (nhóm tương đồng) the rule pack has, and into fitting ones."""

from collections.abc import Iterable, Iterator

from review.pack_model import Pack
from review.people import Person


def misplaced(pack: Pack, people: Iterable[Person]) -> Iterator[tuple[Person, str]]:
    """Members whose group the pack does not know, or does not open to their form; the reason in words.

    A member without a group is nobody's mistake: the ceiling then counts those people together.
    """
    for person in people:
        if not person.is_reviewed or not person.peer_group:
            continue
        allowed = pack.group_forms.get(person.peer_group)
        if allowed is None:
            yield person, f"gói quy tắc không có nhóm tương đồng «{person.peer_group}»"
        elif person.form not in allowed:
            forms = ", ".join(allowed)
            yield person, f"nhóm «{person.peer_group}» dành cho người làm mẫu {forms}, không phải {person.form}"
