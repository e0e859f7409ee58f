"""Going forward as the contract promises: the first choice, and typing where ✍️ stands."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.fakes.bot_api import Person, Shown

if TYPE_CHECKING:
    from tests.end_to_end.house import House

FAR = 250  # screens; nobody needs more
PEN = "✍️"
WORDS = "Vận động 14/16 hộ xóm 3 hiến đất, xong 30/09."


def check_text(text: str) -> None:
    assert 0 < len(text) <= 4096, f"{len(text)} characters"
    assert text.count(PEN) <= 2, text


def typed_for(text: str) -> str:
    """What a person types on a screen with ✍️."""
    if "số điểm" in text or "một con số" in text:
        return "1"
    if "ngày/tháng/năm" in text:
        return "31/03/2027"
    return WORDS


async def forward(house: "House", phone: Person, shown: Shown, by_number: bool = False) -> Shown:
    """One step from the screen that is shown."""
    if PEN in shown.text:
        return await house.asks(phone, typed_for(shown.text))
    if by_number:
        return await house.asks(phone, "1")
    return await house.taps(phone, 1, of=shown)


async def walk(house: "House", phone: Person, shown: Shown, until: str, by_number: bool = False) -> list[Shown]:
    """Forward until a screen says `until`; all the screens on the way."""
    seen = [shown]
    for _ in range(FAR):
        if until in seen[-1].text:
            return seen
        seen.append(await forward(house, phone, seen[-1], by_number))
    raise AssertionError(f"never came to «{until}»; the last screens:\n" + "\n---\n".join(s.text for s in seen[-4:]))


def from_invitation(house: "House", code: str) -> Callable[[], Person]:
    """A phone that has not sent anything yet."""

    def made() -> Person:
        phone = house.phones[code] = house.api.person(code)
        return phone

    return made
