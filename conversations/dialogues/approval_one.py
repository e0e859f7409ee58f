"""One member or cell before the committee: what everybody said and why; the officer keeps it or writes a reason."""

from conversations import words
from conversations.approval import Group, Subject, as_proposed, table
from conversations.approval_check import NO_PROPOSAL, conflict, objection
from conversations.approval_places import ABOUT, back_place, one_place
from conversations.approval_reasons import Look, dossiers_of, look_at, remark_word, total_of
from conversations.approval_words import ceiling_line, grade_word, points_word
from conversations.dialogue import Move, stay
from conversations.dialogues.approval_group import MARKS
from conversations.dialogues.dashboard import refusal
from conversations.effects import Looked
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.grading_effects import RecordDecision
from conversations.oversight import readable
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.decisions import Decision
from review.responses import GRADES, Grade

REASONS_LENGTH = 620  # characters of the program's reasons: the rest of the screen needs its room
NOT_GRADED = "none"


def show(place: Place, facts: Facts) -> Screen:
    found = _find(place, facts)
    if found is None:
        return refusal(facts)
    group, subject = found
    back = Choice("Về danh sách", to=back_place(group, subject))
    papers = [Choice(label, act=f"look.{response_id}") for label, response_id in _papers(facts, subject)]
    stopped = conflict(facts, group, subject)
    if not stopped and not subject.entry.is_proposed:
        stopped = NO_PROPOSAL.format(words.cut(subject.name, 60))
    text = "\n\n".join(part for part in (*_lines(facts, group, subject), stopped) if part)
    if stopped:
        return Screen(text, (back, *papers))
    if subject.entry.is_decided:
        return Screen(text, (Choice("Xong, về danh sách", to=back.to), *_grades(facts, subject), *papers))
    ways = (*_grades(facts, subject), *papers)
    kept = as_proposed(subject)
    is_barred = objection(facts, subject.about, {subject.id: (kept.grade, kept.reason)})
    return Screen(text, (back, *ways) if is_barred else (*ways, back))


def choose(place: Place, act: str, facts: Facts) -> Move:
    found = _find(place, facts)
    assert found, "only then acts are offered"
    if act.startswith("look."):
        response_id = int(act.removeprefix("look."))
        return Move(Place.of("response", response_id, 1), (Looked(response_id),))
    group, subject = found
    effect = as_proposed(subject)
    if said := objection(facts, subject.about, {subject.id: (effect.grade, effect.reason)}):
        return stay(said)
    return Move(back_place(group, subject), (effect,), _decided(facts, subject, effect.grade))


def show_reason(place: Place, facts: Facts) -> Screen:
    """A grade other than the cell's needs a reason. What the ceiling forbids is said before anybody writes one."""
    found, wanted = _find(place, facts), _wanted(place)
    if found is None or wanted is None:
        return refusal(facts)
    (_, subject), grade = found, wanted[0]
    back = Choice("Thôi, quay lại", to=one_place(subject))
    if said := objection(facts, subject.about, {subject.id: (grade, "-")}):
        return Screen(said, (back,))
    return Screen(
        f"**{words.cut(subject.name, 60)}**\n\n"
        f"Chi bộ đề nghị: {grade_word(subject.entry.proposed, facts)}. "
        f"Cấp ủy quyết: **{grade_word(grade, facts)}**.\n\n"
        "Mức này khác đề nghị của chi bộ nên cần lý do. Đồng chí ấy và chi bộ sẽ đọc được.\n\n"
        "✍️ Đồng chí viết lý do rồi gửi.",
        (back,),
        waits_for="text",
    )


def write_reason(place: Place, text: str, facts: Facts) -> Move:
    found, wanted = _find(place, facts), _wanted(place)
    assert found, "only then the screen waits for words"
    assert wanted
    (group, subject), grade = found, wanted[0]
    effect = RecordDecision("committee", subject.about, subject.id, grade, text, proposed=subject.entry.proposed)
    return Move(back_place(group, subject), (effect,), _decided(facts, subject, grade))


def _find(place: Place, facts: Facts) -> tuple[Group, Subject] | None:
    about = ABOUT.get(place.word(0))
    return table(facts).get((about, place.number(1))) if about else None


def _wanted(place: Place) -> tuple[Grade | None] | None:
    """The grade the place names, in brackets, because None is one too."""
    word = place.word(2)
    if word == NOT_GRADED:
        return (None,)
    return next(((grade,) for grade in GRADES if grade == word), None)


def _grades(facts: Facts, subject: Subject) -> list[Choice]:
    """To keep what the cell proposed comes first; what is decided already is offered again only under an order."""
    entry, choices = subject.entry, []
    again = any(order.what == "grading" for order in facts.redo.open_on(subject.about, subject.id))
    now = (entry.decided,) if entry.is_decided and not again else ()
    if subject.proposed and entry.proposed not in now:
        label = f"Theo đề nghị của chi bộ: {words.cut(grade_word(entry.proposed, facts), 30)}"
        choices.append(Choice(label, act=f"keep.{subject.about}.{subject.id}.{subject.proposed.tag}"))
    for grade in (*GRADES, None):
        if grade not in (entry.proposed, *now):
            to = Place.of("approval_reason", *one_place(subject).args, grade or NOT_GRADED)
            kept = entry.is_decided and grade == entry.decided
            said = "Giữ mức đã quyết" if kept else "Quyết mức khác"
            choices.append(Choice(f"{said}: {words.cut(grade_word(grade, facts), 36)}", to=to))
    return choices


def _lines(facts: Facts, group: Group, subject: Subject) -> list[str]:
    dossier = dossiers_of(facts, (subject,))[subject.id]
    look = look_at(facts, subject.person, dossier)
    head = f"**{words.cut(subject.name, 60)}**" + (f" · {words.cut(subject.cell.name, 60)}" if subject.person else "")
    remark = remark_word(facts, dossier.remark)
    small = [
        f"Nơi cư trú: {words.cut(remark, 40).lower()}" if remark else "",
        f"còn {look.open_points} gợi ý chưa giải trình" if look.open_points else "",
        *(MARKS[mark] for mark in sorted(dossier.marks)),
    ]
    return [
        f"{head}\n{_said_by_cell(facts, subject)}",
        _said_by_program(facts, look),
        " · ".join(one for one in small if one),
        _said_by_committee(facts, subject.decided),
        f"Nhóm «{words.cut(group.name, 50)}»: {ceiling_line(group.standing)}",
    ]


def _said_by_cell(facts: Facts, subject: Subject) -> str:
    said = subject.proposed
    if said is None:
        return "Chi bộ chưa chốt đề nghị."
    votes = f" (phiếu {said.votes.counts.get(said.grade, 0)}/{said.votes.cast})" if said.votes and said.grade else ""
    reason = f"\nLý do: “{plain(words.cut(said.reason, 160))}”" if said.reason else ""
    return f"Chi bộ đề nghị: **{grade_word(said.grade, facts)}**{votes}{reason}"


def _said_by_program(facts: Facts, look: Look) -> str:
    """Line by line as far as there is room; never a verdict."""
    if look.proposal is None:
        return ""
    total = total_of(look)
    score = "" if total is None else f"Tự chấm {points_word(total)}. "
    grade = look.proposal.grade
    said = f"Phần mềm gợi ý: {grade_word(grade, facts)}" if grade else "Phần mềm chưa gợi ý"
    lines: list[str] = []
    for nth, reason in enumerate(look.proposal.reasons):
        line = f"– {plain(words.cut(reason, 150))}"
        if sum(map(len, lines)) + len(line) > REASONS_LENGTH:
            lines.append(f"– và {len(look.proposal.reasons) - nth} điều nữa")
            break
        lines.append(line)
    return "\n".join([f"{score}{said}. _Để tham khảo, đồng chí quyết._", *lines])


def _said_by_committee(facts: Facts, decided: Decision | None) -> str:
    if decided is None:
        return ""
    reason = f" Lý do: “{plain(words.cut(decided.reason, 160))}”" if decided.reason else ""
    return f"✅ Đã quyết lúc {words.moment(decided.decided_at)}: **{grade_word(decided.grade, facts)}**.{reason}"


def _decided(facts: Facts, subject: Subject, grade: Grade | None) -> str:
    return f"✅ Đã quyết: {words.cut(subject.name, 60)}, {grade_word(grade, facts).lower()}."


def _papers(facts: Facts, subject: Subject) -> list[tuple[str, int]]:
    """What of this subject may be read, with the label of its choice."""
    if subject.person is None:
        return []
    found = [
        ("Đọc bản kiểm điểm", facts.response("self_review", subject.id)),
        ("Đọc nhận xét nơi cư trú", facts.response("residence_remark", subject.id)),
    ]
    return [(label, response.id) for label, response in found if response and readable(facts, response.id)]
