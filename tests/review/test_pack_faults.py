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
    ("pack.toml", 'label = "Lãnh đạo, quản lý"', 'label = "   "', 1, ["«label» đang để trống"]),
    ("pack.toml", 'label = "Lãnh đạo, quản lý"', f'label = "{"a" * 61}"', 1, ["«label» dài quá 60 chữ cái"]),
    ("pack.toml", 'forms = ["2B", "2C"]', "forms = []", 1, ["«forms» cần ít nhất một dòng"]),
    ("pack.toml", 'counted_apart = ["head"]', 'counted_apart = ["chief"]', 1, ["không có nhóm tương đồng «chief»"]),
    (
        "pack.toml",
        'counted_apart = ["head"]',
        'counted_apart = ["head"]\nshares = { head = 10, luck = 5 }',
        0,
        ["nhóm «head» đã tính riêng", "không có nhóm tương đồng «luck»"],
    ),
    ("pack.toml", 'within = "peer_group"', 'within = "base_organisation"', 1, ["không chia theo nhóm tương đồng"]),
    ("pack.toml", "outstanding_share = 25", "outstanding_share = 15", 1, ["outstanding_share phải từ 20 trở lên"]),
    ("pack.toml", '2B = "2B"', '2B = "2X"', 1, ["form_for: không có mẫu kiểm điểm cá nhân «2X»"]),
    ("pack.toml", '2B = "2B"', '2B = "01"', 1, ["không có mẫu kiểm điểm cá nhân «01»"]),
    ("pack.toml", '2B = "2B"', '2D = "2B"', 1, ["chỉ nhận: '2A', '2B' or '2C'"]),
    ("pack.toml", "graded = false", "graded = true", 0, ["«exempt»: không kiểm điểm thì không xếp loại"]),
    ("pack.toml", "under_months = 6", 'under_months = 6\nstatus = "exempt"', 0, ["chỉ dùng một trong status"]),
    ("pack.toml", "under_months = 6", "under_months = 60", 1, ["«under_months» không được quá 24"]),
    ("pack.toml", "more_than = 50", "more_than = 150", 1, ["«more_than» không được quá 100"]),
    ("pack.toml", 'complaint_days = "', 'complain = "', 1, ["chỉ nhận: 'secret_ballot', 'more_than'"]),
    ("pack.toml", 'more_than = "294', '# "294', 0, ["meeting.sources: chưa ghi nguồn của «more_than»"]),
    ("pack.toml", 'check_days = "hướng', '# "', 0, ["remedies.sources: chưa ghi nguồn của «check_days»"]),
    ("pack.toml", "check_days = [30, 60, 90]", "check_days = [30, 90, 60]", 1, ["check_days phải tăng dần"]),
    ("pack.toml", "check_days = [30, 60, 90]", "check_days = []", 1, ["«check_days» cần ít nhất một dòng"]),
    ("pack.toml", "check_days = [30, 60, 90]", "check_days = [0]", 1, ["phải lớn hơn 0"]),
    ("pack.toml", "min_points = 90", 'min_points = 90\nlevels = { tasks = "good" }', 0, ["không dùng «levels»"]),
    (
        "questions.toml",
        'item_title = "Hạn chế, khuyết điểm"',
        f'item_title = "{"a" * 61}"',
        0,
        ["item_title dài quá 60"],
    ),
    ("questions.toml", 'ask_more = "Đồng chí', f'ask_more = "{"a" * 300}', 0, ["ask_more dài quá 300"]),
    ("questions.toml", 'short = "Phẩm chất', f'short = "{"a" * 60}', 0, ["câu «conduct»: short dài quá 60"]),
    ("questions.toml", 'label = "Đã xong"', 'label = "  "', 1, ["«label» đang để trống"]),
    ("questions.toml", 'id = "evidence"\nkind = "text"', 'id = "evidence"\nkind = "people"', 0, ["chỉ dùng trong mẫu"]),
    (
        "questions.toml",
        'id = "cause"',
        'id = "cause"\nlevel_group = "tasks"',
        0,
        [
            "không có nhóm tiêu chí «tasks»",
            "level_group chỉ dùng cho loại «choice»",
            "trong nhóm lặp không dùng được level_group",
        ],
    ),
    ("questions.toml", "required = false", 'required = false\nonly_with = "writer"', 0, ["không bao giờ được hỏi"]),
    ("forms/01.toml", '"collective_tasks"]', "]", 0, ["điểm của nhóm «tasks» cộng lại là 0, phải bằng 70"]),
    ("pack.toml", "share = 20", "share = true", 1, ["«share» phải là số nguyên"]),
    ("pack.toml", "reviewed = false", "reviewed = 0", 1, ["«reviewed» phải là true hoặc false"]),
    ("pack.toml", "month = 11\nday = 30", "month = 11\nday = 31", 0, ["không có ngày 31/11"]),
    ("pack.toml", "month = 12\nday = 5", "month = 12\nday = 25", 0, ["các ngày phải theo đúng thứ tự"]),
    ("pack.toml", "[calendar.open]", "[calendar.opening]", 0, ["chỉ nhận: 'open'"]),
    ("questions.toml", 'kind = "text"', 'kind = "texts"', 1, ["«kind» chỉ nhận"]),
    (
        "questions.toml",
        'kind = "text"',
        'kind = "people"',
        0,
        ["loại «people» chỉ dùng trong mẫu của tập thể (collective_review)"],
    ),
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


@pytest.mark.parametrize(
    ("when", "ok"),
    [
        ('["often"]', True),
        ('["unknown"]', False),  # this answer ends the form
        ('["moved", "unknown"]', False),
        ('["moved", "often"]', True),
        ('[""]', False),  # the question above is required
    ],
)
def test_a_question_nobody_can_reach(pack, when, ok):
    change(
        pack,
        "forms/residence_remark.toml",
        "[questions.remark]\n",
        f'[questions.remark]\nwhen = {{ key = "meetings", any_of = {when} }}\n',
    )
    if ok:
        load(pack)
        return
    (fault,) = faults_of(pack)
    assert fault.startswith("forms/residence_remark.toml:")
    assert "câu «remark» không bao giờ được hỏi: điều kiện của nó không thể xảy ra" in fault


def test_what_hangs_on_a_question_nobody_can_reach(pack):
    text = 'when = {{ key = "{}", any_of = [{}] }}\n'
    change(pack, "forms/residence_remark.toml", "[questions.conduct]\n",
           "[questions.conduct]\n" + text.format("meetings", '"moved"'))  # fmt: skip
    change(pack, "forms/residence_remark.toml", "[questions.relations]\n",
           "[questions.relations]\n" + text.format("conduct", '"well"'))  # fmt: skip
    change(pack, "forms/residence_remark.toml", "[questions.contact]\n",
           "[questions.contact]\n" + text.format("conduct", '"well", ""'))  # fmt: skip
    assert [fault.split("câu ")[1][:12] for fault in faults_of(pack)] == ["«conduct» kh", "«relations» "]


def test_nothing_can_follow_a_question_that_always_ends(pack):
    path = pack / "forms" / "residence_remark.toml"
    text = path.read_text("utf-8")
    for one in ("often", "sometimes", "never"):
        text = text.replace(f'{{ id = "{one}",', f'{{ id = "{one}", ends = true,', 1)
    path.write_text(text, "utf-8")
    found = faults_of(pack)
    assert len(found) == 4
    assert all("mọi câu trả lời của «meetings» đều kết thúc mẫu" in fault for fault in found)


def test_ids_that_do_not_fit_a_button(pack):
    change(pack, "questions.toml", 'id = "status"', 'id = "status_until_today"')
    change(pack, "questions.toml", '{ id = "done"', '{ id = "done_completely_now"')
    (fault,) = faults_of(pack)
    assert "câu «status_until_today»: các mã ghép lại dài quá 10 chữ cái so với chỗ trên nút bấm" in fault


def test_everybody_has_a_form(pack):
    (pack / "forms" / "2C.toml").unlink()
    change(pack, "pack.toml", '2C = "2C"\n', "")
    assert any("chưa có mẫu nào cho người được ghi mẫu «2C»" in fault for fault in faults_of(pack))


GOOD = 'levels = { tasks = "good", others = "average" }'
LEVEL_SHAPES = [
    ("pack.toml", '"points", ', "", ["cần đúng một trong hai: chấm điểm [points] hoặc xếp theo cấp độ [levels]"]),
    ("pack.toml", 'levels = { tasks = "excellent"', 'levels = { luck = "excellent"', ["không có nhóm tiêu chí «luck»"]),
    ("pack.toml", 'levels = { tasks = "excellent"', 'levels = { tasks = "super"', ["«tasks» chỉ nhận"]),
    ("pack.toml", GOOD, 'levels = { tasks = "excellent", others = "good" }', ["levels phải giảm dần"]),
    ("pack.toml", GOOD, 'levels = { tasks = "average", others = "excellent" }', ["levels phải giảm dần"]),
    ("pack.toml", 'grade = "good"', 'grade = "good"\nmin_points = 70', ["không dùng «min_points»"]),
    ("pack.toml", 'short = "Không hoàn thành"', 'short = "Không"\nlevels = { tasks = "poor" }', ["mức cuối"]),
    ("pack.toml", "[levels.others]", "[levels.rest]", ["không có nhóm tiêu chí «others»", "nhóm «rest» (level_group)"]),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "reasons"), LEVEL_SHAPES, ids=lambda value: str(value)[:30])
def test_faults_of_a_pack_by_levels(tmp_path, file, old, new, reasons):
    shutil.copytree(PACKS / "hd25-2023", tmp_path / "our-pack")
    change(tmp_path / "our-pack", file, old, new)
    found = faults_of(tmp_path / "our-pack")
    for reason in reasons:
        assert any(reason in fault for fault in found), found


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
