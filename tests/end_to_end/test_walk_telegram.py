"""Each persona goes from the invitation to the end on Telegram, by first choices and typing where ✍️ stands."""

from io import BytesIO

from openpyxl import load_workbook
from PIL import Image

from review.roster import Roster
from storage import roster
from tests.end_to_end.committee import PEOPLE, ROLES, UNITS
from tests.end_to_end.house import House
from tests.end_to_end.walking import PEN, walk
from tests.fakes.bot_api import Person, Shown
from tests.fakes.bot_api.second_reader import read_again


async def begins(house: House, code: str) -> tuple[Person, Shown]:
    phone = house.phones[code] = house.api.person(code)
    await phone.start(house.committee.invite(code)[code])
    return phone, await phone.screen()


async def test_every_persona_comes_to_the_end(either_house: House) -> None:
    house = either_house
    await house.bot.start()
    await member(house)
    await contact(house)
    await remark_about_the_member(house)
    await secretary(house)
    await officer(house)
    house.check_texts()
    assert read_again(house.api.calls) > 100
    assert house.committee.audit_holds()
    assert await house.bot.stop() == 0, house.bot.log[-3000:]
    assert "level=error" not in house.bot.log, house.bot.log[-3000:]


async def member(house: House) -> None:
    hoa, shown = await begins(house, "HOA")
    screens = await walk(house, hoa, shown, "Mã biên nhận")
    assert sum(PEN in screen.text for screen in screens) >= 5
    assert house.committee.answers_of("HOA")["self_grade"]
    nam, shown = await begins(house, "NAM")
    await walk(house, nam, shown, "Mã biên nhận", by_number=True)
    same = house.committee.answers_of("HOA").keys() == house.committee.answers_of("NAM").keys()
    assert same, "typed numbers are taps"


async def contact(house: House) -> None:
    mat, shown = await begins(house, "MAT")
    screens = await walk(house, mat, shown, "Đã gửi nhận xét của 3 người")
    assert any("Nguyễn Thị Hoa" in screen.text and "Chi bộ Trường THCS Lê Lợi" in screen.text for screen in screens)
    assert len(house.committee.answers_of("HOA", "residence_remark")) >= 4


async def remark_about_the_member(house: House) -> None:
    hoa = house.phones["HOA"]
    home = await house.asks(hoa, "/menu")
    remark = next(label for label in home.labels if "nhận xét" in label.lower())
    shown = await house.taps(hoa, remark.split(" ", 1)[1])
    assert "Nhận xét nơi cư trú về đồng chí" in shown.text


async def secretary(house: House) -> None:
    chi, shown = await begins(house, "CHI")
    await walk(house, chi, shown, "Mã biên nhận")
    board = await house.asks(chi, "/tonghop")
    assert "Đã nộp 3/4" in board.text
    assert "Đã nộp 3/4" in (await house.asks(chi, "tong hop")).text
    assert "Đã nộp 3/4" in (await house.asks(chi, "tổng hợp")).text
    people = await house.taps(chi, "Xem từng người")
    person = await house.taps(chi, "Nguyễn Thị Hoa", of=people)
    response = await house.taps(chi, "Đọc bản kiểm điểm", of=person)
    assert "Nguyễn Thị Hoa" in response.text
    board = await house.asks(chi, "/tonghop")
    await house.taps(chi, "Biểu đồ", of=board)
    photo = await chi.paper()
    assert photo.kind == "photo"
    Image.open(BytesIO(photo.content)).verify()
    board = await house.asks(chi, "/tonghop")
    await house.taps(chi, "Tải bảng tổng hợp", of=board)
    book = await chi.paper()
    assert book.filename.endswith(".xlsx")
    assert load_workbook(BytesIO(book.content)).sheetnames
    await reminds(house, chi)


async def reminds(house: House, chi: Person) -> None:
    await house.joins("BINH")
    asking = await house.asks(chi, "nhac")
    assert "Nhắc 1 người chưa nộp" in asking.text
    assert "Đã gửi lời nhắc cho 1 người" in (await house.taps(chi, 1, of=asking)).text
    again = await house.asks(chi, "/nhac")
    assert "không còn ai cần nhắc" in again.text


async def officer(house: House) -> None:
    can, shown = await begins(house, "CAN")
    await walk(house, can, shown, "Cả 2 chi bộ")
    board = await house.asks(can, "/tonghop")
    assert "Đã nộp 3/4" in board.text
    assert "Đã nộp 0/1" in board.text
    cell = await house.taps(can, "Chi bộ Trường THCS Lê Lợi", of=board)
    assert "Đã nộp 3/4" in cell.text


async def test_the_menu_follows_the_role(house: House) -> None:
    await house.bot.start()
    chi = await house.joins("CHI")
    can = await house.joins("CAN")
    await house.api.until(lambda: chi.menu[:2] == ["tonghop", "nhac"] and can.menu[:2] == ["tonghop", "menu"])
    without_chi = [role for role in ROLES if role.person != "CHI"]
    house.committee.does(lambda conn: roster.save(conn, Roster(UNITS, PEOPLE, tuple(without_chi)), house.clock()))
    await house.asks(chi, "/tonghop")
    await house.api.until(lambda: chi.menu[0] == "menu")
    await can.start(house.committee.invite("NAM")["NAM"])
    await can.screen_with("Trần Văn Nam")
    await can.tap("Đúng, là tôi")
    await house.api.until(lambda: can.menu[0] == "menu")
