"""A small pack, people and answers for the papers; the real packs have more of the same."""

from datetime import UTC, date, datetime

from review.calendar import Cycle
from review.forms import Form, Given, Group, Item, Option, Question, Section
from review.pack import GradeRule, Pack, PointsGroup
from review.people import Person, Unit
from review.responses import Answers, Response

COMMITTEE = Unit(1, "P", "Đảng bộ phường Trường Vinh", "committee")
CELL = Unit(2, "K5", "Chi bộ Khối 5", "cell", 1)
SCHOOL = Unit(3, "TH", "Chi bộ Trường THCS Lê Lợi", "cell", 1)
HOA = Person(
    7, "001", "Nguyễn Thị Hoa", SCHOOL, date(1968, 5, 1), "2A", "Không giữ chức vụ", CELL,
    party_post="Chi ủy viên", union_post="Chi hội trưởng phụ nữ", workplace="Trường THCS Lê Lợi",
)  # fmt: skip
GRADE_LABELS = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "not_completed": "Không hoàn thành nhiệm vụ",
}


def text(id_: str, title: str) -> Question:
    return Question(id_, "text", title, title)


def score(id_: str, title: str, points: int, group: str) -> Question:
    return Question(id_, "score", title, title, max_points=points, points_group=group)


SECTIONS = (
    Section("i", "I", "Ưu điểm, kết quả đạt được", (
        text("conduct", "1. Về phẩm chất chính trị; phẩm chất đạo đức, lối sống; ý thức tổ chức kỷ luật"),
        text("duties", "2. Về thực hiện chức trách, nhiệm vụ được giao"),
    )),
    Section("ii", "II", "Hạn chế, khuyết điểm và nguyên nhân", (
        Group("shortcomings", (text("text", "Hạn chế"), text("cause", "Nguyên nhân")), item_title="Hạn chế"),
    )),
    Section("iii", "III", "Kết quả khắc phục những hạn chế, khuyết điểm", (
        Group(
            "fixed",
            (Question("status", "choice", "Kết quả", "?", options=(Option("done", "Đã khắc phục xong"),)),),
            "carried", "Hạn chế năm trước",
        ),
    ), empty="Không có hạn chế chuyển từ năm trước."),
    Section("iv", "IV", "Giải trình những vấn đề được gợi ý kiểm điểm (nếu có)", (
        Group("explanations", (text("cause", "Nguyên nhân"),), "suggested", "Vấn đề"),
    ), empty="Không có vấn đề được gợi ý."),
    Section("vi", "VI", "Phương hướng, biện pháp khắc phục", (
        Group(
            "measures",
            (text("measure", "Biện pháp"), Question("due", "date", "Thời hạn", "?")),
            item_title="Biện pháp",
        ),
    )),
    Section("vii", "VII", "Kết quả tự chấm điểm và tự nhận mức xếp loại chất lượng", (
        score("c01", "Lập trường tư tưởng, bản lĩnh chính trị", 20, "common"),
        score("c02", "Gắn bó với Nhân dân nơi cư trú", 10, "common"),
        score("t01", "Kết quả thực hiện nhiệm vụ được phân công", 70, "tasks"),
        Question(
            "self_grade", "choice", "Tự nhận mức xếp loại", "?",
            options=tuple(Option(grade, label) for grade, label in GRADE_LABELS.items()),
        ),
    )),
)  # fmt: skip

LEVELS = tuple(
    Option(id_, label)
    for id_, label in {
        "often": "Thường xuyên", "sometimes": "Thỉnh thoảng", "never": "Chưa tham gia", "unknown": "Không nắm được",
    }.items()
)  # fmt: skip
REMARK = Form("residence_remark", "Phiếu nhận xét", "residence_remark", (
    Section("r", "", "Nhận xét", (
        Question("meetings", "choice", "Tham gia họp và việc chung của khối", "?", options=LEVELS),
        Question("example", "choice", "Bản thân và gia đình gương mẫu chấp hành chủ trương, pháp luật", "?",
                 options=LEVELS),
        text("other", "Nhận xét khác"),
    )),
))  # fmt: skip

PACK = Pack(
    "sample", "Gói mẫu", "1", 3,
    forms={name: Form(name, f"Mẫu {name}", "self_review", SECTIONS) for name in ("2A", "2B", "2C")}
    | {"residence_remark": REMARK},
    grades={grade: GradeRule(grade, label, label, 0, "mẫu") for grade, label in GRADE_LABELS.items()},  # type: ignore[arg-type, misc]
    points={
        "common": PointsGroup("Nhóm tiêu chí chung", 30, "mẫu"),
        "tasks": PointsGroup("Nhóm tiêu chí kết quả thực hiện nhiệm vụ", 70, "mẫu"),
    },
)  # fmt: skip
CYCLE = Cycle(1, 2026, "sample")
GIVEN = Given(carried=(Item("9", "Gặp nốt 3 hộ chưa hiến đất"),))
ANSWERS: Answers = {
    "conduct": "Chấp hành nghiêm chủ trương, nghị quyết của Đảng.\nTham gia đủ 12/12 kỳ sinh hoạt chi bộ.",
    "duties": "Vận động 14/16 hộ xóm 3 hiến đất, mở 620 m đường, xong trước hạn một tháng. " * 3,
    "shortcomings.1.text": "Còn hai hộ chưa gặp được.",
    "shortcomings.1.cause": "Tôi chưa sắp xếp được thời gian buổi tối.",
    "shortcomings.1.more": "yes",
    "shortcomings.2.text": "Chậm nộp báo cáo quý 2.",
    "shortcomings.2.cause": "Chủ quan.",
    "shortcomings.2.more": "no",
    "fixed.9.status": "done",
    "measures.1.measure": "Gặp hai hộ còn lại vào tối thứ bảy.",
    "measures.1.due": "2027-02-28",
    "measures.1.more": "no",
    "scores.c01": 19.5,
    "scores.c01.reason": "Một lần họp muộn.",
    "scores.c02": 10,
    "scores.t01": 62,
    "scores.t01.reason": "Còn hai hộ.",
    "self_grade": "good",
}
SUBMITTED = Response(
    5, "self_review", "2A", 7, 7, "submitted", ANSWERS, submitted_at=datetime(2026, 12, 2, 20, 31, tzinfo=UTC),
    receipt="K7-4F2QXM",
)  # fmt: skip
