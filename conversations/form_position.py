"""Where a question stands in its form: its name in words ("câu 7", "tiêu chí 6") and its heading."""

from review.forms import Asked, Group

Walk = tuple[Asked, ...]


def criterion(asked: Asked, walked: Walk) -> tuple[int, int] | None:
    """(number, how many) among the criteria that get points; the reason of a deduction belongs to its criterion."""
    keys = [a.key for a in walked if a.question.kind == "score"]
    key = asked.key.removesuffix(".reason")
    return (keys.index(key) + 1, len(keys)) if key in keys else None


def name_of(asked: Asked, walked: Walk) -> str:
    """The question as a person calls it; a follow-up has the name of what it follows."""
    points = criterion(asked, walked)
    return f"tiêu chí {points[0]}" if points else f"câu {asked.number}"


def heading(asked: Asked, walked: Walk) -> str:
    """Where the form stands, then the title: "Phần II · câu 7/22" / "**Nguyên nhân (hạn chế 2)**"; a long official
    heading follows its short name in italics.
    """
    points = criterion(asked, walked)
    number = f"tiêu chí {points[0]}/{points[1]}" if points else f"câu {asked.number}/{asked.total}"
    worth = f" ({asked.question.max_points} điểm)" if asked.question.kind == "score" else ""
    official = f"\n_{asked.question.title}_" if asked.question.short else ""
    return f"{section_name(asked)} · {number}\n**{short_title_of(asked)}**{worth}{official}"


def section_name(asked: Asked) -> str:
    return f"Phần {asked.section.numeral}" if asked.section.numeral else asked.section.title


def title_of(asked: Asked) -> str:
    """The official heading, and which of the writer's own items it is about: "Nguyên nhân (hạn chế 2)"."""
    return _of_item(asked.question.title, asked)


def short_title_of(asked: Asked) -> str:
    """The same as it is called on a phone."""
    return _of_item(asked.question.short or asked.question.title, asked)


def _of_item(title: str, asked: Asked) -> str:
    group = asked.group
    if group is None or asked.follow_up or group.source != "writer" or group.most == 1:
        return title
    item = item_name(group)
    return f"{title} {asked.nth}" if item in title.lower() else f"{title} ({item} {asked.nth})"


def item_name(group: Group) -> str:
    """ "Hạn chế, khuyết điểm" -> "hạn chế": how one item of the group is called in passing."""
    return group.item_title.partition(",")[0].lower()
