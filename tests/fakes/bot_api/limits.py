"""Telegram's rate limits, when a test wants them: too many messages in a second are refused with 429."""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.bot_api.errors import too_many


@dataclass(slots=True)
class Limits:
    """At most `overall` messages in any second and one in `per_chat` seconds to a chat, on `clock` (seconds)."""

    clock: Callable[[], float]
    overall: int = 30
    per_chat: float = 1.0
    _sent: deque[float] = field(default_factory=deque)
    _to_chat: dict[int, float] = field(default_factory=dict)

    def check(self, chat_id: int) -> None:
        now = self.clock()
        while self._sent and now - self._sent[0] >= 1:
            self._sent.popleft()
        wait = self._to_chat.get(chat_id, -math.inf) + self.per_chat - now
        if len(self._sent) >= self.overall or wait > 0:
            raise too_many(max(1, math.ceil(wait)))
        self._sent.append(now)
        self._to_chat[chat_id] = now
