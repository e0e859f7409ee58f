"""File names any machine can hold: plain letters, digits and dashes, never two alike."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

LONGEST = 60


def slug(text: str) -> str:
    """ "Chi bộ Khối 5" -> "chi-bo-khoi-5"; "khong-ten" where no letter is left."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode())[:LONGEST].strip("-") or "khong-ten"


def apart(name: str, taken: set[str]) -> str:
    """The name, or with -2, -3 … where it is taken; it is taken from now on."""
    found = next(one for one in _variants(name) if one not in taken)
    taken.add(found)
    return found


def _variants(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}-{nth}" for nth in count(2))
