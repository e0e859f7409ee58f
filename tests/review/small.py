"""A small form with every kind of block, for tests that must not depend on the wording of the shipped pack."""

from review.forms import Condition, Form, Given, Group, Item, Option, Question, Section

YES_NO = (Option("yes", "Có"), Option("no", "Không"))
TEXT = Question("text", "text", "Hạn chế", "Việc gì chưa tốt?")
SHORTCOMINGS = Group(
    "shortcomings", (TEXT, Question("cause", "text", "Nguyên nhân", "Vì sao?")), most=3, ask_more="Còn?"
)
WISHES = Group("wishes", (Question("wish", "text", "Nguyện vọng", "Gì?"),), least=0, most=2, ask_first="Có không?")
FIXED = Group("fixed", (Question("status", "choice", "Kết quả", "Thế nào?", options=YES_NO),), source="carried")
FORM = Form(
    "2C",
    "Mẫu thử",
    "self_review",
    (
        Section(
            "i",
            "I",
            "Ưu điểm",
            (
                Question("abroad", "choice", "Ra nước ngoài", "Có đi không?", options=YES_NO),
                Question("why", "text", "Lý do", "Đi đâu?", when=Condition("abroad", ("yes",))),
                Question(
                    "quiet", "text", "Chưa rõ", "Sao chưa trả lời?", required=False, when=Condition("abroad", ("",))
                ),
                Question("unions", "many", "Đoàn thể", "Ở đâu?", options=YES_NO, required=False),
                Question("meetings", "number", "Số buổi", "Bao nhiêu?"),
                Question("since", "date", "Từ ngày", "Bao giờ?"),
            ),
        ),
        Section("ii", "II", "Hạn chế", (SHORTCOMINGS, WISHES)),
        Section("iii", "III", "Khắc phục", (FIXED,), empty="Không có."),
        Section(
            "points",
            "",
            "Điểm",
            (
                Question("c01", "score", "Kỷ luật", "Dự họp.", max_points=2, points_group="common"),
                Question("t01", "score", "Việc", "Kết quả.", max_points=10, points_group="tasks"),
            ),
        ),
        Section("vii", "VII", "Tự nhận", (Question("self_grade", "choice", "Mức", "Mức nào?", options=YES_NO),)),
    ),
)
LAST_YEAR = Given(carried=(Item("7", "Gặp nốt 3 hộ"), Item("8", "Lập sổ")))
