"""Telegram's rate limits, when a test wants them: too many messages in a second are refused with 429."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.bot_api.errors import too_many


@dataclass(slots=True)
class Limits:
    """At most `overall` messages in any second, one a second to a chat, 20 a minute to a group; `clock` in seconds.

    `sent` has the moment of every message that was let through.
    """

    clock: Callable[[], float]
    overall: int = 30
    per_chat: float = 1.0
    per_group: int = 20
    sent: list[float] = field(default_factory=list)
    _lately: deque[float] = field(default_factory=deque)
    _to_chat: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, chat_id: int) -> None:
        now = self.clock()
        chat = self._to_chat[chat_id]
        most, seconds = (self.per_group, 60.0) if chat_id < 0 else (1, self.per_chat)
        waits = [_until_room(self._lately, self.overall, 1.0, now), _until_room(chat, most, seconds, now)]
        if max(waits) > 0:
            raise too_many(max(1, math.ceil(max(waits))))
        for row in (self.sent, self._lately, chat):
            row.append(now)


def _until_room(row: deque[float], most: int, seconds: float, now: float) -> float:
    while row and now - row[0] >= seconds:
        row.popleft()
    return row[0] + seconds - now if len(row) >= most else 0
