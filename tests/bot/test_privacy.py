"""Proof of consent, the register of requests, the own copy, and what `tusoi purge` and `tusoi doctor` say of them."""

import asyncio
import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from bot.papers import HousePapers
from bot.run import open_house
from bot.settings import load_settings
from conversations.effects import SetConsent
from conversations.request_effects import AnswerRequest, ExtendRequest, MakeRequest, TakeRequest
from conversations.screen import Paper, PaperKind
from handlers.port import Made
from review.consents import consent_text, digest
from storage.database import Database
from storage.schema import migrate
from storage.tables import consents, cycles
from tests.bot.conftest import Tusoi
from tests.documents.reading import text_of
from tests.storage.filling import complete
from tests.storage.test_requests import SECRET
from tests.storage.test_retention import holds
from tests.storage.ward import Ward


@pytest.fixture
def office(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Hoa agreed, took it back, agreed again, wrote a draft, asked for its deletion, and got it; Nam waits."""
    file = folder / "ward.db"
    url = f"sqlite+aiosqlite:///{file}"
    monkeypatch.setenv("DATABASE_URL", url)

    async def filling() -> None:
        await migrate(url)
        ward = Ward(Database(url), url)
        await ward.fill()
        hoa, can, nam = await ward.join("HOA"), await ward.join("CAN"), await ward.join("NAM")
        await ward.does(hoa, SetConsent(False, "2026-11"))
        ward.passes(hours=1)
        await ward.does(hoa, SetConsent(True, "2026-11"), *complete(ward.ids["HOA"], shortcomings__1__text=SECRET))
        await ward.does(hoa, MakeRequest("delete", "Xin xóa nháp."))
        await ward.does(can, TakeRequest(2), AnswerRequest(2, "done", "Đã xóa."))
        await ward.does(nam, MakeRequest("correct", "Sai ngày sinh."))
        await ward.does(can, TakeRequest(3), ExtendRequest(3, "Chờ giấy tờ."))
        await ward.db.write(lambda conn: conn.execute(update(cycles).values(pack="hd43-2025")))
        await ward.db.close()

    asyncio.run(filling())
    return file


def test_consent_is_proved_word_by_word(tusoi: Tusoi, office: Path) -> None:
    ran = tusoi("consent", "proof", "--person", "HOA")
    assert (ran.status, ran.err) == (0, "")
    proof = json.loads(ran.out)
    assert (proof["format"], proof["person"]["name"]) == ("tusoi-consent/1", "Nguyễn Thị Hoa")
    first, taken_back, again = proof["consents"]
    assert [one["given"] for one in proof["consents"]] == [True, False, True]
    assert first["withdrawn_at"] == taken_back["at"]
    assert again["withdrawn_at"] is None
    assert {one["channel"] for one in proof["consents"]} == {"telegram"}
    assert "máy chủ của Đảng ủy phường Trường Vinh" in again["text"]
    assert again["text_sha256"] == digest(again["text"])
    ran = tusoi("consent", "proof", "--person", "HOA", "--format", "docx", "--out", "hoa.docx")
    assert ran.status == 0
    text = text_of(Path("hoa.docx").read_bytes())
    assert "Nguyên văn đã đọc: Câu trả lời của đồng chí được lưu" in text
    assert "Đồng ý: không" in text


def test_an_older_consent_is_proved_by_its_version(tusoi: Tusoi, office: Path) -> None:
    async def forgetting() -> None:
        db = Database(f"sqlite+aiosqlite:///{office}")
        await db.write(lambda conn: conn.execute(update(consents).values(text_hash=None)))
        await db.write(lambda conn: conn.execute(update(consents).where(consents.c.id == 1).values(text_version="?")))
        await db.close()

    asyncio.run(forgetting())
    proof = json.loads(tusoi("consent", "proof", "--person", "HOA").out)
    text = consent_text()
    assert text
    assert [one["text"] for one in proof["consents"]] == [None, text.whole, text.whole]


def test_what_cannot_be_proved_is_refused(tusoi: Tusoi, office: Path) -> None:
    assert tusoi("consent", "proof", "--person", "XX").err == "--person XX: nobody has this code\n"
    assert tusoi("requests", "--format", "xlsx").err == "--out: name the .xlsx file to write\n"
    assert json.loads(tusoi("consent", "proof", "--person", "MAT").out)["consents"] == []


def test_the_register(tusoi: Tusoi, office: Path) -> None:
    register = json.loads(tusoi("requests").out)
    assert register["format"] == "tusoi-requests/1"
    withdrawn, deleted, corrected = register["requests"]
    assert (withdrawn["number"], withdrawn["kind"], withdrawn["outcome"]) == ("DL-0001", "withdraw", "done")
    assert (deleted["person"], deleted["handled_by"], deleted["in_time"]) == ("HOA", "CAN", True)
    assert (deleted["acknowledge_due"], deleted["due"]) == ("2026-12-03", "2026-12-21")
    assert deleted["removed"]["drafts"] == 1
    assert (corrected["extended_until"], corrected["extension_reason"]) == ("2026-12-28", "Chờ giấy tờ.")
    assert tusoi("requests", "--format", "xlsx", "--out", "so.xlsx").out == "so.xlsx: 3 requests.\n"
    sheet = load_workbook(BytesIO(Path("so.xlsx").read_bytes()))["Yêu cầu"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [row[:3] for row in rows] == [
        ["DL-0001", "HOA", "Rút lại đồng ý"],
        ["DL-0002", "HOA", "Xóa dữ liệu"],
        ["DL-0003", "NAM", "Sửa thông tin"],
    ]


def test_purge_takes_out_the_last_bytes_and_doctor_asks_for_it(tusoi: Tusoi, office: Path) -> None:
    doctor = tusoi("doctor")
    assert "not verified: acknowledge: 2 working_days" in doctor.out
    assert "not verified: holidays.years.2026" in doctor.out
    assert "1 granted deletions leave bytes in the database's files until you run: tusoi purge" in doctor.out
    assert tusoi("purge", "--dry-run").out.endswith("Would wipe what 1 granted requests removed.\n")
    wiped = tusoi("purge")
    assert "Wiped what 1 granted requests removed." in wiped.out
    assert not holds(office, SECRET)
    assert holds(office, "Nguyễn Thị Hoa")
    assert tusoi("purge").out == "Nothing has been kept longer than the rule pack says.\n"
    assert "granted deletions leave bytes" not in tusoi("doctor").out
    assert json.loads(tusoi("requests").out)["requests"][1]["wiped_at"]


def made(file: Path, who: str, kind: PaperKind, about: int) -> Made | None:
    async def run() -> Made | None:
        house = open_house(load_settings(database_url=f"sqlite+aiosqlite:///{file}"))
        try:
            return await HousePapers(house).make(Paper(kind, about, ""), "telegram", who)
        finally:
            await house.db.close()

    return asyncio.run(run())


def test_the_own_copy_is_handed_over_to_nobody_else(tusoi: Tusoi, office: Path) -> None:
    nam = next(one for one in range(1, 20) if made(office, "NAM", "my_data_file", one))
    file, paper = made(office, "NAM", "my_data_file", nam), made(office, "NAM", "my_data_copy", nam)
    assert file
    assert paper
    record = json.loads(file.content)
    assert (file.filename, record["format"], record["person"]["code"]) == ("du-lieu-NAM.json", "tusoi-person/1", "NAM")
    assert record["requests"][0]["text"] == "Sai ngày sinh."
    text = text_of(paper.content)
    assert "Yêu cầu về dữ liệu (1)" in text
    assert "Nội dung: Sai ngày sinh." in text
    assert "Hoa" not in text + file.content.decode()
    for kind in ("my_data_file", "my_data_copy"):
        assert made(office, "HOA", kind, nam) is None  # type: ignore[arg-type]
    assert sum(one["action"] == "copy_data" for one in json.loads(file.content)["journal"]) >= 1
