"""Confirming what the cells proposed in one tap after a look; and the grounds of a higher share."""

from collections import Counter
from zlib import crc32

from conversations import words
from conversations.approval import Group, Subject, is_mine
from conversations.approval_check import conflict, objection
from conversations.approval_effects import FollowProposals, RecordGrounds
from conversations.approval_places import about_of, group_at, group_place, noun
from conversations.approval_words import ceiling_line, grade_word
from conversations.dialogue import Move, stay
from conversations.dialogues.approval_group import show
from conversations.facts import Facts
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.responses import GRADES

MOST_NAMES = 8
ONLY_WITH_GROUNDS = (
    "Chỉ dùng khi tập thể có kết quả nổi trội, do cấp có thẩm quyền quyết định ({}). "
    "Căn cứ được lưu cùng quyết định và ghi vào nhật ký."
)


def show_confirm(place: Place, facts: Facts) -> Screen:
    """The look before the one tap that decides on everybody who is left as the cells proposed."""
    group = group_at(place, facts)
    if group is None or not group.pending:
        return show(place, facts)
    mine, rest = _to_confirm(group, facts)
    said = objection(facts, about_of(group), {one.id: (one.entry.proposed, "") for one in rest}) if rest else ""
    counts = Counter(one.entry.proposed for one in rest)
    split = [f"{grade_word(grade, facts)} {counts[grade]}" for grade in (*GRADES, None) if counts[grade]]
    names = [words.cut(one.name, 40) for one in rest if one.entry.proposed == "excellent"]
    more = f" và {len(names) - MOST_NAMES} đồng chí khác" if len(names) > MOST_NAMES else ""
    text = [
        f"**Xác nhận theo đề nghị của chi bộ · {words.cut(group.name, 70)}**",
        f"{len(rest)} mục: {' · '.join(split)}." if rest else "",
        f"Xuất sắc: {', '.join(names[:MOST_NAMES])}{more}." if names else "",
        ceiling_line(group.standing),
        said or "Mỗi đồng chí là một quyết định riêng, sau vẫn sửa được từng người.",
        *(conflict(facts, group, one) for one in mine[:2]),
    ]
    act = f"follow.{group.committee.id}.{group.key}.{_fingerprint(rest)}"
    ready = (
        [Choice(f"Xác nhận {len(rest)} {noun(group)} theo đề nghị của chi bộ", act=act)] if rest and not said else []
    )
    return Screen(
        "\n\n".join(part for part in text if part), (*ready, Choice("Xem lại nhóm này", to=group_place(group)))
    )


def choose_confirm(place: Place, act: str, facts: Facts) -> Move:
    group = group_at(place, facts)
    assert group, "only then the act is offered"
    _, rest = _to_confirm(group, facts)
    effect = FollowProposals(about_of(group), tuple(one.id for one in rest))
    note = f"✅ Đã xác nhận {len(rest)} {noun(group)} theo đề nghị của chi bộ."
    return Move(Place.of("approval", group.committee.id), (effect,), note)


def show_grounds(place: Place, facts: Facts) -> Screen:
    """The higher share is only for bodies with outstanding results: the officer writes down which."""
    group = group_at(place, facts)
    rule = group.standing.rule if group else None
    if group is None or rule is None or rule.outstanding_share is None:
        return show(place, facts)
    now = [f"Căn cứ đã ghi: “{words.cut(group.grounds.text, 300)}”"] if group.grounds else []
    text = [
        f"**Căn cứ để được tới {rule.outstanding_share}% · {words.cut(group.name, 70)}**",
        ONLY_WITH_GROUNDS.format(words.cut(rule.source, 120)),
        *now,
        "✍️ Đồng chí ghi căn cứ: kết quả gì, văn bản nào.",
    ]
    return Screen("\n\n".join(text), (Choice("Thôi, không ghi", to=group_place(group)),), waits_for="text")


def write_grounds(place: Place, text: str, facts: Facts) -> Move:
    group = group_at(place, facts)
    if group is None or len(text.split()) < 3:
        return stay("Căn cứ này ngắn quá nên **chưa được lưu**. Đồng chí ghi rõ kết quả nổi trội và văn bản.")
    effect = RecordGrounds(group.committee.id, group.code, text)
    return Move(group_place(group), (effect,), "✅ Đã ghi căn cứ cho nhóm này.")


def _to_confirm(group: Group, facts: Facts) -> tuple[list[Subject], list[Subject]]:
    """Those another officer has to decide on, and the rest of what is pending."""
    mine = [one for one in group.pending if is_mine(facts, one)]
    return mine, [one for one in group.pending if one not in mine]


def _fingerprint(subjects: list[Subject]) -> str:
    """What is confirmed is what was looked at: another list is another button."""
    said = repr([(one.id, one.proposed.tag if one.proposed else "") for one in subjects])
    return f"{crc32(said.encode()):08x}"
