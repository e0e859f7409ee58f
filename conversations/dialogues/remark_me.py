"""The remark of the place where one lives: seen once it is sent, with the right to answer it."""

from conversations import words
from conversations.dialogue import Move
from conversations.effects import AnswerRemark
from conversations.facts import Facts
from conversations.form_answers import plain
from conversations.paging import leaves, page_of, turn_pages
from conversations.place import HOME, Place
from conversations.reading import paragraphs
from conversations.screen import Choice, Screen
from review.responses import Response

NOT_YET = "Nơi cư trú chưa gửi nhận xét về đồng chí. Khi có, tôi sẽ báo."
SAVED = "✅ Đã lưu ý kiến của đồng chí."
HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)


def sent_remark(facts: Facts) -> Response | None:
    """The remark about this person; None until its writer has sent it."""
    response = facts.response("residence_remark", facts.me.id) if facts.me else None
    return response if response and not response.is_open else None


def show(place: Place, facts: Facts) -> Screen:
    remark, me = sent_remark(facts), facts.me
    if remark is None or me is None or facts.pack is None or remark.form not in facts.pack.forms:
        return Screen(NOT_YET, (HOME_CHOICE,))
    mine = facts.remark_answer(remark.id)
    said = [*paragraphs(facts.pack.forms[remark.form], remark.answers, facts.given(me.id))]
    said += [f"**Ý kiến của đồng chí**\n{plain(mine)}"] if mine else []
    page = page_of(leaves(said), place.number(), size=1)
    where = f" — {me.residence.name}" if me.residence else ""
    sent = f", gửi {words.moment(remark.submitted_at)}" if remark.submitted_at else ""
    answer = "Sửa ý kiến của tôi" if mine else "Thêm ý kiến của tôi"
    return Screen(
        f"**Nhận xét nơi cư trú về đồng chí**{where}{sent}{page.mark}\n\n{''.join(page.rows)}",
        (
            *turn_pages(page, "remark_me"),
            HOME_CHOICE,
            Choice(answer, to=Place("remark_me_answer")),
            Choice("Phiếu nhận xét (.docx)", to=Place.of("paper", "remark_slip", remark.id)),
        ),
    )


def show_answer(place: Place, facts: Facts) -> Screen:
    if sent_remark(facts) is None:
        return show(place, facts)
    return Screen(
        "**Ý kiến của đồng chí về nhận xét nơi cư trú**\n\n"
        "Ý kiến được lưu cạnh nhận xét; bí thư chi bộ cũng xem được.\n\n"
        "✍️ Đồng chí viết rồi gửi.",
        (Choice("Thôi, không thêm", to=Place("remark_me")),),
        waits_for="text",
    )


def write_answer(place: Place, text: str, facts: Facts) -> Move:
    remark = sent_remark(facts)
    assert remark, "only then the screen waits for words"
    return Move(Place("remark_me"), (AnswerRemark(remark.id, text),), note=SAVED)
