"""A small rule pack with every kind of question, for tests that must not depend on the wording of a shipped pack."""

from review.forms import Condition, Form, Group, Option, Question, Section
from review.pack import GradeRule, Pack
from review.responses import Grade

GRADES: tuple[tuple[Grade, str, str, int], ...] = (
    ("excellent", "Hoàn thành xuất sắc nhiệm vụ", "HTXS", 90),
    ("good", "Hoàn thành tốt nhiệm vụ", "HTT", 70),
    ("completed", "Hoàn thành nhiệm vụ", "HT", 50),
    ("not_completed", "Không hoàn thành nhiệm vụ", "KHT", 0),
)
GRADE_RULES = {grade: GradeRule(grade, label, short, points, source="thử") for grade, label, short, points in GRADES}
YES_NO = (Option("yes", "Có"), Option("no", "Không"))
SHORTCOMINGS = Group(
    "shortcomings",
    (
        Question("text", "text", "Hạn chế, khuyết điểm", "Việc gì đồng chí làm chưa tốt?", example="Ba buổi họp vắng."),
        Question("cause", "text", "Nguyên nhân", "Vì sao như vậy?"),
        Question("own_part", "text", "Trách nhiệm của bản thân", "Phần của đồng chí trong việc này là gì?"),
    ),
    item_title="Hạn chế",
    ask_more="Còn hạn chế nào nữa không?",
    most=3,
)
FIXED = Group(
    "fixed",
    (
        Question(
            "status",
            "choice",
            "Kết quả khắc phục",
            "Đến nay thế nào?",
            options=(Option("done", "Đã xong"), Option("partly", "Xong một phần"), Option("not", "Chưa làm được")),
        ),
        Question("evidence", "text", "Cụ thể", "Căn cứ vào đâu?", required=False),
    ),
    source="carried",
)
MEASURES = Group(
    "measures",
    (
        Question("measure", "text", "Biện pháp", "Đồng chí sẽ làm gì?"),
        Question("due", "date", "Thời hạn", "Xong khi nào?"),
    ),
    item_title="Biện pháp",
    ask_more="Còn biện pháp nào nữa không?",
    most=3,
)
EXPLANATIONS = Group(
    "explanations",
    (
        Question("cause", "text", "Giải trình, nguyên nhân", "Việc này thực tế thế nào, vì sao xảy ra?"),
        Question("own_part", "text", "Trách nhiệm của bản thân", "Phần của đồng chí trong việc này là gì?"),
    ),
    source="suggested",
    item_title="Vấn đề được gợi ý",
)
COLLECTIVE_PART = Group(
    "collective_part",
    (Question("own_part", "text", "Trách nhiệm với hạn chế của tập thể", "Phần của đồng chí trong việc này là gì?"),),
    source="collective",
    item_title="Hạn chế của tập thể",
)
SELF_REVIEW = Form(
    "2C",
    "Bản kiểm điểm cá nhân",
    "self_review",
    (
        Section(
            "s1",
            "I",
            "Ưu điểm, kết quả",
            (
                Question("conduct", "text", "Phẩm chất chính trị", "Năm nay đồng chí giữ mình thế nào?"),
                Question(
                    "meetings",
                    "number",
                    "Số buổi sinh hoạt đã dự",
                    "Đồng chí dự bao nhiêu buổi?",
                ),
                Question(
                    "unions",
                    "many",
                    "Đoàn thể",
                    "Đồng chí tham gia đoàn thể nào?",
                    options=(Option("ccb", "Cựu chiến binh"), Option("nd", "Nông dân"), Option("pn", "Phụ nữ")),
                ),
                Question(
                    "abroad", "choice", "Đi nước ngoài", "Năm nay đồng chí có ra nước ngoài không?", options=YES_NO
                ),
                Question("abroad_why", "text", "Lý do", "Đi đâu, việc gì?", when=Condition("abroad", ("yes",))),
                Question("wish", "text", "Nguyện vọng", "Đồng chí có đề nghị gì không?", required=False),
            ),
        ),
        Section("s2", "II", "Hạn chế, khuyết điểm", (SHORTCOMINGS,)),
        Section("s3", "III", "Kết quả khắc phục", (FIXED,), empty="Không có", asked_first=True),
        Section("s4", "IV", "Giải trình vấn đề được gợi ý", (EXPLANATIONS,), empty="Không có"),
        Section("s5", "V", "Trách nhiệm với hạn chế của tập thể", (COLLECTIVE_PART,), empty="Không có"),
        Section("s6", "VI", "Biện pháp khắc phục", (MEASURES,)),
        Section(
            "points",
            "",
            "Tự chấm điểm",
            (
                Question("c01", "score", "Ý thức kỷ luật", "Dự họp đầy đủ.", max_points=2, points_group="Chung"),
                Question(
                    "t01", "score", "Nhiệm vụ được giao", "Kết quả việc chính.", max_points=20, points_group="Việc"
                ),
            ),
        ),
        Section(
            "s7",
            "VII",
            "Tự nhận mức xếp loại",
            (
                Question(
                    "self_grade",
                    "choice",
                    "Tự nhận mức xếp loại chất lượng",
                    "Đồng chí tự nhận mức nào?",
                    options=tuple(Option(grade, label) for grade, label, _, _ in GRADES),
                ),
            ),
        ),
    ),
    version="3f9a01c2",
)
COLLECTIVE_SHORTCOMINGS = Group(
    "shortcomings",
    (
        Question("text", "text", "Hạn chế, khuyết điểm", "Việc gì chi bộ làm chưa tốt?"),
        Question("cause", "text", "Nguyên nhân", "Vì sao như vậy?"),
        Question("owners", "people", "Người chịu trách nhiệm", "Ai chịu trách nhiệm về việc này?"),
    ),
    item_title="Hạn chế",
    ask_more="Chi bộ còn hạn chế nào nữa không?",
    most=3,
)
COLLECTIVE = Form(
    "01",
    "Báo cáo kiểm điểm tập thể",
    "collective_review",
    (
        Section("s1", "I", "Ưu điểm", (Question("results", "text", "Kết quả năm", "Chi bộ làm được gì?"),)),
        Section("s2", "II", "Hạn chế, khuyết điểm", (COLLECTIVE_SHORTCOMINGS,)),
        Section("s3", "III", "Kết quả khắc phục", (FIXED,), empty="Không có", asked_first=True),
        Section("s4", "IV", "Giải trình vấn đề được gợi ý", (EXPLANATIONS,), empty="Không có"),
        Section("s6", "VI", "Biện pháp khắc phục", (MEASURES,)),
    ),
    version="01c0ffee",
)
REMARK = Form(
    "residence_remark",
    "Nhận xét nơi cư trú",
    "residence_remark",
    (
        Section(
            "r",
            "",
            "Nhận xét",
            (
                Question(
                    "meetings",
                    "choice",
                    "Họp khối",
                    "Tham gia họp và việc chung của khối?",
                    options=(Option("often", "Thường xuyên"), Option("gone", "Không ở đây nữa", ends=True)),
                ),
                Question("free", "text", "Ý kiến khác", "Có gì thêm không?", required=False),
            ),
        ),
    ),
    version="77aa10be",
)
SMALL_PACK = Pack(
    "small",
    "Bộ biểu mẫu thử",
    "1",
    retention_years=3,
    forms={"01": COLLECTIVE, "2C": SELF_REVIEW, "residence_remark": REMARK},
    grades=GRADE_RULES,
    peer_groups={"member": "đảng viên không giữ chức vụ"},
)
