"""The dossier of the sample ward: what is in it, that it is the same twice, and that verify finds every change."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from sqlalchemy import create_engine, select, update

from bot.commands.export import export_dossier
from bot.settings import load_settings
from documents.dossier import EXPORT, REPORT_BOOK, RESULTS_BOOK, RULES, SUMMARY
from review.pack import PACKS
from storage.tables import audit_head, cycles
from tests.bot.conftest import Ran, Tusoi
from tests.bot.reviewed import fill
from tests.documents.reading import text_of

NOW = datetime(2026, 12, 31, 9, tzinfo=UTC)
YEAR = datetime.now(UTC).year  # the sample is of the year in which it is made
K5 = "03-chi-bo-khoi-5"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database made once; each test works on a copy."""
    file = tmp_path_factory.mktemp("sample") / "ward.db"
    fill(load_settings(database_url=f"sqlite+aiosqlite:///{file}"))
    return file


@pytest.fixture
def ward(sample: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = folder / "ward.db"
    for part in sample.parent.glob("ward.db*"):
        shutil.copy(part, folder / part.name)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{file}")
    monkeypatch.setattr("bot.commands.export.local_now", lambda _: NOW)
    return file


@pytest.fixture(scope="module")
def written(sample: Path) -> bytes:
    out = sample.with_name("hs.zip")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.commands.export.local_now", lambda _: NOW)
        export_dossier(load_settings(database_url=f"sqlite+aiosqlite:///{sample}"), YEAR, out)
    return out.read_bytes()


@pytest.fixture
def dossier(written: bytes, folder: Path) -> bytes:
    """Also lies in the folder as hs.zip."""
    (folder / "hs.zip").write_bytes(written)
    return written


def export(tusoi: Tusoi, out: str = "hs.zip") -> Ran:
    return tusoi("export", "--year", str(YEAR), "--format", "zip", "--out", out)


def opened(content: bytes) -> ZipFile:
    return ZipFile(BytesIO(content))


def test_every_paper_in_the_folder_of_its_cell(dossier: bytes) -> None:
    names = opened(dossier).namelist()
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name == name.lower() and " " not in name for name in names)
    assert {name for name in names if name.startswith("00-")} == {
        f"00-dang-uy/{name}" for name in (
            "quyet-dinh.docx", "phieu-binh-chon-xuat-sac.docx", "chua-xep-loai.docx", "bao-cao.docx", "bao-cao.pdf",
            "bao-cao.xlsx",
        )
    }  # fmt: skip
    assert {name for name in names if name.startswith(K5) and name.count("/") == 1} == {
        f"{K5}/{name}" for name in (
            "tong-hop-de-xuat.docx", "tong-hop-de-xuat.xlsx", "phieu-xep-loai.docx", "bien-ban-hop.docx",
            "bien-ban-kiem-phieu.docx", "chua-xep-loai.docx", "ke-hoach-khac-phuc-chi-bo.docx", "phieu-xin-y-kien.docx",
        )
    }  # fmt: skip
    assert f"{K5}/ban-kiem-diem/k505-hoang-dinh-cuong.docx" in names
    assert not [name for name in names if "ban-kiem-diem/k504-" in name], "a draft belongs to its writer"
    assert "05-chi-bo-truong-thcs-lam-binh/nhan-xet-noi-cu-tru/th03-le-thi-phuong.docx" in names
    assert f"{K5}/ket-qua/k505-hoang-dinh-cuong.pdf" in names
    assert {EXPORT, RULES, SUMMARY, RESULTS_BOOK, "manifest.json"} <= set(names)


def test_the_papers_say_what_is_kept(dossier: bytes) -> None:
    archive = opened(dossier)
    minutes = text_of(archive.read(f"{K5}/bien-ban-kiem-phieu.docx"))
    assert "được triệu tập: 14; có mặt: 13; vắng mặt: 1." in minutes
    assert "Lý do: ốm." in minutes
    assert "Ngô Xuân Đàm |" not in minutes, "exempt members are not voted on"
    missing = text_of(archive.read(f"{K5}/chua-xep-loai.docx"))
    assert "| K514 |" in missing
    assert "Đảng viên được miễn công tác và sinh hoạt đảng" in missing
    assert "Đi vắng" in missing
    office = "01-chi-bo-co-quan-phuong"
    assert "Đang giải quyết khiếu nại" in text_of(archive.read(f"{office}/tong-hop-de-xuat.docx"))
    assert "| Họp muộn | Sớm |" in text_of(archive.read(f"{office}/ke-hoach-khac-phuc-chi-bo.docx"))
    [plan] = [name for name in archive.namelist() if "/ke-hoach-khac-phuc/" in name]
    assert "Đã làm một phần" in text_of(archive.read(plan))
    asked = text_of(archive.read(f"{K5}/phieu-xin-y-kien.docx"))
    assert "Kính gửi: Chi ủy Chi bộ Khối 5" in asked
    assert "Lê Thị Phương" in asked
    assert "ĐẢNG BỘ PHƯỜNG LAM BÌNH" in text_of(archive.read("00-dang-uy/quyet-dinh.docx"))


def test_the_manifest_names_every_file_with_its_hash(dossier: bytes, sample: Path) -> None:
    archive = opened(dossier)
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["year"]) == ("tusoi-dossier/1", YEAR)
    assert manifest["pack"]["name"] == "hd43-2025"
    assert manifest["pack"]["version"]
    assert manifest["exported_at"] == NOW.isoformat()
    assert [one["path"] for one in manifest["files"]] == archive.namelist()[:-1]
    for one in manifest["files"]:
        content = archive.read(one["path"])
        assert (one["size"], one["sha256"]) == (len(content), sha256(content).hexdigest())
    with create_engine(f"sqlite:///{sample}").connect() as conn:
        head = conn.execute(select(audit_head)).one()
    assert manifest["audit"] == {"seq": head.seq, "hash": head.hash}


def test_the_same_database_and_instant_give_the_same_bytes(tusoi: Tusoi, ward: Path, dossier: bytes) -> None:
    assert export(tusoi, "again.zip").status == 0
    assert Path("again.zip").read_bytes() == dossier


@pytest.mark.parametrize("spoil", [lambda page: page.write_bytes(b"not Word"), Path.unlink])
def test_a_paper_that_cannot_be_made_stops_it_and_leaves_nothing(
    tusoi: Tusoi, ward: Path, folder: Path, spoil: Callable[[Path], None]
) -> None:
    shutil.copytree(PACKS / "hd43-2025", folder / "own")
    spoil(folder / "own" / "templates" / "ballot_grades.docx")
    with create_engine(f"sqlite:///{ward}").begin() as conn:
        conn.execute(update(cycles).values(pack=str(folder / "own")))
    ran = export(tusoi)
    assert (ran.status, len(ran.err.splitlines())) == (1, 1)
    assert ran.err.startswith("01-chi-bo-co-quan-phuong/phieu-xep-loai.docx: ")
    assert not list(folder.glob("*hs.zip*"))


def test_a_dossier_is_not_written_where_nothing_can_be(tusoi: Tusoi, ward: Path) -> None:
    assert export(tusoi, "nowhere/hs.zip").err.startswith("nowhere/hs.zip: cannot be written")
    assert tusoi("export", "--year", "2019", "--format", "zip", "--out", "hs.zip").status == 1


def changed(dossier: bytes, *, seal: bool, **changes: bytes | None) -> None:
    """Write hs.zip with files (a for 1st, …) replaced, added, or left out; `seal` mends the manifest to fit."""
    archive, out = opened(dossier), BytesIO()
    files = {name: archive.read(name) for name in archive.namelist()}
    for path, content in changes.items():
        files.pop(path, None)
        if content is not None:
            files[path] = content
    if seal:
        manifest = json.loads(files["manifest.json"])
        manifest["files"] = [
            {"path": path, "size": len(content), "sha256": sha256(content).hexdigest()}
            for path, content in files.items()
            if path != "manifest.json"
        ]
        files["manifest.json"] = json.dumps(manifest).encode()
    with ZipFile(out, "w") as new:
        for path, content in files.items():
            new.writestr(path, content)
    Path("hs.zip").write_bytes(out.getvalue())


def found(tusoi: Tusoi) -> list[str]:
    ran = tusoi("verify", "hs.zip")
    assert ran.status == (1 if ran.err else 0)
    return ran.err.splitlines()


def test_a_dossier_as_it_was_written_holds_without_a_database(
    tusoi: Tusoi, dossier: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "no database at all")
    ran = tusoi("verify", "hs.zip")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("hs.zip: whole, ")
    changed(dossier, seal=False)
    assert found(tusoi) == [], "packed by another program it is the same dossier"


def test_a_changed_a_missing_and_an_added_file_are_named(tusoi: Tusoi, dossier: bytes) -> None:
    paper, other = f"{K5}/bien-ban-hop.docx", f"{K5}/phieu-xep-loai.docx"
    content = bytearray(opened(dossier).read(paper))
    content[len(content) // 2] ^= 1
    changed(dossier, seal=False, **{paper: bytes(content), other: None, "la.txt": b"x"})
    assert found(tusoi) == [
        f"{other}: is missing",
        f"{paper}: was changed: its SHA-256 is not that of the manifest",
        "la.txt: was added: the manifest does not name it",
    ]
    changed(dossier, seal=False, **{paper: bytes(content[:-1])})
    assert found(tusoi)[0].startswith(f"{paper}: has another size than the ")


def test_a_flipped_byte_in_any_file_is_found(tusoi: Tusoi, dossier: bytes) -> None:
    archive = opened(dossier)
    for info in archive.infolist()[:-1:20]:
        spoilt = bytearray(dossier)
        spoilt[info.header_offset + 30 + len(info.filename) + info.compress_size // 2] ^= 0x10
        Path("hs.zip").write_bytes(spoilt)
        assert [line.partition(": ")[0] for line in found(tusoi)] == [info.filename]


def test_a_number_changed_in_the_summary_is_named_even_with_a_mended_manifest(tusoi: Tusoi, dossier: bytes) -> None:
    summary = json.loads(opened(dossier).read(SUMMARY))
    right = summary["stages"]["committee"]["total"]["counts"]["good"]
    summary["stages"]["committee"]["total"]["counts"]["good"] = right + 1
    changed(dossier, seal=True, **{SUMMARY: json.dumps(summary).encode()})
    assert found(tusoi) == [
        f"{SUMMARY}: stages.committee.total.counts.good is {right + 1}, the answers and decisions give {right}"
    ]


def test_a_grade_changed_in_the_data_contradicts_every_table(tusoi: Tusoi, dossier: bytes) -> None:
    export_ = json.loads(opened(dossier).read(EXPORT))
    for one in export_["decisions"]:
        if (one["subject"], one["stage"]) == ("K505", "committee"):
            one["grade"] = "not_completed"
        if (one["subject"], one["stage"]) == ("K502", "self"):
            one["grade"] = "not_completed"
        if (one["subject"], one["stage"]) == ("K503", "cell"):
            one["votes"]["good"] = -1
    export_["year"] += 1
    changed(dossier, seal=True, **{EXPORT: json.dumps(export_).encode()})
    lines = found(tusoi)
    assert f"manifest.json: year is {YEAR}, {EXPORT} says {YEAR + 1}" in lines
    assert f"{EXPORT}: votes on K503: good is -1, no number of votes" in lines
    assert any(line.startswith(f"{EXPORT}: the own grade of K502 is ") for line in lines)
    assert {line.partition(": ")[0] for line in lines} == {"manifest.json", EXPORT, SUMMARY, RESULTS_BOOK, REPORT_BOOK}


def test_points_changed_in_the_data_are_found(tusoi: Tusoi, dossier: bytes) -> None:
    export_ = json.loads(opened(dossier).read(EXPORT))
    scored = next(one for one in export_["responses"] if one["subject"] == "K502" and one["scores"])
    criterion = next(iter(scored["scores"]))
    scored["scores"][criterion] += 1
    changed(dossier, seal=True, **{EXPORT: json.dumps(export_).encode()})
    lines = found(tusoi)
    assert any(line.startswith(f"{SUMMARY}: people[{scored['subject']}].points.total is ") for line in lines)
    assert any(line.startswith(f"{RESULTS_BOOK}: sheet Điểm, cell D") for line in lines)


@pytest.mark.parametrize(("book", "cell"), [(REPORT_BOOK, "B4"), (RESULTS_BOOK, "D4")])
def test_a_number_changed_in_a_workbook_is_named_with_its_cell(
    tusoi: Tusoi, dossier: bytes, book: str, cell: str
) -> None:
    workbook, out = openpyxl.load_workbook(BytesIO(opened(dossier).read(book))), BytesIO()
    sheet = workbook["Điểm" if book == RESULTS_BOOK else "Theo nhóm tương đồng"]
    sheet[cell] = 77
    workbook.save(out)
    changed(dossier, seal=True, **{book: out.getvalue()})
    [line] = found(tusoi)
    assert line.startswith(f"{book}: sheet {sheet.title}, cell {cell} is 77, the answers and decisions give ")


@pytest.mark.parametrize("spoilt", [b"[]", b'{"year": 1}', b"\xff", b'{"year": 1, "decisions": 3, "responses": []}'])
def test_data_that_are_none_are_one_line(tusoi: Tusoi, dossier: bytes, spoilt: bytes) -> None:
    changed(dossier, seal=True, **{EXPORT: spoilt})
    assert found(tusoi)[-1].startswith(f"{EXPORT}: the data are not of their format (")


def test_a_workbook_that_is_none_is_one_line(tusoi: Tusoi, dossier: bytes) -> None:
    changed(dossier, seal=True, **{REPORT_BOOK: b"no workbook"})
    assert len(found(tusoi)) == 1


def test_a_dossier_without_its_data_is_not_taken_for_whole(tusoi: Tusoi, dossier: bytes) -> None:
    changed(dossier, seal=True, **{SUMMARY: None})
    assert found(tusoi) == [f"{SUMMARY}: is not in the manifest"]


def test_a_file_that_stands_twice_is_named(tusoi: Tusoi, dossier: bytes) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"), ZipFile("hs.zip", "a") as archive:
        archive.writestr(RULES, archive.read(RULES))
    assert found(tusoi) == [f"{RULES}: is there 2 times"]


def test_what_is_no_dossier_is_refused_in_one_line(tusoi: Tusoi, dossier: bytes) -> None:
    for content in (b"", b"PK\x03\x04", dossier[: len(dossier) // 2], b"text"):
        Path("hs.zip").write_bytes(content)
        assert len(found(tusoi)) == 1
    for manifest in (None, b"{}", b"[]", b"no", b'{"files": [], "format": "other/1"}', b'{"files": [1]}'):
        changed(dossier, seal=False, **{"manifest.json": manifest})
        assert len(found(tusoi)) == 1
    assert tusoi("verify", "nothing.zip").err == "nothing.zip: cannot be read: No such file or directory\n"
    assert tusoi("verify").status == 2
