"""Who may do what: every row of the table holds for exactly the people, subjects and states it names."""

from dataclasses import replace
from itertools import product

import pytest

from review.people import Person, Role, Unit
from review.permissions import ACTIONS, CLOSED, TABLE, Row, action_on, may, scope

PROVINCE = Unit(9, "T", "Đảng bộ tỉnh", "committee")
WARD = Unit(1, "P", "Đảng bộ phường", "committee", 9)
BLOCK = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
SCHOOL = Unit(3, "TH", "Chi bộ Trường THCS", "cell", 1)
FAR = Unit(4, "X", "Chi bộ xã khác", "cell", 9)
UNITS = (PROVINCE, WARD, BLOCK, SCHOOL, FAR)
NAM = Person(1, "NAM", "Trần Văn Nam", SCHOOL, form="2A", residence=BLOCK)
HOA = Person(2, "HOA", "Nguyễn Thị Hoa", BLOCK, form="2C")
STATES = (None, "draft", "returned", "submitted", "accepted")
ROLES = ("secretary", "deputy", "officer", "contact", "admin")


def below(unit_id: int) -> tuple[Unit, ...]:
    return tuple(
        unit for unit in UNITS if unit_id in (unit.id, unit.parent_id) or (unit_id == 9 and unit.parent_id == 1)
    )


def somebody(*roles: tuple[str, Unit], **facts) -> Person:
    return Person(50, "AI", "Ai Đó", roles=tuple(Role(name, unit) for name, unit in roles), **facts)


ROWS = [(row, role) for row in TABLE for role in row.roles or (None,)]


def named(value: object) -> str:
    return f"{value.action}-{value.relation}" if isinstance(value, Row) else str(value or "self")


def holder(role: str | None, unit: Unit) -> Person:
    return somebody((role, unit)) if role else NAM


def reached_unit(row: Row) -> Unit:
    """Where a role of this row must stand to reach NAM, a teacher who lives in the block."""
    return {"self": SCHOOL, "resident": BLOCK, "own_unit": SCHOOL, "below": WARD}[row.relation]


@pytest.mark.parametrize(("row", "role"), ROWS, ids=named)
@pytest.mark.parametrize("status", STATES)
def test_a_row_holds_in_its_states(row, role, status):
    actor = holder(role, reached_unit(row))
    others = [r for r, of in ROWS if (r.action, of) == (row.action, role) and r.relation != row.relation]
    if not others:
        assert may(actor, row.action, NAM, status=status, below=below) is (status in row.states)


@pytest.mark.parametrize(("row", "role"), [(row, role) for row, role in ROWS if role], ids=named)
def test_a_row_reaches_no_unit_of_others(row, role):
    for status in STATES:
        assert not may(somebody((role, FAR)), row.action, NAM, status=status, below=below)


@pytest.mark.parametrize("action", ACTIONS)
def test_anything_without_a_row_is_refused(action):
    for status, unit in product(STATES, UNITS):
        assert not may(HOA, action, NAM, status=status, below=below), "another member"
        for role in ROLES:
            if not any(row.action == action and role in row.roles for row in TABLE):
                assert not may(somebody((role, unit)), action, NAM, status=status, below=below)


@pytest.mark.parametrize("status", [None, "draft", "returned"])
def test_a_draft_self_review_is_read_by_its_writer_only(status):
    everything = somebody(*product(ROLES, UNITS))
    assert not may(everything, "read_self_review", NAM, status=status, below=below)
    assert may(NAM, "read_self_review", NAM, status=status, below=below)


def test_nobody_remarks_on_himself_even_as_contact_of_his_area():
    contact = replace(NAM, roles=(Role("contact", BLOCK), Role("secretary", BLOCK)))
    assert not may(contact, "write_residence_remark", contact)
    assert not may(contact, "read_residence_remark", contact, status="draft")
    assert may(contact, "read_residence_remark", contact, status="submitted")
    assert may(contact, "write_residence_remark", replace(HOA, residence=BLOCK))


@pytest.mark.parametrize("status", ["exempt", "suspended"])
def test_exempt_and_suspended_members_write_no_self_review(status):
    """294-QĐ/TW §7.2.3; HD 21."""
    member = replace(NAM, status=status)
    assert not may(member, "write_self_review", member)
    assert not may(member, "submit_self_review", member, status="draft")
    assert may(member, "read_self_review", member, status="accepted")


def test_a_probationary_member_reviews_himself_like_others():
    member = replace(NAM, status="probationary")
    assert may(member, "write_self_review", member)


def test_an_officer_reaches_every_cell_below_and_a_cells_secretary_only_the_own():
    officer, secretary = somebody(("officer", PROVINCE)), somebody(("secretary", SCHOOL))
    assert may(officer, "see_progress", SCHOOL, below=below)
    assert may(officer, "read_self_review", NAM, status="submitted", below=below)
    assert not may(officer, "read_self_review", NAM, status="submitted"), "without the tree a role reaches its own unit"
    assert may(secretary, "remind", NAM, below=below)
    assert not may(secretary, "remind", HOA, below=below)
    assert may(secretary, "see_progress", SCHOOL)


def test_a_committees_secretary_sees_progress_below_but_reads_no_answers():
    secretary = somebody(("secretary", WARD))
    assert may(secretary, "see_progress", SCHOOL, below=below)
    assert not may(secretary, "read_self_review", NAM, status="submitted", below=below)


def test_an_admin_changes_settings_and_reads_no_answers():
    admin = somebody(("admin", WARD))
    assert may(admin, "change_settings", SCHOOL, below=below)
    for action, status in product(ACTIONS, STATES):
        if action != "change_settings":
            assert not may(admin, action, NAM, status=status, below=below)


def test_a_person_without_unit_or_residence_is_within_nobodys_reach():
    outsider = Person(7, "DM", "Lê Văn Sáu")
    everything = somebody(*product(ROLES, UNITS))
    assert not any(may(everything, action, outsider, status="submitted", below=below) for action in ACTIONS)


def test_scope_is_by_code_and_each_unit_once():
    person = somebody(("officer", WARD), ("secretary", SCHOOL), ("contact", FAR), ("admin", PROVINCE))
    assert scope(person, below) == (BLOCK, WARD, SCHOOL)
    assert scope(HOA, below) == ()


def test_the_action_on_a_kind_of_response():
    assert action_on("submit", "residence_remark") == "submit_residence_remark"
    assert action_on("withdraw", "residence_remark") is None
    assert action_on("withdraw", "collective_review") == "withdraw_collective_review"


def test_what_others_may_read_is_closed():
    for row in TABLE:
        if row.action == "read_self_review" and row.roles:
            assert row.states == CLOSED


@pytest.mark.parametrize("action", ["type_in_self_review", "withdraw_typed_in", "note_signature"])
def test_a_leader_takes_over_paper_of_the_own_cell_and_never_the_own(action):
    status = {"type_in_self_review": None, "withdraw_typed_in": "submitted", "note_signature": "accepted"}[action]
    for role in ("secretary", "deputy"):
        leader = replace(HOA, roles=(Role(role, BLOCK),))
        assert may(leader, action, replace(NAM, unit=BLOCK), status=status)
        assert not may(leader, action, leader, status=status)
        assert not may(leader, action, NAM, status=status), "lives here, belongs elsewhere"
    for role in ("officer", "contact", "admin"):
        assert not may(somebody((role, SCHOOL), (role, WARD)), action, NAM, status=status, below=below)


def test_nobody_types_in_for_who_owes_no_review():
    secretary = somebody(("secretary", SCHOOL))
    for status in ("exempt", "suspended"):
        assert not may(secretary, "type_in_self_review", replace(NAM, status=status))
    assert may(secretary, "type_in_self_review", replace(NAM, status="probationary"))


def test_in_anothers_hand_a_self_review_asks_for_other_rights():
    asked = [action_on(verb, "self_review", for_another=True) for verb in ("read", "write", "submit", "withdraw")]
    assert asked == ["read_self_review", "type_in_self_review", "type_in_self_review", "withdraw_typed_in"]
    assert action_on("write", "residence_remark", for_another=True) == "write_residence_remark"
    assert action_on("withdraw", "collective_review", for_another=True) == "withdraw_collective_review"


def test_a_code_is_given_only_for_what_lies_in_the_own_reach():
    """Whoever has the code has all its person may do."""
    secretary, officer = somebody(("secretary", SCHOOL)), somebody(("officer", WARD))
    for name, unit, by_secretary, by_officer in (
        ("deputy", SCHOOL, True, True),
        ("contact", SCHOOL, True, True),
        ("contact", BLOCK, False, True),
        ("officer", SCHOOL, False, True),
        ("officer", PROVINCE, False, False),
        ("secretary", FAR, False, False),
        ("admin", SCHOOL, False, False),
    ):
        member = replace(NAM, roles=(Role(name, unit),))
        assert may(secretary, "invite", member, below=below) is by_secretary, (name, unit.code)
        assert may(officer, "invite", member, below=below) is by_officer, (name, unit.code)
        assert may(secretary, "revoke_access", member, below=below), "ending it is open to all who look after him"


@pytest.mark.parametrize("action", ["invite", "revoke_access"])
def test_nobody_takes_or_gives_himself_the_way_in(action):
    leader = replace(NAM, roles=(Role("secretary", SCHOOL), Role("officer", WARD)))
    assert not may(leader, action, leader, below=below)
