"""A broken pack: every fault with its file, its line and a reason; nothing is loaded."""

import shutil
from pathlib import Path

import pytest

from review.pack import PACKS, PackFaults, load

SHIPPED = PACKS / "hd43-2025"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "our-pack", ignore=shutil.ignore_patterns("*.docx")))


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old`; the line it stood on."""
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackFaults) as caught:
        load(folder)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [str(fault) for fault in caught.value.faults]


def test_a_copied_pack_loads_under_its_own_name(pack):
    loaded = load(str(pack))
    assert loaded.name == "our-pack"
    assert loaded.forms["2A"].version == load("hd43-2025").forms["2A"].version


def test_a_changed_word_is_another_version(pack):
    change(pack, "questions.toml", "Đồng chí kể vài việc cụ thể.", "Kể vài việc.")
    changed, shipped = load(pack), load("hd43-2025")
    assert changed.forms["2C"].version != shipped.forms["2C"].version
    assert changed.forms["residence_remark"].version == shipped.forms["residence_remark"].version


SHAPES = [
    ("pack.toml", 'title = "Kiểm điểm', 'titel = "Kiểm điểm', 0, ["thiếu mục «title»", "không có mục nào tên «titel»"]),
    ("pack.toml", "retention_years = 3", 'retention_years = "3"', 1, ["«retention_years» phải là số nguyên"]),
    ("pack.toml", "retention_years = 3", "retention_years = 0", 1, ["retention_years phải từ 1 trở lên"]),
    (
        "pack.toml",
        "max_points = 70",
        "max_points = 60",
        0,
        ["cộng lại bằng 100", "điểm của nhóm «tasks» cộng lại là 70"],
    ),
    ("pack.toml", "min_points = 90", "min_points = 190", 1, ["«min_points» không được quá 100"]),
    ("pack.toml", "min_points = 90", "min_points = 60", 0, ["min_points phải giảm dần"]),
    ("pack.toml", "min_points = 50", "min_points = 50.5", 1, ["«min_points» phải là số nguyên"]),
    ("pack.toml", 'grade = "good"', 'grade = "super"', 1, ["«grade» chỉ nhận: 'excellent', 'good'"]),
    ("pack.toml", 'grade = "good"', 'grade = "completed"', 0, ["cần đủ bốn mức xếp loại"]),
    ("pack.toml", 'label = "Hoàn thành tốt nhiệm vụ"', 'label = ""', 1, ["«label» đang để trống"]),
    ("pack.toml", "at_least = 30", "at_least = 30\nat_most = 40", 0, ["cần đúng một trong"]),
    ("pack.toml", "at_least = 30", "yes = true", 0, ["«tasks_above» là số phần trăm"]),
    ("pack.toml", "below = 50", 'grades = ["good"]', 0, ["«tasks_done» là số phần trăm"]),
    ("pack.toml", 'forms = ["2B"]', 'forms = ["2X"]', 0, ["không có mẫu «2X»"]),
    ("pack.toml", 'fact = "tasks_above"', 'fact = "luck"', 1, ["«fact» chỉ nhận"]),
    ("pack.toml", "share = 20", "share = true", 1, ["«share» phải là số nguyên"]),
    ("pack.toml", "reviewed = false", "reviewed = 0", 1, ["«reviewed» phải là true hoặc false"]),
    ("pack.toml", "month = 11\nday = 30", "month = 11\nday = 31", 0, ["không có ngày 31/11"]),
    ("pack.toml", "month = 12\nday = 5", "month = 12\nday = 25", 0, ["các ngày phải theo đúng thứ tự"]),
    ("pack.toml", "[calendar.open]", "[calendar.opening]", 0, ["chỉ nhận: 'open'"]),
    ("questions.toml", 'kind = "text"', 'kind = "texts"', 1, ["«kind» chỉ nhận"]),
    ("questions.toml", 'kind = "text"', 'kind = "people"', 0, ["chỉ mẫu kiểm điểm tập thể hỏi được loại «people»"]),
    ("questions.toml", 'ask = "Năm nay', 'askk = "Năm nay', 0, ["thiếu mục «ask»", "không có mục nào tên «askk»"]),
    ("questions.toml", '{ id = "partly", label', '{ id = "partly", lable', 1, ["thiếu mục «label»", "«lable»"]),
    ("questions.toml", 'hints = ["achievement_only", "vague"]', 'hints = "vague"', 1, ["phải là danh sách"]),
    ("questions.toml", '{ id = "partly"', '{ id = "done"', 0, ["lựa chọn «done» bị trùng"]),
    ("questions.toml", 'label = "Đã xong"', 'label = "Chưa làm được"', 0, ["lựa chọn «Chưa làm được» bị trùng"]),
    ("questions.toml", '{ id = "partly"', '{ id = "một phần"', 0, ["chữ thường không dấu"]),
    ("questions.toml", 'hints = ["vague"]', 'hints = ["bogus"]', 0, ["không có gợi ý «bogus»"]),
    ("questions.toml", 'id = "cause"', 'id = "text"', 0, ["mã «shortcomings.text» bị trùng"]),
    ("questions.toml", 'id = "cause"', 'id = "more"', 0, ["đã được chương trình dùng"]),
    ("questions.toml", 'id = "cause"\nkind', 'id = "cause_of_this_shortcoming"\nkind', 0, ["dài quá 20"]),
    ("questions.toml", "least = 1", "least = 0", 0, ["cần câu hỏi ask_first"]),
    ("questions.toml", "most = 6", "most = 0", 0, ["cần 0 ≤ least ≤ most ≤ 9"]),
    ("questions.toml", "ask_more = ", "# ask_more = ", 0, ["cần câu hỏi ask_more"]),
    ("questions.toml", "[pledge]", "[pledge_of_year]", 0, ["chưa có bảng câu hỏi tên «pledge»", "không mẫu nào dùng"]),
    ("questions.toml", 'help = "Ghi ngày/tháng/năm."', f'help = "{"a" * 900}"', 0, ["tối đa 900"]),
    (
        "questions.toml",
        "required = false",
        'required = false\nwhen = { key = "luck", any_of = ["x"] }',
        0,
        ["«luck» không phải"],
    ),
    ("questions.toml", 'label = "Đã xong"', f'label = "{"a" * 61}"', 0, ["«done»: label dài quá 60"]),
    ("criteria.toml", 'title = "Uy tín"', f'title = "{"a" * 301}"', 0, ["câu «c07»: title dài quá 300"]),
    ("criteria.toml", "max_points = 2", "max_points = 1", 0, ["nhóm «common» cộng lại là 29, phải bằng 30"]),
    ("criteria.toml", "max_points = 2", "max_points = 0", 0, ["max_points phải lớn hơn 0"]),
    (
        "criteria.toml",
        'points_group = "common"',
        'points_group = "extra"',
        0,
        ["nhóm điểm «extra» không có trong pack.toml"],
    ),
    ("criteria.toml", 'id = "c02"', 'id = "c01"', 0, ["mã «c01» bị trùng"]),
    (
        "forms/2A.toml",
        '"member_tasks"',
        '"tasks"',
        1,
        ["chưa có bảng tiêu chí tên «tasks»", "không mẫu nào dùng «member_tasks»"],
    ),
    ("criteria.toml", 'title = "Lập trường chính trị"', "title = 3", 1, ["«title» phải là chữ"]),
    ("criteria.toml", 'title = "Lập trường chính trị"', "title = 2026-12-10", 1, ["«title» phải là chữ"]),
    ("hints.toml", "specific_words = 2", "specific_words = -1", 1, ["«specific_words» phải từ 0 trở lên"]),
    ("hints.toml", 'any_of = ["praise"]', 'any_of = ["prase"]', 0, ["không có bảng [signs.prase]"]),
    ("hints.toml", "[signs.known]\nphrases", "[signs.known]\nphrase", 0, ["thiếu mục «phrases»"]),
    ("hints.toml", "phrases = [", 'phrases = [ "",', 1, ["đang để trống"]),
    ("hints.toml", "message = ", "massage = ", 0, ["thiếu mục «message»"]),
    ("forms/2A.toml", 'id = "2A"', 'id = "2B"', 0, ["mẫu «2B» có ở hai tệp"]),
    ("forms/2A.toml", 'kind = "self_review"', 'kind = "review"', 1, ["«kind» chỉ nhận"]),
    ("forms/2A.toml", '"pledge"]', '"pledges"]', 1, ["chưa có bảng câu hỏi tên «pledges»"]),
    ("forms/2A.toml", '"pledge"]', '"pledge", "duties"]', 0, ["mã «duties» bị trùng trong cùng một mẫu"]),
    ("forms/2A.toml", 'id = "ii"', 'id = "i"', 0, ["mã phần «i» bị trùng"]),
    ("forms/2A.toml", 'id = "ii"', 'id = "II"', 0, ["mã «II» chỉ được dùng chữ thường"]),
    ("forms/2C.toml", "[questions.duties]\nask", "[questions.duties]\nasking", 0, ["không có mục nào tên «asking»"]),
    ("forms/2C.toml", "[questions.duties]", "[questions.luck]", 1, ["không phần nào dùng câu hỏi «luck»"]),
    (
        "forms/residence_remark.toml",
        '{ id = "enough"',
        '{ id = "enough", end = true',
        1,
        ["không có mục nào tên «end»"],
    ),
    (
        "forms/residence_remark.toml",
        'kind = "text"',
        'kind = "text"\noptions = [{ id = "a", label = "A" }]',
        0,
        ["không có options"],
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "on_line", "reasons"), SHAPES, ids=lambda value: str(value)[:30])
def test_a_fault_is_named(pack, file, old, new, on_line, reasons):
    line = change(pack, file, old, new)
    found = faults_of(pack)
    for reason in reasons:
        assert any(reason in fault for fault in found), found
    if on_line:
        assert any(fault.startswith(f"{file}:{line}: ") for fault in found), found
    assert all(":" in fault for fault in found)


def test_the_line_is_that_of_the_piece_at_fault(pack):
    line = change(
        pack,
        "criteria.toml",
        'id = "c03"\ntitle = "Ý thức học tập"\nmax_points = 2',
        'id = "C 3"\ntitle = "Ý"\nmax_points = 2',
    )
    assert faults_of(pack) == [
        f"criteria.toml:{line - 1}: mã «C 3» chỉ được dùng chữ thường không dấu, số và dấu gạch dưới"
    ]


def test_a_shared_fault_is_named_once(pack):
    change(pack, "questions.toml", 'hints = ["no_cause"]', 'hints = ["no_reason"]')
    assert len(faults_of(pack)) == 1


def test_several_faults_come_together_in_file_order(pack):
    change(pack, "pack.toml", "retention_years = 3", "retention_years = 0")
    change(pack, "criteria.toml", "max_points = 2", "max_points = 1")
    change(pack, "hints.toml", "alike_percent = 85", "alike_percent = 185")
    assert [fault.split(":")[0] for fault in faults_of(pack)] == ["forms/2A.toml", "hints.toml", "pack.toml"]


def remark(pack: Path, question: str) -> list[str]:
    change(pack, "forms/residence_remark.toml", "[questions.remark]\n", f"[questions.remark]\n{question}\n")
    return faults_of(pack)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ('{ key = "meetings", any_of = [] }', "any_of đang trống"),
        ('{ key = "meetings", any_of = ["rarely"] }', "«rarely» không phải lựa chọn của câu «meetings»"),
        ('{ key = "meetings", any = ["often"] }', "không có mục nào tên «any»"),
        ('{ key = "remark", any_of = ["often"] }', "«remark» không phải một câu hỏi đứng trước"),
    ],
)
def test_conditions(pack, when, reason):
    assert any(reason in fault for fault in remark(pack, f"when = {when}"))


def test_a_condition_inside_a_group(pack):
    change(pack, "questions.toml", 'id = "own_part"', 'id = "own_part"\nwhen = { key = "conduct", any_of = [""] }')
    assert any("nhóm lặp không dùng được when" in fault for fault in faults_of(pack))


def test_a_closed_question_needs_options(pack):
    change(pack, "forms/residence_remark.toml", 'kind = "text"', 'kind = "choice"')
    assert any("cần từ 2 đến 9 lựa chọn" in fault for fault in faults_of(pack))


def test_a_group_without_questions(pack):
    text = (pack / "questions.toml").read_text("utf-8")
    start, end = text.index("[[fixed.questions]]"), text.index("[explanations]")
    (pack / "questions.toml").write_text(text[:start] + "questions = []\n\n" + text[end:], "utf-8")
    assert any("nhóm «fixed»: chưa có câu hỏi nào" in fault for fault in faults_of(pack))


def test_a_grade_without_source(pack):
    change(pack, "pack.toml", 'min_points = 90\nsource = "366-QĐ/TW, Điều 11, theo bản tóm tắt"', "min_points = 90")
    assert any("thiếu mục «source»" in fault for fault in faults_of(pack))


def test_the_last_grade_takes_everybody(pack):
    change(
        pack,
        "pack.toml",
        "min_points = 0\n",
        "min_points = 0\nrules = [{ text = 'a', fact = 'disciplined', yes = true, source = 'b' }]\n",
    )
    assert any("mức cuối không được có điều kiện" in fault for fault in faults_of(pack))


def test_an_office_that_confirmed_a_form_unmarks_it(pack):
    change(pack, "forms/residence_remark.toml", "unverified = true", "unverified = false")
    assert "forms.residence_remark" not in {gap.where for gap in load(pack).unverified}


def test_a_condition_on_an_earlier_question_loads(pack):
    change(
        pack,
        "forms/residence_remark.toml",
        "[questions.remark]\n",
        '[questions.remark]\nwhen = { key = "meetings", any_of = ["often", ""] }\n',
    )
    assert load(pack).forms["residence_remark"].sections[0].blocks[-1].when.any_of == ("often", "")


def test_missing_files_are_named_before_anything_else(pack):
    (pack / "hints.toml").unlink()
    (pack / "criteria.toml").write_bytes(b"\xff\xfe")
    assert faults_of(pack) == [
        "hints.toml: không có tệp này trong gói",
        "criteria.toml: không đọc được tệp; cần là tệp văn bản mã UTF-8",
    ]


def test_a_pack_without_forms(pack):
    shutil.rmtree(pack / "forms")
    assert faults_of(pack) == ["forms: thư mục này chưa có mẫu nào (*.toml)"]


def test_a_slip_in_the_syntax(pack):
    line = change(pack, "questions.toml", 'kind = "text"', "kind = text")
    assert faults_of(pack)[0].startswith(f"questions.toml:{line}: sai cú pháp TOML")


@pytest.mark.parametrize("value", ["3", '"x"', "[]"])
def test_a_question_that_is_no_table(pack, value):
    change(pack, "questions.toml", "[conduct]", f"pledge = {value}\n[conduct]")
    change(pack, "questions.toml", "[pledge]", "[pledge_old]")
    assert any("chưa có bảng câu hỏi tên «pledge»" in fault for fault in faults_of(pack))


@pytest.mark.parametrize("value", ["3", '"x"', "[[1]]"])
def test_own_questions_that_are_no_table(pack, value):
    change(pack, "forms/2A.toml", 'id = "2A"', f'id = "2A"\nquestions = {value}')
    assert any("questions" in fault for fault in faults_of(pack))
