"""Where a person is in a dialogue, and the small state that is kept between two turns."""

from dataclasses import dataclass, replace
from typing import Any

STATE_VERSION = 1
LONGEST_ID = 18  # digits: what a database keeps in 64 bits


@dataclass(frozen=True, slots=True)
class Place:
    """A dialogue by name and what it is about. Arguments are short ASCII words without "."."""

    name: str
    args: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, *args: str | int) -> "Place":
        return cls(name, tuple(str(arg) for arg in args))

    def word(self, nth: int = 0) -> str:
        """The nth argument, empty when there is none."""
        return self.args[nth] if nth < len(self.args) else ""

    def number(self, nth: int = 0) -> int:
        """The nth argument as an id or a page; 0, which is no id, when it is missing or not a number."""
        word = self.word(nth)
        return int(word) if word.isdecimal() and len(word) <= LONGEST_ID else 0


HOME = Place("home")


def pack_place(place: Place) -> str:
    """Form keys contain dots ("scores.c03"), so a dot inside an argument travels as "~"."""
    return ".".join((place.name, *(arg.replace(".", "~") for arg in place.args)))


def unpack_place(packed: str) -> Place:
    name, *args = packed.split(".")
    return Place(name, tuple(arg.replace("~", ".") for arg in args))


@dataclass(frozen=True, slots=True)
class State:
    """`serial` numbers the screens of this account: a button or page of another serial is an old one.

    `note` is said once above the screen ("Đã lưu câu 7."); it stays with the state so that the same screen
    can be drawn again at any time.
    """

    place: Place = HOME
    serial: int = 0
    note: str = ""

    def moved(self, place: Place, note: str = "") -> "State":
        return replace(self, place=place, serial=self.serial + 1, note=note)

    def noted(self, note: str) -> "State":
        """The same screen with another word above it: nothing moved, so its buttons stay good."""
        return replace(self, note=note)

    def to_json(self) -> dict[str, Any]:
        return {"v": STATE_VERSION, "at": pack_place(self.place), "n": self.serial, "note": self.note}

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> "State":
        """An unknown version starts at home with a higher serial: no old button fits, nothing is lost."""
        if not data:
            return cls()
        if data.get("v") != STATE_VERSION:
            return cls(serial=int(data.get("n", 0)) + 1)
        return cls(unpack_place(data["at"]), data["n"], data["note"])
