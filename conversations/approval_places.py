"""Where the committee's lists and subjects stand, and how the one kind of subject is called."""

from conversations.approval import Group, Subject, find_group
from conversations.facts import Facts
from conversations.place import Place
from review.decisions import About

ABOUT: dict[str, About] = {"p": "person", "u": "unit"}


def one_place(subject: Subject) -> Place:
    return Place.of("approval_one", "p" if subject.about == "person" else "u", subject.id)


def back_place(group: Group, subject: Subject) -> Place:
    """The list that this subject stands on."""
    is_rest = subject.id in {one.id for one in rest_of(group)}
    return Place.of("approval_rest", *here(group), 1) if is_rest else group_place(group)


def group_at(place: Place, facts: Facts) -> Group | None:
    return find_group(facts, place.number(), place.word(1))


def here(group: Group) -> tuple[int, str]:
    return group.committee.id, group.key


def group_place(group: Group) -> Place:
    return Place.of("approval_group", *here(group), 1)


def rest_of(group: Group) -> list[Subject]:
    return [one for one in group.subjects if "excellent" not in (one.entry.proposed, one.entry.decided)]


def about_of(group: Group) -> About:
    return group.subjects[0].about


def noun(group: Group) -> str:
    return "chi bộ" if about_of(group) == "unit" else "đồng chí"
