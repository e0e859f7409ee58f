"""A screen: all that a dialogue knows of a phone. Each channel draws it as well as it can."""

from dataclasses import dataclass, field
from typing import Literal

from conversations.place import Place, pack_place

Waiting = Literal["text", "number", "date"]
CellPaper = Literal[
    "remark_request", "ballot_grades", "meeting_minutes", "vote_minutes", "proposals", "proposals_book", "not_graded",
    "remedy_cell",
]  # fmt: skip
CommitteePaper = Literal[
    "ballot_excellent", "decision", "all_not_graded", "report", "report_book", "report_pdf",
]  # fmt: skip
PaperKind = Literal[
    "self_review", "blank_self_review", "blank_self_reviews", "collective_review", "remark_slip", "blank_remark_slip",
    "summary_workbook", "progress_chart", "call_list", "my_result", "remedy_person", "linking_qr", "invitation_slip",
    "my_data_copy", "my_data_file",
    CellPaper, CommitteePaper,
]  # fmt: skip
PICTURES: tuple[PaperKind, ...] = ("progress_chart", "linking_qr")
"""What a page shows in place."""

MAX_ACTION_BYTES = 52  # Telegram gives a button 64 bytes; the door adds the screen's serial and a dot


@dataclass(frozen=True, slots=True)
class Choice:
    """One way on. Either it only leads somewhere (`to`), or it does something (`act`, judged by the dialogue)."""

    label: str
    to: Place | None = None
    act: str = ""

    @property
    def action(self) -> str:
        """What the button carries: ">place.arg.arg" or "!act"."""
        return f">{pack_place(self.to)}" if self.to else f"!{self.act}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document or picture to hand over, named by what it is about; it is made when it is delivered."""

    kind: PaperKind
    about: int
    title: str


@dataclass(frozen=True, slots=True)
class Screen:
    """`text` may use **bold** and _italic_ and blank lines between paragraphs; nothing else.

    `waits_for` is set exactly when the screen shows ✍️. `keeps` asks the channel to leave the screen
    in the chat (a receipt) instead of drawing the next one over it. `note` repeats the one-time sentence that
    `text` begins with, if it begins with one, for a channel that sets it apart.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    waits_for: Waiting | None = None
    papers: tuple[Paper, ...] = field(default=())
    keeps: bool = False
    note: str = ""
