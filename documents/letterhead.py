"""What stands on top of every paper of the Party: the bodies, the place and the day."""

from dataclasses import dataclass
from datetime import date

from documents.self_review import place_and_day


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`cell` is empty on the committee's own papers. `day` None leaves dots, to be dated when the paper is signed."""

    committee: str
    year: int
    cell: str = ""
    place: str = ""
    day: date | None = None

    def fields(self) -> dict[str, object]:
        return {
            "dang_bo": self.committee.upper(),
            "chi_bo": self.cell.upper(),
            "ten_dang_bo": self.committee,
            "ten_chi_bo": self.cell,
            "noi_ngay": place_and_day(self.place, self.day, self.year),
            "nam": str(self.year),
        }
