"""The roster an office fills in: units, members and roles as written, and every fault in it named at once.

Sheet names, column names and allowed words are the public contract of the roster workbook.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import TypeVar

from review.people import FormName, MemberStatus, RoleName, Unit, UnitKind
from review.roster_promises import PROMISES, Fault, PromiseRow, promise_faults

UNITS, MEMBERS, ROLES = "Tổ chức", "Đảng viên", "Vai trò"
SHEETS = (UNITS, MEMBERS, ROLES, PROMISES)

UNIT_KINDS: Mapping[str, UnitKind] = {"Đảng bộ": "committee", "Chi bộ": "cell"}
FORMS: Mapping[str, FormName] = {"2A": "2A", "2B": "2B", "2C": "2C"}
STATUSES: Mapping[str, MemberStatus] = {
    "chính thức": "official",
    "dự bị": "probationary",
    "miễn sinh hoạt": "exempt",
    "đình chỉ": "suspended",
}
ROLE_NAMES: Mapping[str, RoleName] = {
    "bí thư": "secretary",
    "phó bí thư": "deputy",
    "cấp ủy cấp trên": "officer",
    "đầu mối nơi cư trú": "contact",
    "quản trị": "admin",
}
PARTY_FOUNDED = date(1930, 2, 3)
OLDEST_BIRTH_YEAR = 1900
MAX_CODE, MAX_NAME = 40, 200

_T = TypeVar("_T")


_At = Callable[[str, str], Fault]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A line of sheet `Tổ chức`. `parent` is the code of the unit above, "" for the topmost."""

    row: int
    code: str
    name: str
    kind_word: str
    parent: str = ""

    @property
    def kind(self) -> UnitKind | None:
        return _meaning(UNIT_KINDS, self.kind_word)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A line of sheet `Đảng viên`. `unit` and `residence` are codes of cells."""

    row: int
    code: str
    name: str
    unit: str
    form_word: str = ""
    status_word: str = ""
    birth_date: date | None = None
    party_post: str = ""
    state_post: str = ""
    union_post: str = ""
    workplace: str = ""
    peer_group: str = ""
    residence: str = ""
    joined_on: date | None = None
    official_on: date | None = None

    @property
    def form(self) -> FormName | None:
        return _meaning(FORMS, self.form_word)

    @property
    def status(self) -> MemberStatus | None:
        return _meaning(STATUSES, self.status_word)


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A line of sheet `Vai trò`. `name` is needed only for somebody who is not a member."""

    row: int
    person: str
    name: str
    role_word: str
    unit: str

    @property
    def role(self) -> RoleName | None:
        return _meaning(ROLE_NAMES, self.role_word)


@dataclass(frozen=True, slots=True)
class Roster:
    """As written: only when `check` finds no fault are `kind`, `status` and `role` sure to be set."""

    units: tuple[UnitRow, ...] = ()
    members: tuple[MemberRow, ...] = ()
    roles: tuple[RoleRow, ...] = ()
    promises: tuple[PromiseRow, ...] = ()


def check(
    roster: Roster, *, known_units: Sequence[Unit] = (), known_people: Collection[str] = (), today: date
) -> list[Fault]:
    """Every fault, in the order of the sheets and rows. `known_*` is what the database already holds (codes)."""
    tree = _Tree.of(roster, known_units)
    people = {*known_people, *(row.code for row in roster.members), *(row.person for row in roster.roles)}
    faults = chain(
        _units(roster, tree),
        _members(roster, tree, today),
        _roles(roster, tree, known_people),
        promise_faults(roster.promises, people, tree.kinds, today),
    )
    return sorted(faults, key=lambda fault: (SHEETS.index(fault.sheet), fault.row))


@dataclass(frozen=True, slots=True)
class _Tree:
    """The units as they would stand after the import: kind and parent by code."""

    kinds: Mapping[str, UnitKind | None]
    parents: Mapping[str, str]

    @staticmethod
    def of(roster: Roster, known: Sequence[Unit]) -> "_Tree":
        codes = {unit.id: unit.code for unit in known}
        kinds: dict[str, UnitKind | None] = {unit.code: unit.kind for unit in known}
        parents = {unit.code: codes.get(unit.parent_id, "") if unit.parent_id else "" for unit in known}
        for row in roster.units:
            if row.code:
                kinds[row.code] = row.kind
                parents[row.code] = row.parent
        return _Tree(kinds, parents)

    def loop(self, code: str) -> list[str]:
        """The way up from `code` back to itself, or nothing when it does not lie on a loop."""
        path = [code]
        while parent := self.parents.get(path[-1], ""):
            if parent == code:
                return [*path, code]
            if parent in path:
                return []
            path.append(parent)
        return []


def _meaning(words: Mapping[str, _T], word: str) -> _T | None:
    """The meaning of a word, capitals and double spaces forgiven."""
    plain = _plain(word)
    return next((meaning for known, meaning in words.items() if known.casefold() == plain), None)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _word(at: _At, column: str, word: str, words: Mapping[str, object]) -> Iterator[Fault]:
    choices = ", ".join(f"«{choice}»" for choice in words)
    if not word:
        yield at(column, f"chưa ghi; chọn một trong: {choices}.")
    elif _meaning(words, word) is None:
        yield at(column, f"«{word}» không đúng; chọn một trong: {choices}.")


def _identity(
    at: _At, row: int, code: str, name: str, first_rows: dict[str, int], column: str = "Họ và tên"
) -> Iterator[Fault]:
    if not code:
        yield at("Mã", "chưa ghi mã.")
    elif code in first_rows:
        yield at("Mã", f"mã «{code}» đã dùng ở dòng {first_rows[code]}; mỗi mã chỉ dùng một lần.")
    elif len(code) > MAX_CODE:
        yield at("Mã", f"mã dài quá {MAX_CODE} ký tự.")
    first_rows.setdefault(code, row)
    if not name:
        yield at(column, f"chưa ghi {column.lower()}.")
    elif len(name) > MAX_NAME:
        yield at(column, f"dài quá {MAX_NAME} ký tự.")


def _units(roster: Roster, tree: _Tree) -> Iterator[Fault]:
    first_rows: dict[str, int] = {}
    in_sheet = {row.code for row in roster.units}
    above_others = {parent for code, parent in tree.parents.items() if code not in in_sheet}
    top = next((code for code, parent in tree.parents.items() if not parent), "")
    for row in roster.units:
        at = partial(Fault, UNITS, row.row)
        yield from _identity(at, row.row, row.code, row.name, first_rows, "Tên")
        yield from _word(at, "Loại", row.kind_word, UNIT_KINDS)
        yield from _parent(at, row, tree, top)
        if row.kind == "cell" and row.code and row.code in above_others:
            yield at("Loại", f"«{row.code}» đang có tổ chức cấp dưới nên không thể là Chi bộ.")


def _parent(at: _At, row: UnitRow, tree: _Tree, top: str) -> Iterator[Fault]:
    if not row.parent:
        if row.code and row.code != top:
            yield at("Cấp trên", f"chưa ghi; chỉ một tổ chức cao nhất («{top}») được để trống cột này.")
    elif row.parent == row.code:
        yield at("Cấp trên", "tổ chức không thể là cấp trên của chính mình.")
    elif row.parent not in tree.kinds:
        yield at("Cấp trên", f"không có tổ chức nào mang mã «{row.parent}».")
    elif tree.kinds[row.parent] == "cell":
        yield at("Cấp trên", f"«{row.parent}» là Chi bộ nên không thể là cấp trên.")
    elif loop := tree.loop(row.code):
        yield at("Cấp trên", f"cấp trên đi vòng tròn: {' → '.join(loop)}.")


def _cell(at: _At, column: str, code: str, tree: _Tree) -> Iterator[Fault]:
    if code not in tree.kinds:
        yield at(column, f"không có chi bộ nào mang mã «{code}».")
    elif tree.kinds[code] == "committee":
        yield at(column, f"«{code}» là Đảng bộ; cần ghi mã của một chi bộ.")


def _members(roster: Roster, tree: _Tree, today: date) -> Iterator[Fault]:
    first_rows: dict[str, int] = {}
    for row in roster.members:
        at = partial(Fault, MEMBERS, row.row)
        yield from _identity(at, row.row, row.code, row.name, first_rows)
        if row.unit:
            yield from _cell(at, "Chi bộ", row.unit, tree)
        else:
            yield at("Chi bộ", "chưa ghi mã chi bộ.")
        if row.residence:
            yield from _cell(at, "Nơi cư trú", row.residence, tree)
        yield from _word(at, "Trạng thái", row.status_word, STATUSES)
        if row.form_word or row.status not in ("exempt", "suspended"):
            yield from _word(at, "Mẫu", row.form_word, FORMS)
        yield from _dates(at, row, today)


def _dates(at: _At, row: MemberRow, today: date) -> Iterator[Fault]:
    dates = (("Ngày sinh", row.birth_date), ("Ngày vào Đảng", row.joined_on), ("Ngày chính thức", row.official_on))
    yield from (at(column, f"{day:%d/%m/%Y} là ngày chưa tới.") for column, day in dates if day and day > today)
    if row.birth_date and row.birth_date.year < OLDEST_BIRTH_YEAR:
        yield at("Ngày sinh", f"{row.birth_date:%d/%m/%Y} không thể là ngày sinh.")
    if row.joined_on and row.joined_on < PARTY_FOUNDED:
        yield at("Ngày vào Đảng", f"{row.joined_on:%d/%m/%Y} trước ngày thành lập Đảng (03/02/1930).")
    if row.birth_date and row.joined_on and row.joined_on <= row.birth_date:
        yield at("Ngày vào Đảng", "ngày vào Đảng phải sau ngày sinh.")
    if row.joined_on and row.official_on and row.official_on < row.joined_on:
        yield at("Ngày chính thức", "ngày chính thức không thể trước ngày vào Đảng.")


def _roles(roster: Roster, tree: _Tree, known_people: Collection[str]) -> Iterator[Fault]:
    names = {row.person: row.name for row in reversed(roster.roles) if row.name}
    names |= {row.code: row.name for row in roster.members}
    same = Counter[tuple[str, RoleName | None, str]]()
    secretaries: dict[str, str] = {}
    for row in roster.roles:
        at = partial(Fault, ROLES, row.row)
        yield from _holder(at, row, names, known_people)
        yield from _word(at, "Vai trò", row.role_word, ROLE_NAMES)
        yield from _role_unit(at, row, tree)
        same[row.person, row.role, row.unit] += 1
        if row.person and row.role and same[row.person, row.role, row.unit] == 2:
            yield at("Vai trò", f"«{row.person}» đã có vai trò này ở một dòng trên.")
        elif row.role == "secretary" and secretaries.setdefault(row.unit, row.person) != row.person:
            yield at("Vai trò", f"«{row.unit}» đã có bí thư là «{secretaries[row.unit]}»; mỗi nơi chỉ một bí thư.")


def _holder(at: _At, row: RoleRow, names: Mapping[str, str], known_people: Collection[str]) -> Iterator[Fault]:
    if not row.person:
        yield at("Người", "chưa ghi mã người.")
    elif len(row.person) > MAX_CODE:
        yield at("Người", f"mã dài quá {MAX_CODE} ký tự.")
    elif row.person not in names and row.person not in known_people:
        yield at("Họ và tên", f"«{row.person}» không có trong trang Đảng viên nên phải ghi họ và tên.")
    elif row.name and _plain(row.name) != _plain(names[row.person]):
        yield at("Họ và tên", f"mã «{row.person}» là của {names[row.person]}, không phải {row.name}.")
    elif len(row.name) > MAX_NAME:
        yield at("Họ và tên", f"dài quá {MAX_NAME} ký tự.")


def _role_unit(at: _At, row: RoleRow, tree: _Tree) -> Iterator[Fault]:
    if not row.unit:
        yield at("Tổ chức", "chưa ghi mã tổ chức.")
    elif row.unit not in tree.kinds:
        yield at("Tổ chức", f"không có tổ chức nào mang mã «{row.unit}».")
    elif row.role == "contact":
        yield from _cell(at, "Tổ chức", row.unit, tree)
