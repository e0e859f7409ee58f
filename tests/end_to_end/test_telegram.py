"""What is Telegram's own: taps and typed numbers, pictures and files in the chat. The walk is in test_walk."""

from io import BytesIO

from openpyxl import load_workbook
from PIL import Image

from review.roster import Roster
from storage import roster
from tests.end_to_end.committee import PEOPLE, ROLES, UNITS
from tests.end_to_end.house import House
from tests.end_to_end.walking import walk
from tests.fakes.bot_api import Person, Shown


async def begins(house: House, code: str) -> tuple[Person, Shown]:
    phone = house.phones[code] = house.api.person(code)
    await phone.start(house.committee.invite(code)[code])
    return phone, await phone.screen()


async def test_typed_numbers_are_taps(house: House) -> None:
    await house.bot.start()
    for code, by_number in (("HOA", False), ("NAM", True)):
        phone, shown = await begins(house, code)
        await walk(house, phone, shown, "Mã biên nhận", by_number=by_number)
    assert house.committee.answers_of("HOA").keys() == house.committee.answers_of("NAM").keys()
    house.check_texts()


async def test_the_secretary_takes_papers_along_and_reminds(house: House) -> None:
    for code in ("HOA", "NAM", "CHI"):
        house.committee.submits(code)
    await house.bot.start()
    chi = await house.joins("CHI")
    await secretary(house, chi)
    await reminds(house, chi)
    house.check_texts()


async def secretary(house: House, chi: Person) -> None:
    board = await house.asks(chi, "/tonghop")
    people = await house.taps(chi, "Xem từng người", of=board)
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


async def reminds(house: House, chi: Person) -> None:
    await house.joins("BINH")
    asking = await house.asks(chi, "nhac")
    assert "Nhắc 1 người chưa nộp" in asking.text
    assert "Đã gửi lời nhắc cho 1 người" in (await house.taps(chi, 1, of=asking)).text
    again = await house.asks(chi, "/nhac")
    assert "không còn ai cần nhắc" in again.text


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
