"""Minutes of a cell's review meeting and of the count of its votes; what is not known is written in by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from documents.graded import GradedMember, grade_titles, lines
from documents.letterhead import Letterhead
from documents.self_review import DOTS, day
from documents.template import fill
from review.meetings import Meeting, needed, rule_of
from review.pack import Pack

NO_REASON = "không rõ"


@dataclass(frozen=True, slots=True)
class Minutes:
    """`meeting` None gives minutes to be filled in by hand. `names`: person id -> name, for those absent."""

    head: Letterhead
    pack: Pack
    rows: Sequence[GradedMember]
    meeting: Meeting | None = None
    names: Mapping[int, str] = field(default_factory=dict)


def minutes_docx(paper: Minutes, template: bytes) -> bytes:
    """The template decides which minutes: "meeting_minutes" or "vote_minutes"."""
    meeting = paper.meeting
    ungraded = sum(row.cell_grade is None for row in paper.rows)
    own: dict[str, object] = {
        "nguoi": lines(paper.pack, paper.rows),
        "muc": grade_titles(paper.pack),
        "ngay_hop": day(meeting.held_on) if meeting else DOTS * 2,
        "lan": str(meeting.round) if meeting else DOTS,
        "trieu_tap": str(meeting.official) if meeting else DOTS,
        "co_mat": str(meeting.present) if meeting else DOTS,
        "vang_mat": str(meeting.official - meeting.present) if meeting else DOTS,
        "can_co": str(needed(meeting, rule_of(paper.pack))) if meeting else DOTS,
        "nguoi_vang": _absent(meeting, paper.names) if meeting else [],
        "cach_bo_phieu": _way(meeting),
        "so_chua_xep": str(ungraded) if meeting else DOTS,
        **_ballots(paper),
    }
    return fill(template, paper.head.fields() | own)


def _way(meeting: Meeting | None) -> str:
    if meeting is None:
        return "biểu quyết"
    return "bỏ phiếu kín" if meeting.secret else "biểu quyết giơ tay"


def _absent(meeting: Meeting, names: Mapping[int, str]) -> list[dict[str, str]]:
    return [
        {"ho_ten": names.get(one.person_id, ""), "ly_do": one.reason.strip().rstrip(".") or NO_REASON}
        for one in meeting.absences
    ]


def _ballots(paper: Minutes) -> dict[str, str]:
    """One ballot lists everybody, so it came back as often as votes were cast on each. Where the counts on single
    persons differ the numbers are left to the counting team: the program does not guess which sheets were spoilt.
    """
    cast = {(row.votes.cast, row.votes.invalid) for row in paper.rows if row.votes}
    issued = str(paper.meeting.present) if paper.meeting else DOTS
    if len(cast) != 1:
        return {"phat_ra": issued, "thu_ve": DOTS, "hop_le": DOTS, "khong_hop_le": DOTS}
    ((back, spoilt),) = cast
    return {"phat_ra": issued, "thu_ve": str(back), "hop_le": str(back - spoilt), "khong_hop_le": str(spoilt)}
