"""One peer group across all cells: candidates for "xuất sắc" side by side, the others, confirming what is left."""

from collections import Counter
from zlib import crc32

from conversations import words
from conversations.approval import Group, Subject, find_group, is_mine
from conversations.approval_check import conflict, objection
from conversations.approval_effects import FollowProposals, RecordGrounds
from conversations.approval_facts import Dossier
from conversations.approval_reasons import Look, conditions_of, excellent_ones, remark_word, total_of
from conversations.approval_words import arithmetic, ceiling_line, grade_word, points_word, what_helps
from conversations.dialogue import Move, stay
from conversations.dialogues.dashboard import refusal
from conversations.effects import Effect
from conversations.facts import Facts
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.decisions import About
from review.responses import GRADES

CANDIDATES_PER_PAGE = 4
MOST_NAMES = 8
ORDER = "_Thứ tự: điểm; rồi việc vượt yêu cầu; rồi hạn chế cũ đã khắc phục; không theo chức vụ._"
NOBODY = "Chưa chi bộ nào đề nghị xuất sắc trong nhóm này."
ONLY_WITH_GROUNDS = (
    "Chỉ dùng khi tập thể có kết quả nổi trội, do cấp có thẩm quyền quyết định ({}). "
    "Căn cứ được lưu cùng quyết định và ghi vào nhật ký."
)
MARKS = {"complaint": "đang khiếu nại", "redo": "đang làm lại"}


def show(place: Place, facts: Facts) -> Screen:
    group = _group(place, facts)
    if group is None:
        return refusal(facts)
    rows = excellent_ones(facts, group)
    page = page_of(rows, place.number(2), CANDIDATES_PER_PAGE)
    shown = [_candidate(facts, nth, *row) for nth, row in enumerate(page.rows, page.first)]
    text = [_head(group, page.mark, first=page.number == 1), *(shown or [NOBODY]), ORDER if len(rows) > 1 else ""]
    people = [Choice(_label(subject, facts), to=one_place(subject)) for subject, _, _ in page.rows]
    return Screen(
        "\n\n".join(part for part in text if part),
        (
            *_first(group),
            *people,
            *turn_pages(page, "approval_group", *_here(group)),
            *_more(group, len(rows)),
            Choice("Về các nhóm", to=Place.of("approval", group.committee.id)),
        ),
    )


def show_rest(place: Place, facts: Facts) -> Screen:
    """Everybody of the group who is not a candidate, those still to be decided first."""
    group = _group(place, facts)
    if group is None:
        return refusal(facts)
    rest = sorted(_rest(group), key=lambda one: (one.entry.is_decided, not one.entry.is_proposed))
    page = page_of(rest, place.number(2), 7)
    return Screen(
        f"**{words.cut(group.name, 70)} · những mục khác**{page.mark}\n{ceiling_line(group.standing)}",
        (
            *(Choice(_label(one, facts), to=one_place(one)) for one in page.rows),
            *turn_pages(page, "approval_rest", *_here(group)),
            Choice("Về nhóm này", to=_group_place(group)),
        ),
    )


def show_confirm(place: Place, facts: Facts) -> Screen:
    """The look before the one tap that decides on everybody who is left as the cells proposed."""
    group = _group(place, facts)
    if group is None or not group.pending:
        return show(place, facts)
    mine, rest = _to_confirm(group, facts)
    said = objection(facts, _about(group), {one.id: (one.entry.proposed, "") for one in rest}) if rest else ""
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
        [Choice(f"Xác nhận {len(rest)} {_noun(group)} theo đề nghị của chi bộ", act=act)] if rest and not said else []
    )
    return Screen(
        "\n\n".join(part for part in text if part), (*ready, Choice("Xem lại nhóm này", to=_group_place(group)))
    )


def choose_confirm(place: Place, act: str, facts: Facts) -> Move:
    group = _group(place, facts)
    assert group, "only then the act is offered"
    _, rest = _to_confirm(group, facts)
    effect: Effect = FollowProposals(_about(group), tuple(one.id for one in rest))
    note = f"✅ Đã xác nhận {len(rest)} {_noun(group)} theo đề nghị của chi bộ."
    return Move(Place.of("approval", group.committee.id), (effect,), note)


def show_grounds(place: Place, facts: Facts) -> Screen:
    """The higher share is only for bodies with outstanding results: the officer writes down which."""
    group = _group(place, facts)
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
    return Screen("\n\n".join(text), (Choice("Thôi, không ghi", to=_group_place(group)),), waits_for="text")


def write_grounds(place: Place, text: str, facts: Facts) -> Move:
    group = _group(place, facts)
    if group is None or len(text.split()) < 3:
        return stay("Căn cứ này ngắn quá nên **chưa được lưu**. Đồng chí ghi rõ kết quả nổi trội và văn bản.")
    effect = RecordGrounds(group.committee.id, group.code, text)
    return Move(_group_place(group), (effect,), "✅ Đã ghi căn cứ cho nhóm này.")


def one_place(subject: Subject) -> Place:
    return Place.of("approval_one", "p" if subject.about == "person" else "u", subject.id)


def back_place(group: Group, subject: Subject) -> Place:
    """The list that this subject stands on."""
    is_rest = subject.id in {one.id for one in _rest(group)}
    return Place.of("approval_rest", *_here(group), 1) if is_rest else _group_place(group)


def _group(place: Place, facts: Facts) -> Group | None:
    return find_group(facts, place.number(), place.word(1))


def _here(group: Group) -> tuple[int, str]:
    return group.committee.id, group.key


def _group_place(group: Group) -> Place:
    return Place.of("approval_group", *_here(group), 1)


def _head(group: Group, mark: str, *, first: bool) -> str:
    lines = [f"**{words.cut(group.name, 70)}**{mark}", ceiling_line(group.standing)]
    if first:
        lines += [what_helps(group.standing), arithmetic(group.standing)]
        lines += ["📄 Đã ghi căn cứ kết quả nổi trội."] if group.grounds else []
    return "\n".join(line for line in lines if line)


def _first(group: Group) -> list[Choice]:
    """Confirming comes first as soon as nothing stands against it."""
    if not group.pending or group.standing.over_by:
        return []
    label = f"Xem để xác nhận {len(group.pending)} {_noun(group)} còn lại"
    return [Choice(label, to=Place.of("approval_confirm", *_here(group)))]


def _more(group: Group, candidates: int) -> list[Choice]:
    rest, choices = len(group.subjects) - candidates, []
    if rest:
        choices.append(Choice(f"Những mục khác của nhóm ({rest})", to=Place.of("approval_rest", *_here(group), 1)))
    if group.standing.outstanding_helps or group.grounds:
        choices.append(Choice("Ghi căn cứ kết quả nổi trội", to=Place.of("approval_grounds", *_here(group))))
    return choices


def _candidate(facts: Facts, nth: int, subject: Subject, dossier: Dossier, look: Look) -> str:
    score = [points_word(total)] if (total := total_of(look)) is not None else []
    title = " · ".join([f"{nth}. **{words.cut(subject.name, 40)}**", words.cut(subject.cell.name, 30), *score])
    return "\n".join(part for part in (title, _details(facts, subject, dossier, look)) if part)


def _details(facts: Facts, subject: Subject, dossier: Dossier, look: Look) -> str:
    found = []
    if subject.person:
        state = conditions_of(facts, subject.person, look)
        asked = len(state.met) + len(state.missing) + len(state.unknown)
        found.append(f"Đạt {len(state.met)}/{asked} điều kiện")
        found += [f"thiếu: {words.cut(state.missing[0].text, 45)}"] if state.missing else []
        found += [f"chưa rõ {len(state.unknown)}"] if state.unknown else []
    votes = subject.proposed.votes if subject.proposed else None
    found += [f"phiếu {votes.counts.get('excellent', 0)}/{votes.cast}"] if votes else []
    remark = remark_word(facts, dossier.remark)
    found += [f"cư trú: {words.cut(remark, 20).lower()}"] if remark else []
    found += [f"còn {look.open_points} gợi ý chưa giải trình"] if look.open_points else []
    found += [MARKS[mark] for mark in sorted(dossier.marks)]
    return " · ".join(found)


def _label(subject: Subject, facts: Facts) -> str:
    entry = subject.entry
    if not entry.is_decided and not entry.is_proposed:
        return f"⏳ {words.cut(subject.name, 34)} · chờ chi bộ"
    mark = "✅" if entry.is_decided else "⏳"
    return f"{mark} {words.cut(subject.name, 34)} · {words.cut(grade_word(entry.expected, facts), 18)}"


def _rest(group: Group) -> list[Subject]:
    return [one for one in group.subjects if "excellent" not in (one.entry.proposed, one.entry.decided)]


def _to_confirm(group: Group, facts: Facts) -> tuple[list[Subject], list[Subject]]:
    """Those another officer has to decide on, and the rest of what is pending."""
    mine = [one for one in group.pending if is_mine(facts, one)]
    return mine, [one for one in group.pending if one not in mine]


def _about(group: Group) -> About:
    return group.subjects[0].about


def _noun(group: Group) -> str:
    return "chi bộ" if _about(group) == "unit" else "đồng chí"


def _fingerprint(subjects: list[Subject]) -> str:
    """What is confirmed is what was looked at: another list is another button."""
    said = repr([(one.id, one.proposed.id if one.proposed else 0) for one in subjects])
    return f"{crc32(said.encode()):08x}"
