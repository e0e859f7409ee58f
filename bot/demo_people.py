"""The sample ward of `tusoi demo`: an invented committee with its cells, members and roles. Nobody in it is real."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from bot.demo_texts import texts
from review.roster import MemberRow, RoleRow, Roster, UnitRow
from review.roster_promises import PromiseRow

COMMITTEE, BLOCK, SCHOOL, OFFICE, NEIGHBOURS, AHEAD = "DB", "K5", "THCS", "CQ", "K8", "K3"
"""The last cell has met already; the others are a week into their review."""

MEMBER, SECRETARY, CONTACT, OFFICER = "TH03", "K501", "MT05", "CQ02"

PERSONAS = (
    ("Đảng viên", MEMBER),
    ("Bí thư chi bộ", SECRETARY),
    ("Đầu mối nơi cư trú", CONTACT),
    ("Cán bộ tổ chức của phường", OFFICER),
)

UNITS = (
    UnitRow(2, COMMITTEE, "Đảng bộ phường Lam Bình", "Đảng bộ"),
    UnitRow(3, BLOCK, "Chi bộ Khối 5", "Chi bộ", COMMITTEE),
    UnitRow(4, SCHOOL, "Chi bộ Trường THCS Lam Bình", "Chi bộ", COMMITTEE),
    UnitRow(5, OFFICE, "Chi bộ Cơ quan phường", "Chi bộ", COMMITTEE),
    UnitRow(6, NEIGHBOURS, "Chi bộ Khối 8", "Chi bộ", COMMITTEE),
    UnitRow(7, AHEAD, "Chi bộ Khối 3", "Chi bộ", COMMITTEE),
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What the members of one cell have in common."""

    unit: str
    workplace: str
    plain_form: str
    plain_group: str


_BLOCK = _Kind(BLOCK, "", "2C", "outside")
_SCHOOL = _Kind(SCHOOL, "Trường THCS Lam Bình", "2A", "member")
_OFFICE = _Kind(OFFICE, "Ủy ban nhân dân phường Lam Bình", "2A", "member")
_NEIGHBOURS = _Kind(NEIGHBOURS, "", "2C", "outside")
_AHEAD = _Kind(AHEAD, "", "2C", "outside")

# code, name, born, joined the Party, residence, Party post, state post, union post, leads
_LINES: tuple[tuple[_Kind, str], ...] = (
    (
        _BLOCK,
        """
        K501|Nguyễn Hữu Thắng|1962|1986||Bí thư chi bộ|||
        K502|Trần Thị Minh|1966|1994||Phó bí thư chi bộ||Chi hội trưởng Phụ nữ khối|
        K503|Lê Văn Khánh|1959|1983||Chi ủy viên|Khối trưởng||
        K504|Phan Thị Lài|1968|1998|||||
        K505|Hoàng Đình Cường|1957|1980||||Chi hội trưởng Cựu chiến binh|
        K506|Nguyễn Thị Hồng Vân|1971|2001|||||
        K507|Võ Trọng Bảy|1955|1979|||||
        K508|Cao Thị Xuân|1964|1992||||Chi hội phó Phụ nữ|
        K509|Đặng Quốc Hùng|1979|2008|||||
        K510|Bùi Thị Nga|1982|2011|||||
        K511|Nguyễn Cảnh Toàn|1990|2016||||Bí thư chi đoàn khối|
        K512|Trương Công Sơn|1973|2003|||||
        K513|Hồ Thị Thu|1998|2025||||Ủy viên ban chấp hành chi đoàn|dự bị
        K514|Ngô Xuân Đàm|1941|1966|||||miễn sinh hoạt
        """,
    ),
    (
        _SCHOOL,
        """
        TH01|Phạm Thị Thanh Hà|1972|1999|K8|Bí thư chi bộ|Hiệu trưởng||lãnh đạo
        TH02|Nguyễn Đức Thuận|1976|2004|K5|Phó bí thư chi bộ|Phó Hiệu trưởng||lãnh đạo
        TH03|Lê Thị Phương|1984|2012|K5||Giáo viên Ngữ văn||
        TH04|Trần Văn Nam|1981|2010|K5||Giáo viên Toán|Chủ tịch Công đoàn trường|
        TH05|Hoàng Thị Mai Anh|1988|2015|K8||Giáo viên Tiếng Anh||
        TH06|Vũ Đình Lâm|1979|2009|K5||Tổ trưởng tổ Khoa học tự nhiên||
        TH07|Nguyễn Thị Bích Ngọc|1991|2018|K8||Giáo viên Lịch sử||
        TH08|Đinh Thị Hoài|1986|2014|K8||Giáo viên Sinh học||
        TH09|Phan Bá Quyền|1993|2020|K5||Giáo viên Thể dục|Bí thư chi đoàn trường|
        TH10|Thái Thị Nhung|1977|2007|K5||Kế toán||
        TH11|Lương Văn Hải|1989|2017|K8||Giáo viên Tin học||
        TH12|Nguyễn Thị Kim Oanh|1995|2025|K5||Giáo viên Âm nhạc|Tổng phụ trách Đội|dự bị
        """,
    ),
    (
        _OFFICE,
        """
        CQ01|Đậu Xuân Trường|1975|2002|K8|Bí thư chi bộ|Phó Chủ tịch UBND phường||lãnh đạo
        CQ02|Nguyễn Thị Lan Hương|1983|2009|K5|Chi ủy viên|Công chức Ban Xây dựng Đảng||
        CQ03|Trần Quang Vinh|1980|2008|K8|Phó bí thư chi bộ|Trưởng phòng Kinh tế, Hạ tầng và Đô thị||lãnh đạo
        CQ04|Lê Thị Quỳnh|1990|2016|K5||Công chức Tư pháp - Hộ tịch||
        CQ05|Phạm Văn Tuấn|1987|2013|K8||Công chức Địa chính||
        CQ06|Hà Thị Yến|1992|2019|K5||Công chức Trung tâm Phục vụ hành chính công||
        CQ07|Nguyễn Bá Long|1985|2012|K8||Công chức Tài chính - Kế toán||
        CQ08|Võ Thị Thắm|1989|2016|K5||Công chức Văn hóa - Xã hội|Phó Chủ tịch Hội LHPN phường|
        CQ09|Cao Minh Đức|1994|2021|K8||Chuyên viên Văn phòng|Phó Bí thư Đoàn phường|
        CQ10|Trịnh Thị Hằng|1978|2006|K5||Trưởng phòng Văn hóa - Xã hội||lãnh đạo
        """,
    ),
    (
        _NEIGHBOURS,
        """
        K801|Nguyễn Văn Lộc|1960|1985||Bí thư chi bộ|||
        K802|Đoàn Thị Tình|1967|1996||||Chi hội trưởng Phụ nữ khối|
        K803|Lê Đăng Khoa|1976|2005|||||
        K804|Phùng Thị Sáu|1970|2002|||||
        """,
    ),
    (
        _AHEAD,
        """
        K301|Hoàng Văn Thể|1961|1988||Bí thư chi bộ|||
        K302|Lưu Thị Thanh|1969|1997||Phó bí thư chi bộ||Chi hội trưởng Phụ nữ khối|
        K303|Nguyễn Đình Phúc|1963|1990|||Khối trưởng||
        K304|Trần Thị Lý|1974|2004|||||
        K305|Phạm Ngọc Châu|1956|1981||||Chi hội trưởng Cựu chiến binh|
        K306|Vương Thị Tâm|1980|2010|||||
        K307|Lê Viết Sinh|1985|2014||||Chi hội phó Nông dân|
        K308|Bùi Quang Đạt|1958|1984|||||
        """,
    ),
)

ROLES = tuple(
    RoleRow(row, person, name, role, unit)
    for row, (person, name, role, unit) in enumerate(
        (
            ("K501", "", "bí thư", BLOCK),
            ("K502", "", "phó bí thư", BLOCK),
            ("TH01", "", "bí thư", SCHOOL),
            ("TH02", "", "phó bí thư", SCHOOL),
            ("CQ01", "", "bí thư", OFFICE),
            ("CQ03", "", "phó bí thư", OFFICE),
            ("K801", "", "bí thư", NEIGHBOURS),
            ("K301", "", "bí thư", AHEAD),
            ("K302", "", "phó bí thư", AHEAD),
            ("CQ02", "", "cấp ủy cấp trên", COMMITTEE),
            ("MT05", "Nguyễn Thị Liễu", "đầu mối nơi cư trú", BLOCK),
            ("K802", "", "đầu mối nơi cư trú", NEIGHBOURS),
        ),
        2,
    )
)


def sample_roster() -> Roster:
    """As an office would have filled it in; sheet `Kỳ trước` is beside the other texts."""
    lines = [(kind, line.strip()) for kind, block in _LINES for line in block.strip().splitlines()]
    members = tuple(_member(row, kind, line) for row, (kind, line) in enumerate(lines, 2))
    return Roster(UNITS, members, ROLES, tuple(_promise(row, line) for row, line in enumerate(texts()["promises"], 2)))


def _promise(row: int, line: Mapping[str, Any]) -> PromiseRow:
    return PromiseRow(row, line["who"], line["fault"], line.get("measure", ""))


def _member(row: int, kind: _Kind, line: str) -> MemberRow:
    code, name, born, joined, residence, party, state, union, special = line.split("|")
    leads = special == "lãnh đạo"
    day = 3 + row * 5 % 25
    return MemberRow(
        row=row,
        code=code,
        name=name,
        unit=kind.unit,
        form_word="2B" if leads else kind.plain_form,
        status_word=special if special and not leads else "chính thức",
        birth_date=date(int(born), 1 + row * 7 % 12, day),
        party_post=party,
        state_post=state,
        union_post=union,
        workplace=kind.workplace,
        peer_group="leader" if leads else kind.plain_group,
        residence=residence,
        joined_on=date(int(joined), 1 + row * 5 % 12, day),
        official_on=None if special == "dự bị" else date(int(joined) + 1, 1 + row * 5 % 12, day),
    )
