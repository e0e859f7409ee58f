"""The pictures of the README, taken from the running demo by `make pictures`. The papers also need LibreOffice."""

import asyncio
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.async_api import BrowserContext, async_playwright

from tests.browser.conftest import ARGUMENTS, CHROMIUM, PHONE
from tests.browser.demo import MEMBER, OFFICER, SECRETARY, Demo
from tests.browser.persona import Persona
from tests.end_to_end.process import free_port

HERE = Path(__file__).parent
SHARPNESS = 2  # pixels of a picture per pixel of a phone
GAP, DESK, SHADE = 40, "#e9e2d6", "#b9ae9e"
COLOURS = 160  # of a palette: calm pages need no more, and a README should load fast
PAPER_DPI = 80
TALL = {**PHONE, "height": 840}

ANSWERS = {  # by words of the screen that asks
    "Phẩm chất, lối sống": "Dự đủ 12 buổi họp chi bộ, hai lần góp ý thẳng về việc chia giờ dạy. Gia đình được tổ dân phố công nhận gia đình văn hóa.",
    "chức trách, nhiệm vụ": "Dạy Ngữ văn hai lớp 8A và 9B, 76 học sinh. Cuối năm 71 em từ trung bình trở lên; 5 em còn yếu, đang phụ đạo.",
    "cam kết đầu năm": "Cam kết ba việc. Làm được hai: phụ đạo học sinh yếu và dự giờ 18 tiết. Câu lạc bộ đọc sách chưa lập được.",
    "Hạn chế, khuyết điểm 1": "Chưa gặp hết phụ huynh học sinh yếu: 5 em mới gặp ba gia đình.",
    "Nguyên nhân": "Hai gia đình đi làm xa, tôi chỉ gọi một lần rồi để đó.",
    "hạn chế của tập thể": "Tôi được giao theo dõi lớp 8A mà không hỏi ngay khi các em vắng buổi thứ hai.",
    "riêng đồng chí": "Tôi không lên lịch gặp từ đầu học kỳ và không nhờ ban phụ huynh giúp.",
    "đã làm được gì": "Đã ra 6 bài ở hai lớp 8A và 9B, bài cuối ngày 22/05; tổ chuyên môn dự hai tiết.",
    "kiểm tra được": "Mỗi tháng gặp hoặc gọi một lần gia đình từng học sinh yếu, ghi sổ chủ nhiệm.",
    "sửa hạn chế nào": "Chưa gặp hết phụ huynh học sinh yếu.",
    "trừ điểm": "Còn 5 học sinh yếu, kế hoạch phụ đạo chậm một tháng.",
}
LOSES = ("tiêu chí 16/", "tiêu chí 17/", "tiêu chí 18/")  # the third step of points is taken there


@dataclass(frozen=True, slots=True)
class Taken:
    """Screens of phones and filled papers (.docx)."""

    review: list[bytes]
    committee: list[bytes]
    form: bytes
    meeting: list[bytes]


async def take(folder: Path) -> Taken:
    demo = Demo(folder, free_port())
    await demo.start()
    try:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            phone = await browser.new_context(
                viewport=TALL, locale="vi-VN", device_scale_factor=SHARPNESS, reduced_motion="reduce"
            )
            review, form = await written(await enter(phone, demo, MEMBER))
            review.append(await overview_of_a_cell(await enter(phone, demo, SECRETARY)))
            committee, meeting = await decided(await enter(phone, demo, OFFICER))
            return Taken(review, committee, form, meeting)
    finally:
        await demo.kill()


async def written(member: Persona) -> tuple[list[bytes], bytes]:
    """A question, points, the look back; the filled form."""
    await member.walk("câu 2/")
    await member.page.locator("#text").fill(answer(await member.text()))
    shots = [await shoot(member), await reach(member, "tiêu chí 6/")]
    for criterion in LOSES:
        await member.walk(criterion)
        await member.take(3)
    shots.append(await reach(member, "Xem lại trước khi nộp"))
    await member.walk("Mã biên nhận")
    return shots, await download(member, "Tải bản in")


async def overview_of_a_cell(secretary: Persona) -> bytes:
    await secretary.walk("Việc của đồng chí")
    await secretary.ask("tonghop")
    return await shoot(secretary)


async def decided(officer: Persona) -> tuple[list[bytes], list[bytes]]:
    """Where the peer groups stand, one above its ceiling, one candidate; papers of the cell that has met."""
    await officer.walk("Chi bộ Khối 3")
    await officer.tap("Duyệt xếp loại")
    shots = [await shoot(officer)]
    for label in ("Đảng viên không làm việc", "Nguyễn Đình Phúc"):
        await officer.tap(label)
        shots.append(await shoot(officer))
    papers = []
    for name in ("Biên bản họp chi bộ", "Biên bản kiểm phiếu"):
        await officer.ask("tonghop")
        for label in ("Chi bộ Khối 3", "Giấy tờ"):
            await officer.tap(label)
        papers.append(await download(officer, name))
    return shots, papers


async def enter(phone: BrowserContext, demo: Demo, label: str) -> Persona:
    page = await phone.new_page()
    await page.goto(demo.links[label])
    return Persona(page, answer)


def answer(text: str) -> str:
    return next(words for asked, words in ANSWERS.items() if asked.lower() in text.lower())


async def reach(persona: Persona, text: str) -> bytes:
    await persona.walk(text)
    return await shoot(persona)


async def shoot(persona: Persona) -> bytes:
    await persona.page.mouse.move(0, 0)
    await persona.page.evaluate("document.activeElement.blur()")
    return await persona.page.screenshot()


async def download(persona: Persona, label: str) -> bytes:
    await persona.tap(label)
    async with persona.page.expect_download() as started:
        await persona.page.locator("a.paper").click()
    return (await (await started.value).path()).read_bytes()


def side_by_side(pictures: Sequence[Image.Image]) -> Image.Image:
    """On one desk, each with a thin edge."""
    width = GAP + sum(picture.width + GAP for picture in pictures)
    desk = Image.new("RGB", (width, max(picture.height for picture in pictures) + 2 * GAP), DESK)
    x = GAP
    for picture in pictures:
        desk.paste(SHADE, (x - 2, GAP - 2, x + picture.width + 2, GAP + picture.height + 2))
        desk.paste(picture, (x, GAP))
        x += picture.width + GAP
    return desk


def opened(shots: Sequence[bytes]) -> list[Image.Image]:
    return [Image.open(BytesIO(shot)).convert("RGB") for shot in shots]


def rendered(paper: bytes, folder: Path) -> list[Image.Image]:
    """The pages of a .docx as LibreOffice prints them."""
    folder.mkdir()
    (folder / "paper.docx").write_bytes(paper)
    run("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "paper.docx"))
    run("pdftoppm", "-r", str(PAPER_DPI), "-png", str(folder / "paper.pdf"), str(folder / "page"))
    return [Image.open(page).convert("RGB") for page in sorted(folder.glob("page*.png"))]


def run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def save(picture: Image.Image, name: str) -> None:
    small = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(HERE / name, optimize=True)
    print(f"docs/pictures/{name}: {picture.width}×{picture.height}, {(HERE / name).stat().st_size // 1024} kB")


def main() -> None:
    with TemporaryDirectory() as word:
        folder = Path(word)
        taken = asyncio.run(take(folder))
        save(side_by_side(opened(taken.review)), "phones.png")
        save(side_by_side(opened(taken.committee)), "committee.png")
        if shutil.which("soffice") and shutil.which("pdftoppm"):
            save(side_by_side(rendered(taken.form, folder / "form")[:2]), "paper.png")
            pages = [rendered(paper, folder / str(nth))[0] for nth, paper in enumerate(taken.meeting)]
            save(side_by_side(pages), "meeting.png")
        else:
            print("the papers are left as they are: soffice or pdftoppm is missing", file=sys.stderr)


if __name__ == "__main__":
    main()
