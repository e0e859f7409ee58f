"""What a member, or a cell, does about the shortcomings named in the review, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents.letterhead import Letterhead
from documents.self_review import day
from documents.template import fill
from review.remedies import Remedy, RemedyStatus

STATES: dict[RemedyStatus, str] = {
    "open": "",
    "partly": "Đã làm một phần",
    "done": "Đã khắc phục xong",
    "not_done": "Chưa khắc phục",
}


@dataclass(frozen=True, slots=True)
class RemedyPlan:
    """`subject`: the member's or the cell's name. `names`: person id -> name, for the owners."""

    head: Letterhead
    subject: str
    remedies: Sequence[Remedy]
    posts: str = ""
    signed_by: str = ""
    names: Mapping[int, str] = field(default_factory=dict)


def remedy_plan_docx(paper: RemedyPlan, template: bytes) -> bytes:
    """The template decides whose: "remedy_person" or "remedy_cell"."""
    own = {
        "chu_the": paper.subject,
        "chuc_vu": paper.posts or "không",
        "ten_ky": paper.signed_by,
        "viec": [_line(nth, remedy, paper.names) for nth, remedy in enumerate(paper.remedies, 1)],
    }
    return fill(template, paper.head.fields() | own)


def _line(nth: int, remedy: Remedy, names: Mapping[int, str]) -> dict[str, str]:
    last = remedy.checks[-1] if remedy.checks else None
    told = [STATES[remedy.status], f"{day(last.at.date())}: {last.note}" if last and last.note else ""]
    return {
        "tt": str(nth),
        "han_che": remedy.shortcoming,
        "bien_phap": remedy.measure,
        "nguoi": names.get(remedy.owner_id, "") if remedy.owner_id else "",
        "han": day(remedy.due),
        "ket_qua": "\n".join(part for part in told if part),
    }
