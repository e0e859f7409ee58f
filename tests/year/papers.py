"""The papers of the year as they are handed over in the chat, and the dossier."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from tests.documents.reading import text_of
from tests.year.before_meeting import ANSWER, CELL_POINT, FAULT, POINT, Chats
from tests.year.committee_decides import CAUSE
from tests.year.office import Chat, Office

DATA = "du-lieu/tong-hop.json"
GRADES = {
    "101": "completed",
    "102": "good",
    "103": "excellent",
    "201": "good",
    "202": "good",
    "203": "good",
    "204": "good",
}


def papers_are_handed_over(chats: Chats) -> None:
    cells_papers_say(chats["101"])
    second_round_says(chats["201"])
    committees_papers_say(chats["C1"])
    reviews_say(chats)


def cells_papers_say(secretary: Chat) -> None:
    minutes = text_of(unit_paper(secretary, "Biên bản họp chi bộ"))
    assert "Đảng viên chính thức được triệu tập: 3; có mặt: 3; vắng mặt: 0." in minutes
    assert "3 | Lê Đình Giáp | Xuất sắc | Xuất sắc" in minutes
    count = text_of(unit_paper(secretary, "Biên bản kiểm phiếu"))
    assert "Mức đề xuất phải được từ 2 phiếu trở lên" in count
    assert "2 | Trần Thị Duyên | 1 | 1 | 1 | 0 | 0" in count
    proposals = text_of(unit_paper(secretary, "Tổng hợp đề xuất xếp loại (.docx)"))
    assert "1 | Nguyễn Văn Cường | 101 |  | Tốt |  |  |  | Hoàn thành | " in proposals
    ballot = text_of(unit_paper(secretary, "Phiếu xếp loại để trống"))
    assert "3 | Lê Đình Giáp | ☐ | ☐ | ☐ | ☐" in ballot
    missing = text_of(unit_paper(secretary, "Danh sách chưa xếp loại"))
    assert "1 | Phạm Thị Hà | 104 | Chi bộ Khối 3 |  | ☒ | ☒ | Chưa nộp bản kiểm điểm" in missing
    assert "2 | Hồ Văn Khang | 105 |" in missing
    plan = text_of(unit_paper(secretary, "Kế hoạch khắc phục của chi bộ"))
    assert "| Lê Đình Giáp | 31/03/2027 |" in plan


def second_round_says(secretary: Chat) -> None:
    """The count of the second meeting is about the one who was voted on again."""
    count = text_of(unit_paper(secretary, "Biên bản kiểm phiếu"))
    assert "(lần 2)" in count
    assert "1 | Bùi Thị Nga | 0 | 3 | 0 | 0 | 0" in count
    assert "Cao Xuân Phúc" not in count


def committees_papers_say(officer: Chat) -> None:
    decision = text_of(unit_paper(officer, "Quyết định công nhận"))
    assert "với 7 đảng viên theo danh sách: Hoàn thành xuất sắc nhiệm vụ: 1; Hoàn thành tốt nhiệm vụ: 5;" in decision
    assert "5 | Đặng Văn Minh | 202 | Chi bộ Trường Tiểu học Hưng Lam | Hoàn thành tốt nhiệm vụ" in decision
    assert "Phạm Thị Hà" not in decision
    report = text_of(unit_paper(officer, "Báo cáo kết quả xếp loại"))
    assert "Tổng số đảng viên: 9; đã xếp loại: 7; chưa xếp loại: 2" in report
    assert "Tổng cộng | 9 | 1 (14,29%) | 5 (71,43%) | 1 (14,29%) | 0 | 2 |" in report
    missing = text_of(unit_paper(officer, "Danh sách chưa xếp loại"))
    assert ["104" in missing, "105" in missing, "204" in missing] == [True, True, False]


def reviews_say(chats: Chats) -> None:
    member, again, secretary = chats["103"], chats["203"], chats["101"]
    for writer in (member, again):
        writer.command("menu")
        writer.tap("Xem bản đã nộp")
    own = text_of(member.paper("Tải bản in"))
    assert [words in own for words in ("Họ và tên: Lê Đình Giáp", FAULT["103"], POINT, ANSWER)] == [True] * 4
    assert CAUSE in text_of(again.paper("Tải bản in"))
    secretary.command("tonghop")
    secretary.tap("Kiểm điểm tập thể", "Bản tập thể đã nộp")
    cells = text_of(secretary.paper("Tải bản in"))
    assert "Tập thể: Chi bộ Khối 3" in cells
    assert "Người chịu trách nhiệm: Lê Đình Giáp" in cells
    assert CELL_POINT in cells


def unit_paper(reader: Chat, title: str) -> bytes:
    """A paper of the cell one leads, or of the committee one decides for."""
    reader.command("tonghop")
    if "Giấy tờ" not in reader.labels:
        reader.tap("Việc khác")
    reader.tap("Giấy tờ")
    return reader.paper(title)


def data_is_exported(office: Office, folder: Path) -> None:
    office.run("export", "--year", "2026", "--format", "json", "--out", "kq.json")
    data = json.loads((folder / "kq.json").read_text("utf-8"))
    people = [one for one in data["decisions"] if one["subject"] in GRADES]
    stages = {stage: {one["subject"] for one in people if one["stage"] == stage} for stage in ("self", "cell")}
    assert stages == {"self": set(GRADES), "cell": set(GRADES)}
    assert {one["subject"]: one["grade"] for one in people if one["stage"] == "committee"} == GRADES
    assert statuses(data) == {"101": "partly", "102": "done", "103": "open", "204": "not_done"}
    assert {"self_review_due", "result", "remedy_check"} <= {one["kind"] for one in data["reminders"]}


def statuses(data: dict[str, Any]) -> dict[str, str]:
    """How far the remedies of some members are."""
    return {one["subject"]: one["status"] for one in data["remedies"] if one["subject"] in ("101", "102", "103", "204")}


def dossier_holds(office: Office, folder: Path) -> None:
    """Whole; and a number changed in it is found, also where the manifest was changed with it."""
    office.run("export", "--year", "2026", "--format", "zip", "--out", "hs.zip")
    assert "its numbers follow from its data" in office.run("verify", "hs.zip")
    with ZipFile(folder / "hs.zip") as whole:
        kept = {name: whole.read(name) for name in whole.namelist()}
    assert "01-chi-bo-khoi-3/kiem-diem-tap-the.docx" in kept
    kept[DATA] = kept[DATA].replace(b'"excellent": 3', b'"excellent": 2', 1)
    manifest = json.loads(kept["manifest.json"])
    told = next(one for one in manifest["files"] if one["path"] == DATA)
    told.update(size=len(kept[DATA]), sha256=sha256(kept[DATA]).hexdigest())
    kept["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(folder / "sai.zip", "w") as changed:
        for name, content in kept.items():
            changed.writestr(name, content)
    assert DATA in office.refused("verify", "sai.zip")
