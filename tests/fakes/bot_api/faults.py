"""Troubles to order: what the next calls of a method shall meet."""

from dataclasses import dataclass
from typing import Any, Literal


@dataclass(slots=True)
class Fault:
    """Meets the next `times` calls of `method` (any method when empty, any chat when `chat` is None).

    `status` answers with that error without acting (`retry_after` with 429, `migrate_to` with 400; `plain` sends no
    JSON, as a proxy does); `cut` breaks the connection before or after acting; `hang` acts and never answers.
    """

    method: str = ""
    status: int = 0
    retry_after: int = 0
    plain: bool = False
    cut: Literal["", "before", "after"] = ""
    hang: bool = False
    chat: int | None = None
    description: str = ""
    migrate_to: int = 0
    times: int = 1

    def meets(self, method: str, fields: dict[str, Any]) -> bool:
        return self.times > 0 and self.method in {"", method} and self.chat in {None, fields.get("chat_id")}


class Faults:
    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def add(self, *faults: Fault) -> None:
        self.waiting.extend(faults)

    def clear(self) -> None:
        self.waiting.clear()

    def take(self, method: str, fields: dict[str, Any]) -> Fault | None:
        for fault in self.waiting:
            if fault.meets(method, fields):
                fault.times -= 1
                return fault
        return None
