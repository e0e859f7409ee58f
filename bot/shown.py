"""Which message first showed a chat's present screen: words sent before it answer something else."""

from collections.abc import Hashable
from dataclasses import dataclass

_REMEMBERED_CHATS = 10_000


@dataclass(slots=True)
class _Chat:
    """`first` and `last` are numbers of our messages. `one_row`: the person's messages are numbered in the same row."""

    serial: int = -1
    first: int = 0
    last: int = 0
    one_row: bool = False


class FirstShown:
    """Remembers what this process delivered; of the chats that were quiet for longest it forgets.

    The order of messages is only judged where a chat's two sides are seen to share one row of numbers, as on
    Telegram; another server that numbers each side by itself tells nothing about who came first.
    """

    def __init__(self) -> None:
        self._chats: dict[Hashable, _Chat] = {}

    def note(self, chat: Hashable, serial: int, number: int) -> None:
        """Screen `serial` went out as message `number` (0: drawn over an earlier one); again, it keeps its first."""
        known = self._chats.pop(chat, _Chat())
        if known.serial != serial:
            known.serial, known.first = serial, number
        known.last = max(known.last, number)
        self._chats[chat] = known
        if len(self._chats) > _REMEMBERED_CHATS:
            del self._chats[next(iter(self._chats))]

    def is_early(self, chat: Hashable, serial: int, number: int) -> bool:
        """Whether the message with this number was sent before the screen was there; unknown numbers are 0."""
        known = self._chats.get(chat, _Chat())
        known.one_row = known.one_row or number > known.last > 0
        return known.one_row and known.serial == serial and 0 < number < known.first
