"""The screen of one question, for any dialogue that fills a form: how it looks, what its choices file."""

from datetime import date
from hashlib import sha256

from conversations import words
from conversations.form_answers import plain, value_text
from conversations.form_items import item_lead
from conversations.form_position import Walk, heading
from conversations.screen import Choice, Waiting
from review.forms import Asked, Option, Question, is_blank
from review.responses import ResponseKind, Value

MAX_LABEL = 60
LONGEST_QUOTE = 350
LONGEST_ITEM = 400

ASKS_FOR: dict[str, Waiting] = {"text": "text", "number": "number", "date": "date"}
WRITE_LINE: dict[Waiting, str] = {
    "text": "✍️ Đồng chí viết câu trả lời rồi gửi.",
    "number": "✍️ Đồng chí gửi một con số, ví dụ 12.",
    "date": "✍️ Đồng chí gửi ngày theo kiểu ngày/tháng/năm, ví dụ 31/03/2027.",
}
_QUARTER_ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))


def tag_of(cycle_id: int, kind: ResponseKind, subject_id: int, form_version: str) -> str:
    """Six letters that every answering button carries: of another review, person or form version, it fits nothing."""
    return sha256(f"{cycle_id}:{kind}:{subject_id}:{form_version}".encode()).hexdigest()[:6]


def question_text(asked: Asked, walked: Walk, stored: Value, lead: str = "", kind: ResponseKind = "self_review") -> str:
    """Heading, what it is about, the plain ask, the example, what is stored. `lead` stands before the ask."""
    question = asked.question
    about = _about(asked, walked, kind)
    parts = [heading(asked, walked), about, lead, question.ask]
    if question.example and question.kind == "text":
        parts.append(f"_Ví dụ: {plain(question.example)}_")
    if not is_blank(stored) and question.kind == "people":
        parts.append(f"Đã chọn: **{quoted(question, stored)}**")
    elif not is_blank(stored) and question.kind != "many":
        parts.append(f"Đang lưu: _{quoted(question, stored)}_")
    return "\n\n".join(part for part in parts if part)


def write_line(waits_for: Waiting, stored: Value = None, said: str = "") -> str:
    """The ✍️ line, or `said` for it; when something is stored it says that new words take its place."""
    return (said or WRITE_LINE[waits_for]) + ("" if is_blank(stored) else " Câu mới sẽ thay câu đang lưu.")


def quoted(question: Question, value: Value) -> str:
    """A stored answer in a line or two, in quotation marks when it is the writer's own words."""
    shown = plain(words.cut(value_text(question, value), LONGEST_QUOTE))
    return f"“{shown}”" if question.kind == "text" else shown


def answer_choices(asked: Asked, stored: Value, tag: str, first: str = "") -> tuple[Choice, ...]:
    """The choices that file an answer, the way forward first. `first` = the option to put at the head."""
    question = asked.question
    if question.kind == "choice":
        options = sorted(question.options, key=lambda option: option.id != first)
        return tuple(_choice(option, asked.key, tag) for option in options)
    if question.kind in ("many", "people"):
        return _toggles(question, stored, asked.key, tag)
    if question.kind == "score":
        return tuple(
            Choice(label, act=_act(tag, asked.key, points)) for points, label in score_steps(question.max_points)
        )
    return ()


def date_choices(asked: Asked, tag: str, today: date) -> tuple[Choice, ...]:
    """Ends of the coming quarters, for whoever wrote a date that could not be read."""
    ends = [date(today.year + (month <= today.month), month, day) for month, day in _QUARTER_ENDS]
    return tuple(
        Choice(f"Hết tháng {end.month}/{end.year}", act=_act(tag, asked.key, end.isoformat())) for end in sorted(ends)
    )


def chosen_value(asked: Asked, act: str, tag: str, stored: Value) -> Value:
    """What an act of `answer_choices` files under the key it names; ValueError when it is not an act of this screen."""
    prefix = _act(tag, asked.key, "")
    if not act.startswith(prefix):
        raise ValueError("this act belongs to another question, person, review or form version")
    option = act.removeprefix(prefix)
    if asked.question.kind == "score":
        return float(option) if "." in option else int(option)
    if asked.question.kind in ("many", "people"):
        now = [one for one in stored if one != option[1:]] if isinstance(stored, list) else []
        picked = {*now, option[1:]} if option[0] == "+" else set(now)
        return [one.id for one in asked.question.options if one.id in picked]
    return option


def score_steps(most: int) -> list[tuple[str, str]]:
    """(points, label) from full points down to 0: all halves for small criteria, round steps for large ones."""
    if most <= 2:
        steps = [(_points(most), "Đạt"), (_points(most / 2), "Chưa đạt một phần"), ("0", "Chưa đạt")]
        return [(points, f"{name}: {points.replace('.', ',')} điểm") for points, name in steps]
    shares = range(most, -1, -1) if most <= 5 else [round(most * share / 10) for share in (10, 9, 8, 7, 5)]
    return [(str(points), f"Đạt đủ: {points} điểm" if points == most else f"{points} điểm") for points in shares]


def _points(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _about(asked: Asked, walked: Walk, kind: ResponseKind) -> str:
    if asked.item and asked.group:
        return f"{item_lead(asked.item, asked.group.source, kind)}\n“{plain(words.cut(asked.item.text, LONGEST_ITEM))}”"
    if asked.key.endswith(".reason") and asked.follow_up:
        of = next(a for a in walked if a.key == asked.key.removesuffix(".reason"))
        return f"Tiêu chí: {of.question.title}."
    return ""


def _choice(option: Option, key: str, tag: str) -> Choice:
    return Choice(words.cut(option.label, MAX_LABEL), act=_act(tag, key, option.id))


def _toggles(question: Question, stored: Value, key: str, tag: str) -> tuple[Choice, ...]:
    """An act names the wished end ("+" in, "-" out), not the switching: the same tap twice is harmless."""
    picked = stored if isinstance(stored, list) else []
    return tuple(
        Choice(f"✅ {words.cut(option.label, MAX_LABEL - 2)}", act=_act(tag, key, f"-{option.id}"))
        if option.id in picked
        else Choice(words.cut(option.label, MAX_LABEL), act=_act(tag, key, f"+{option.id}"))
        for option in question.options
    )


def _act(tag: str, key: str, option: str) -> str:
    return f"a.{tag}.{key}.{option}"
