"""Units, people and roles as the rules see them."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

UnitKind = Literal["committee", "cell"]
RoleName = Literal["secretary", "deputy", "officer", "contact", "admin"]
MemberStatus = Literal["official", "probationary", "exempt", "suspended"]
FormName = Literal["2A", "2B", "2C"]
FORM_NAMES: tuple[FormName, ...] = get_args(FormName)


@dataclass(frozen=True, slots=True)
class Unit:
    """A Party organisation: a committee (Đảng bộ) or a cell (Chi bộ)."""

    id: int
    code: str
    name: str
    kind: UnitKind
    parent_id: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What a person does for a unit; a secretary's or officer's role reaches the units below it."""

    name: RoleName
    unit: Unit


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a cell, or (unit is None) a helper such as a residence contact from outside."""

    id: int
    code: str
    name: str
    unit: Unit | None = None
    birth_date: date | None = None
    form: FormName | None = None
    peer_group: str = ""
    residence: Unit | None = None
    status: MemberStatus = "official"
    party_post: str = ""
    state_post: str = ""
    union_post: str = ""
    workplace: str = ""
    joined_on: date | None = None
    official_on: date | None = None
    roles: tuple[Role, ...] = ()

    def units_as(self, *names: RoleName) -> tuple[Unit, ...]:
        """The units in which this person holds one of the roles."""
        return tuple(role.unit for role in self.roles if role.name in names)

    @property
    def is_reviewed(self) -> bool:
        """Whether a self-review is due: exempt and suspended members owe none (294-QĐ/TW §7.2.3; HD 21)."""
        return self.unit is not None and self.form is not None and self.status in ("official", "probationary")
