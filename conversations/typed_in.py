"""The paper lane: who types in for whom, how it is marked, whose signature on the print is still asked for."""

from collections.abc import Iterable
from datetime import date

from conversations import words
from conversations.facts import Facts, PersonProgress
from conversations.oversight import overseen_cell
from review.people import MemberStatus, Person, Unit
from review.permissions import may
from review.responses import Response

MARK = "nhập thay"
UNSIGNED = "chưa ký"
SIGNS: frozenset[MemberStatus] = frozenset({"official", "probationary"})
"""Whose signature on the print is asked for before the meeting. UNVERIFIED: no rule was found that a typed copy must be
signed, or that an unsigned one may not be voted on; so it is a reminder and stops nothing. Empty: nobody is named.
"""
NOT_OFFERED = "Đồng chí ấy đã rút lại đồng ý lưu câu trả lời, nên bản giấy được giữ trên giấy, không nhập vào đây."
MOST_NAMES = 6


def types_for(facts: Facts, person: Person) -> bool:
    """Whether this person may type in for that one now, or holds what was typed in and submitted."""
    me, response = facts.me, facts.response("self_review", person.id)
    if me is None:
        return False
    if response and not response.is_open:
        return response.respondent_id == me.id and may(me, "note_signature", person, status=response.status)
    if (response and response.is_owners) or facts.has_refused(person.id):
        return False
    return may(me, "type_in_self_review", person, status=response.status if response else None)


def prints_blank_for(facts: Facts, person: Person) -> bool:
    """Whether a blank form with this member's name may be printed: as long as the review is to be written."""
    response = facts.response("self_review", person.id)
    status = response.status if response else None
    return facts.me is not None and may(facts.me, "type_in_self_review", person, status=status)


def prints_blanks(facts: Facts, unit_id: int) -> Unit | None:
    """The cell, if this person leads it and somebody in it has not handed in yet."""
    cell = overseen_cell(facts, unit_id)
    if cell is None or facts.me is None or facts.cycle is None or not may(facts.me, "type_in_self_review", cell):
        return None
    return cell if any(row.progress != "submitted" for row in facts.people_progress(cell.id)) else None


def signature_of(facts: Facts, person: Person) -> Response | None:
    """What was typed in for this member and submitted, if this person keeps the signature on its print."""
    response, me = facts.response("self_review", person.id), facts.me
    if response is None or me is None or not response.typed_in:
        return None
    return response if may(me, "note_signature", person, status=response.status) else None


def typist(response: Response | None, facts: Facts) -> str:
    """The name of who took the review over from paper; empty where its subject wrote it."""
    person = facts.person(response.respondent_id) if response and response.typed_in else None
    return words.cut(person.name, 60) if person else ""


def typed_line(response: Response, facts: Facts) -> str:
    """ "Đồng chí Lê Thị Lan nhập thay theo bản giấy. ⏳ Chưa ký bản in." """
    by = f"Đồng chí {typist(response, facts)} {MARK} theo bản giấy."
    if response.is_open:
        return by
    signed = response.signed_on
    return f"{by} " + (f"✅ Đã ký bản in ngày {words.full_day(signed)}." if signed else "⏳ Chưa ký bản in.")


def first_day(response: Response) -> date:
    """Nobody signs a print before what stands in it was submitted."""
    assert response.submitted_at, "only what was submitted is printed to be signed"
    return response.submitted_at.date()


def may_be_signed(response: Response, day: date, today: date) -> bool:
    return first_day(response) <= day <= today


def marked(row: PersonProgress) -> str:
    """ " (nhập thay, chưa ký)", as it stands behind a name; empty where the member wrote it."""
    if not row.typed_in:
        return ""
    return f" ({MARK}, {UNSIGNED})" if is_unsigned(row) else f" ({MARK})"


def is_unsigned(row: PersonProgress) -> bool:
    return row.typed_in and row.progress == "submitted" and row.signed_on is None and row.person.status in SIGNS


def count_line(rows: Iterable[PersonProgress]) -> str:
    """ "Nhập thay từ bản giấy: 3, chưa ký 1"; empty where nothing was typed in."""
    typed = [row for row in rows if row.typed_in]
    unsigned = sum(map(is_unsigned, typed))
    return f"Nhập thay từ bản giấy: {len(typed)}" + (f", {UNSIGNED} {unsigned}" if unsigned else "") if typed else ""


def unsigned_line(rows: Iterable[PersonProgress]) -> str:
    """Before the meeting: whose signature is missing. A reminder, it stops nothing."""
    names = [words.cut(row.person.name, 40) for row in rows if is_unsigned(row)]
    more = f" và {len(names) - MOST_NAMES} đồng chí khác" if len(names) > MOST_NAMES else ""
    said = ", ".join(names[:MOST_NAMES])
    return f"⏳ Bản nhập thay chưa có chữ ký: {said}{more}. Nên in ra xin ký trước khi họp." if names else ""
