"""A pack that builds on another: what it does not say comes from there; faults name the file that says it."""

from pathlib import Path

import pytest

from review.pack import PACKS, PackFaults, load, template


def office(folder: Path, main: str, **files: str) -> Path:
    """A pack of three lines, and whatever else."""
    (folder / "forms").mkdir(parents=True)
    (folder / "pack.toml").write_text(main, "utf-8")
    for name, text in files.items():
        (folder / f"{name.replace('__', '/')}.toml").write_text(text, "utf-8")
    return folder


def faults_of(folder: Path) -> list[str]:
    with pytest.raises(PackFaults) as caught:
        load(folder)
    return [str(fault) for fault in caught.value.faults]


EXTENDS = 'extends = "hd43-2025"\n'


@pytest.fixture
def our(tmp_path: Path) -> Path:
    return tmp_path / "phuong-lam-binh"


def test_an_empty_pack_is_the_one_it_extends(our):
    loaded, base = load(office(our, EXTENDS)), load("hd43-2025")
    assert loaded.name == "phuong-lam-binh"
    assert (loaded.forms, loaded.grades, loaded.unverified) == (base.forms, base.grades, base.unverified)
    assert template(our, "2A") == template("hd43-2025", "2A")


def test_tables_are_changed_line_by_line(our):
    loaded = load(
        office(
            our,
            EXTENDS + '[ceiling]\nshare = 15\n[peer_groups.school]\nlabel = "Nhà giáo"\nsource = "phường"',
            questions='[duties]\nask = "Năm nay đồng chí làm những việc gì?"',
            hints='[vague]\nmessage = "Đồng chí kể cụ thể hơn nhé."',
        )
    )
    base = load("hd43-2025")
    assert loaded.ceiling
    assert base.ceiling
    assert (loaded.ceiling.share, loaded.ceiling.base) == (15, base.ceiling.base)
    assert set(loaded.peer_groups) == {*base.peer_groups, "school"}
    duties, before = loaded.question("duties"), base.question("duties")
    assert duties
    assert before
    assert (duties.ask, duties.title) == ("Năm nay đồng chí làm những việc gì?", before.title)
    assert loaded.hints["vague"].message == "Đồng chí kể cụ thể hơn nhé."
    assert loaded.hints["vague"].cases == base.hints["vague"].cases
    assert loaded.forms["residence_remark"] == base.forms["residence_remark"]
    assert loaded.forms["2A"].version != base.forms["2A"].version


def test_a_form_takes_over_what_its_own_file_does_not_say(our):
    loaded = load(office(our, EXTENDS, forms__2C='title = "Bản kiểm điểm của phường"'))
    assert loaded.forms["2C"].title == "Bản kiểm điểm của phường"
    assert loaded.forms["2C"].sections == load("hd43-2025").forms["2C"].sections


def test_forms_and_tables_can_be_gone_without(our):
    main = EXTENDS + 'without = ["forms.2B", "peer_groups.outside", "ceiling.outstanding_share"]\n'
    main += '[form_for]\n2B = "2A"\n'
    found = faults_of(office(our, main))
    assert found, "conditions of form 2B remain in the pack below"
    assert all(fault.startswith("hd43-2025/pack.toml:") and "không có mẫu «2B»" in fault for fault in found)


def test_a_pack_may_extend_one_that_extends_another():
    pack = load("hd21-2019")
    assert set(pack.forms) == {"01", "02", "residence_remark"}
    assert pack.hints == load("hd43-2025").hints
    assert template("hd21-2019", "residence_remark") == template(PACKS / "hd43-2025", "residence_remark")


def test_a_folder_beside_it(our, tmp_path):
    office(tmp_path / "tinh", EXTENDS + "[ceiling]\nshare = 15\n")
    loaded = load(office(our, 'extends = "../tinh"\n[ceiling]\nrounding = "half_up"\n'))
    assert loaded.ceiling
    assert (loaded.ceiling.share, loaded.ceiling.rounding) == (15, "half_up")


@pytest.mark.parametrize(
    ("main", "reason"),
    [
        ('extends = "hd99"\n', "pack.toml:1: không có gói «hd99» để dựa vào"),
        ('extends = "."\n', "pack.toml:1: gói này dựa vòng quanh vào chính nó"),
        ("extends = 3\n", "pack.toml:1: không có gói «3» để dựa vào"),
        (EXTENDS + 'without = ["luck"]\n', "pack.toml:2: gói gốc không có «luck»"),
        (EXTENDS + 'without = ["ceiling.luck.x"]\n', "pack.toml:2: gói gốc không có «ceiling.luck.x»"),
        (EXTENDS + 'without = ["forms.9Z"]\n', "pack.toml:2: gói gốc không có «forms.9Z»"),
        (EXTENDS + "without = 3\n", "pack.toml:2: «without» phải là danh sách [ ... ]"),
        (EXTENDS + 'without = ["title"]\n', "pack.toml: thiếu mục «title»"),
        (EXTENDS + "[ceiling]\nshare = 120\n", "pack.toml:3: «share» không được quá 100"),
        (EXTENDS + "[ceiling]\nluck = 1\n", "pack.toml:3: không có mục nào tên «luck»"),
    ],
)
def test_faults_of_a_pack_that_extends(our, main, reason):
    assert reason in faults_of(office(our, main))


def test_a_fault_in_what_was_taken_over_names_the_file_below(our):
    found = faults_of(office(our, EXTENDS + "[points.common]\nmax_points = 20\n"))
    assert "pack.toml: điểm tối đa của các nhóm phải cộng lại bằng 100" in " ".join(found) or any(
        fault.startswith("pack.toml:2: điểm tối đa") for fault in found
    )
    assert any(fault.startswith("hd43-2025/forms/2A.toml:") for fault in found)


def test_only_its_own_unused_questions_are_faults(our):
    found = faults_of(office(our, EXTENDS, questions='[luck]\nkind = "text"\ntitle = "May"\nask = "May không?"'))
    assert found == ["questions.toml:1: không mẫu nào dùng «luck»"]


def test_a_missing_file_of_the_pack_below(our, tmp_path):
    below = office(tmp_path / "tinh", (PACKS / "hd43-2025" / "pack.toml").read_text("utf-8"))
    assert below.is_dir()
    found = faults_of(office(our, 'extends = "../tinh"\n'))
    assert "tinh/hints.toml: không có tệp này trong gói" in found


def test_no_paper_anywhere(our):
    office(our, EXTENDS)
    with pytest.raises(FileNotFoundError):
        template(our, "9Z")
