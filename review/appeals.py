"""What a member says to the own result: an explanation, or a complaint that somebody without a part in it answers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

AppealKind = Literal["explanation", "complaint"]
Outcome = Literal["kept", "changed"]


@dataclass(frozen=True, slots=True)
class Appeal:
    """It stops nothing, but the entry is marked until it is answered. An explanation asks for no answer."""

    id: int
    decision_id: int
    person_id: int
    kind: AppealKind
    text: str
    made_at: datetime
    handler_id: int | None = None
    answer_due: date | None = None
    outcome: Outcome | None = None
    answer: str = ""
    answered_at: datetime | None = None
