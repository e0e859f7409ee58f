"""Before sending: the form at a glance and at length, submitting it; and the way to any part of it."""

from conversations import words
from conversations.after_decision import redo_lines
from conversations.dialogue import Move
from conversations.dialogues.form_receipt import closed_screen
from conversations.effects import Submit
from conversations.facts import Facts
from conversations.form_draft import EDITING, Draft, moved, onward_choice, shown
from conversations.form_outline import pages, parts_of, summary
from conversations.form_position import name_of, short_title_of
from conversations.form_screens import MAX_LABEL
from conversations.paging import page_of, turn_pages
from conversations.place import Place
from conversations.screen import Choice, Screen
from review.forms import Asked

LONGEST_TITLE = 44  # characters of a section's title on a button, its mark comes behind
READ_DRAFT = "Đọc xong, về bước nộp"
READ_SUBMITTED = "Về biên nhận"
UNTIL_MEETING = "Nộp rồi vẫn rút lại sửa được cho đến khi chi bộ họp."
LACKING = "Còn {} câu chưa viết; viết đủ rồi mới nộp được."


@shown
def show_preview(draft: Draft, place: Place, facts: Facts) -> Screen:
    if not draft.is_open:
        return closed_screen(draft, facts)
    lacking = draft.missing
    end = LACKING.format(len(lacking)) if lacking else UNTIL_MEETING
    submit = onward_choice(draft) if lacking else Choice("Nộp", act=_submit_act(draft))
    about = f"{words.cut(draft.subject.name, 90)}, mẫu {draft.form.id}"
    again = "".join(f"{line}\n\n" for line in redo_lines(draft.member, facts))
    return Screen(
        f"**Xem lại trước khi nộp** — {about}\n\n{again}{summary(draft)}\n\n{end}",
        (
            submit,
            Choice("Đọc cả bản", to=draft.place("form_text", 1)),
            Choice("Sửa một câu", to=draft.place("form_sections")),
            draft.later,
        ),
    )


@moved
def choose_preview(draft: Draft, place: Place, act: str, facts: Facts) -> Move:
    """The act names the revision that was looked at: what has changed since then is shown before it is handed in."""
    assert draft.response, "an empty form is not offered for submission"
    return Move(draft.place("form_receipt"), (Submit(draft.response.id),))


def _submit_act(draft: Draft) -> str:
    response = draft.response
    return f"submit.{draft.tag}.{response.id}.{response.revision}" if response else "submit"


@shown
def show_text(draft: Draft, place: Place, facts: Facts) -> Screen:
    """One page of the whole form; the first choice leads on to handing it in."""
    page = page_of(pages(draft), place.number(2), size=1)
    done = Choice(READ_DRAFT, to=draft.place("form_preview"))
    if not draft.is_open:
        done = Choice(READ_SUBMITTED, to=draft.place("form_receipt"))
    turns = turn_pages(page, "form_text", *draft.place("form_text").args)
    choices = (*turns, done) if page.number < page.pages else (done, *turns)
    return Screen(f"**{draft.form.title}**{page.mark}\n\n{page.rows[0]}", choices)


@shown
def show_sections(draft: Draft, place: Place, facts: Facts) -> Screen:
    """The contents: every section with what is done, and the way into it."""
    if not draft.is_open:
        return closed_screen(draft, facts)
    ways = [
        Choice(f"{words.cut(part.title, LONGEST_TITLE)} {part.mark}", to=draft.place("form_section", nth, 1))
        for nth, part in enumerate(parts_of(draft), 1)
        if part.asked
    ]
    return Screen("**Mục lục**\n\nĐồng chí muốn tới phần nào?", (onward_choice(draft), *ways, draft.later))


@shown
def show_section(draft: Draft, place: Place, facts: Facts) -> Screen:
    """The questions of one section; an answered one is opened for editing and comes back to the preview."""
    if not draft.is_open:
        return closed_screen(draft, facts)
    parts = parts_of(draft)
    nth = min(max(place.number(2), 1), len(parts))
    part = parts[nth - 1]
    page = page_of(part.asked, place.number(3))
    rows = [_question_choice(draft, asked) for asked in page.rows]
    turns = turn_pages(page, "form_section", *draft.place("form_section", nth).args)
    contents = Choice("Mục lục", to=draft.place("form_sections"))
    return Screen(
        f"**{part.name}** {part.mark}{page.mark}\n\nĐồng chí chọn câu cần xem.",
        (onward_choice(draft), *rows, *turns, contents),
    )


def _question_choice(draft: Draft, asked: Asked) -> Choice:
    blank = not draft.has(asked)
    mark = "–" if blank and not asked.question.required else "⏳" if blank else "✅"
    label = words.cut(f"{mark} {name_of(asked, draft.walked).capitalize()} — {short_title_of(asked)}", MAX_LABEL)
    return Choice(label, to=draft.question(asked, "" if blank else EDITING))
