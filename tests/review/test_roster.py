"""A roster's faults: all of them at once, each with its place and a sentence that says what to do."""

from dataclasses import replace
from datetime import date

import pytest

from review.people import Unit
from review.roster import MemberRow, RoleRow, Roster, UnitRow, check
from review.roster_promises import Fault

TODAY = date(2026, 11, 23)
UNITS = (
    UnitRow(2, "P", "Đảng bộ phường", "Đảng bộ"),
    UnitRow(3, "K5", "Chi bộ Khối 5", "Chi bộ", "P"),
    UnitRow(4, "TH", "Chi bộ Trường THCS", "chi bộ ", "P"),
)
HOA = MemberRow(2, "001", "Nguyễn Thị Hoa", "TH", "2A", "chính thức", date(1968, 5, 1), residence="K5")
SECRETARY = RoleRow(2, "001", "", "Bí thư", "TH")
GOOD = Roster(UNITS, (HOA,), (SECRETARY, RoleRow(3, "DM1", "Lê Văn Sáu", "đầu mối nơi cư trú", "K5")))


def faults(
    roster: Roster, known_units: tuple[Unit, ...] = (), known_people: tuple[str, ...] = ()
) -> list[tuple[str, int, str]]:
    found = check(roster, known_units=known_units, known_people=known_people, today=TODAY)
    assert all(fault.reason.endswith(".") for fault in found)
    return [(fault.sheet, fault.row, fault.column) for fault in found]


def with_member(**changes: object) -> Roster:
    return replace(GOOD, members=(replace(HOA, **changes),))  # type: ignore[arg-type]


def with_unit(*rows: UnitRow) -> Roster:
    return replace(GOOD, units=(*UNITS, *rows))


def with_role(*rows: RoleRow) -> Roster:
    return replace(GOOD, roles=rows)


def test_a_good_roster_has_no_fault_and_its_words_have_a_meaning() -> None:
    assert faults(GOOD) == []
    assert [row.kind for row in GOOD.units] == ["committee", "cell", "cell"]
    assert (HOA.form, HOA.status) == ("2A", "official")
    assert [row.role for row in GOOD.roles] == ["secretary", "contact"]


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ((UnitRow(5, "", "Chi bộ X", "Chi bộ", "P"),), "Mã"),
        ((UnitRow(5, "K5", "Trùng mã", "Chi bộ", "P"),), "Mã"),
        ((UnitRow(5, "x" * 41, "Mã dài", "Chi bộ", "P"),), "Mã"),
        ((UnitRow(5, "K6", "", "Chi bộ", "P"),), "Tên"),
        ((UnitRow(5, "K6", "y" * 201, "Chi bộ", "P"),), "Tên"),
        ((UnitRow(5, "K6", "Khối 6", "", "P"),), "Loại"),
        ((UnitRow(5, "K6", "Khối 6", "Tổ", "P"),), "Loại"),
        ((UnitRow(5, "K6", "Khối 6", "Chi bộ", "Q"),), "Cấp trên"),
        ((UnitRow(5, "K6", "Khối 6", "Chi bộ"),), "Cấp trên"),
        ((UnitRow(5, "K6", "Khối 6", "Chi bộ", "K6"),), "Cấp trên"),
        ((UnitRow(5, "K6", "Khối 6", "Chi bộ", "K5"),), "Cấp trên"),
    ],
)
def test_unit_faults(rows: tuple[UnitRow, ...], column: str) -> None:
    assert faults(with_unit(*rows)) == [("Tổ chức", 5, column)]


def test_every_unit_on_a_loop_is_named_and_those_hanging_below_are_not() -> None:
    loop = (
        UnitRow(5, "A", "A", "Đảng bộ", "B"),
        UnitRow(6, "B", "B", "Đảng bộ", "A"),
        UnitRow(7, "C", "C", "Chi bộ", "A"),
    )
    found = check(with_unit(*loop), today=TODAY)
    assert [(fault.row, fault.reason) for fault in found] == [
        (5, "cấp trên đi vòng tròn: A → B → A."),
        (6, "cấp trên đi vòng tròn: B → A → B."),
    ]


@pytest.mark.parametrize(
    ("changes", "columns"),
    [
        ({"code": ""}, ["Mã"]),
        ({"name": ""}, ["Họ và tên"]),
        ({"unit": ""}, ["Chi bộ"]),
        ({"unit": "?"}, ["Chi bộ"]),
        ({"unit": "P"}, ["Chi bộ"]),
        ({"residence": "?"}, ["Nơi cư trú"]),
        ({"residence": "P"}, ["Nơi cư trú"]),
        ({"residence": ""}, []),
        ({"form_word": ""}, ["Mẫu"]),
        ({"form_word": "2D"}, ["Mẫu"]),
        ({"form_word": "2b"}, []),
        ({"form_word": "", "status_word": "miễn sinh hoạt"}, []),
        ({"form_word": "", "status_word": "đình chỉ"}, []),
        ({"form_word": "mẫu 1", "status_word": "đình chỉ"}, ["Mẫu"]),
        ({"status_word": ""}, ["Trạng thái"]),
        ({"status_word": "nghỉ"}, ["Trạng thái"]),
        ({"birth_date": TODAY}, []),
        ({"birth_date": date(2026, 11, 24)}, ["Ngày sinh"]),
        ({"birth_date": date(1899, 1, 1)}, ["Ngày sinh"]),
        ({"joined_on": date(1968, 5, 1)}, ["Ngày vào Đảng"]),
        ({"birth_date": None, "joined_on": date(1920, 1, 1)}, ["Ngày vào Đảng"]),
        ({"joined_on": date(2000, 1, 1), "official_on": date(1999, 1, 1)}, ["Ngày chính thức"]),
    ],
)
def test_member_faults(changes: dict[str, object], columns: list[str]) -> None:
    roster = replace(with_member(**changes), roles=())
    assert faults(roster) == [("Đảng viên", 2, column) for column in columns]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ((RoleRow(2, "", "", "bí thư", "TH"),), [(2, "Người")]),
        ((RoleRow(2, "x" * 41, "Dài", "bí thư", "TH"),), [(2, "Người")]),
        ((RoleRow(2, "DM1", "", "quản trị", "P"),), [(2, "Họ và tên")]),
        ((RoleRow(2, "DM1", "z" * 201, "quản trị", "P"),), [(2, "Họ và tên")]),
        ((RoleRow(2, "001", "Trần Văn Nam", "bí thư", "TH"),), [(2, "Họ và tên")]),
        ((RoleRow(2, "001", "nguyễn  thị hoa", "bí thư", "TH"),), []),
        ((RoleRow(2, "001", "", "", "TH"),), [(2, "Vai trò")]),
        ((RoleRow(2, "001", "", "trưởng khối", "TH"),), [(2, "Vai trò")]),
        ((RoleRow(2, "001", "", "bí thư", ""),), [(2, "Tổ chức")]),
        ((RoleRow(2, "001", "", "bí thư", "?"),), [(2, "Tổ chức")]),
        ((RoleRow(2, "001", "", "đầu mối nơi cư trú", "P"),), [(2, "Tổ chức")]),
        ((SECRETARY, replace(SECRETARY, row=3)), [(3, "Vai trò")]),
        ((SECRETARY, RoleRow(3, "X", "Người khác", "bí thư", "TH")), [(3, "Vai trò")]),
        ((RoleRow(2, "X", "Lê Sáu", "quản trị", "P"), RoleRow(3, "X", "", "đầu mối nơi cư trú", "K5")), []),
        (
            (RoleRow(2, "X", "Lê Sáu", "quản trị", "P"), RoleRow(3, "X", "Lê Bảy", "phó bí thư", "P")),
            [(3, "Họ và tên")],
        ),
    ],
)
def test_role_faults(rows: tuple[RoleRow, ...], found: list[tuple[int, str]]) -> None:
    assert faults(with_role(*rows)) == [("Vai trò", row, column) for row, column in found]


def test_units_and_people_already_known_may_be_named() -> None:
    known = (Unit(1, "P", "Phường", "committee"), Unit(2, "K5", "Khối 5", "cell", 1))
    later = Roster(members=(replace(HOA, unit="K5"),), roles=(RoleRow(2, "OLD", "", "phó bí thư", "K5"),))
    assert faults(later, known, ("OLD",)) == []
    assert faults(later, known) == [("Vai trò", 2, "Họ và tên")]
    assert faults(Roster(units=(UnitRow(2, "P", "Phường", "Chi bộ"),)), known) == [("Tổ chức", 2, "Loại")]
    assert faults(Roster(units=(UnitRow(2, "Q", "Phường mới", "Đảng bộ"),)), known) == [("Tổ chức", 2, "Cấp trên")]


def test_all_faults_come_at_once_in_the_order_of_the_sheets() -> None:
    roster = Roster((UnitRow(2, "", "", "", ""),), (MemberRow(2, "", "", "", "", ""),), (RoleRow(2, "", "", "", ""),))
    assert faults(roster) == [
        ("Tổ chức", 2, "Mã"),
        ("Tổ chức", 2, "Tên"),
        ("Tổ chức", 2, "Loại"),
        ("Đảng viên", 2, "Mã"),
        ("Đảng viên", 2, "Họ và tên"),
        ("Đảng viên", 2, "Chi bộ"),
        ("Đảng viên", 2, "Trạng thái"),
        ("Đảng viên", 2, "Mẫu"),
        ("Vai trò", 2, "Người"),
        ("Vai trò", 2, "Vai trò"),
        ("Vai trò", 2, "Tổ chức"),
    ]


def test_a_fault_says_its_place() -> None:
    assert str(Fault("Đảng viên", 7, "Mẫu", "chưa ghi.")) == "Đảng viên, dòng 7, cột «Mẫu»: chưa ghi."
    assert str(Fault("", 0, "", "Tệp trống.")) == "Tệp trống."
