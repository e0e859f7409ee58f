"""How far the cells are, as a picture that fits a phone and survives a black-and-white printer."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from conversations.facts import CellCount

FONT = Path(__file__).with_name("fonts") / "Arimo-Regular.ttf"  # has every Vietnamese letter; OFL
WIDTH, MARGIN = 720, 36  # pixels: on a phone about two to one, so that the letters stay readable
MOST_ROWS = 30
TOP, ROW, BAR = MARGIN + 214, 118, 50
INK = "#1a1a1a"
# From dark to light, so that grey prints still differ; the lightest has an outline.
PARTS = (
    ("submitted", "Đã nộp", "#8f1d1f", "white"),
    ("drafting", "Đang viết", "#d3a24a", INK),
    ("not_started", "Chưa bắt đầu", "#d9d2c6", INK),
    ("not_joined", "Chưa vào", "#ffffff", INK),
)


def progress_chart_png(title: str, subtitle: str, counts: Sequence[CellCount]) -> bytes:
    """One bar a cell, split into the four states. Beyond 30 cells the rest stand together in the last bar."""
    rows = _rows(counts)
    image = Image.new("RGB", (WIDTH, TOP + max(len(rows), 1) * ROW + MARGIN // 2), "white")
    draw = ImageDraw.Draw(image)
    draw.text((MARGIN, MARGIN - 12), _fitting(title, 44, WIDTH - 2 * MARGIN), INK, _font(44))
    draw.text((MARGIN, MARGIN + 46), _fitting(subtitle, 30, WIDTH - 2 * MARGIN), INK, _font(30))
    _legend(draw, MARGIN + 106)
    for nth, (name, count) in enumerate(rows):
        _row(draw, TOP + nth * ROW, name, count)
    if not rows:
        draw.text((MARGIN, TOP), "Chưa có chi bộ nào.", INK, _font(30))
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _rows(counts: Sequence[CellCount]) -> list[tuple[str, CellCount]]:
    if len(counts) <= MOST_ROWS:
        return [(count.unit.name, count) for count in counts]
    shown, rest = counts[: MOST_ROWS - 1], counts[MOST_ROWS - 1 :]
    names = ("due", *(name for name, *_ in PARTS))
    together = CellCount(rest[0].unit, **{name: sum(getattr(count, name) for count in rest) for name in names})
    return [*((count.unit.name, count) for count in shown), (f"{len(rest)} chi bộ còn lại", together)]


def _legend(draw: ImageDraw.ImageDraw, y: int) -> None:
    for nth, (_, label, colour, _ink) in enumerate(PARTS):
        x, row = MARGIN + (nth % 2) * (WIDTH // 2 - MARGIN), y + (nth // 2) * 44
        draw.rectangle((x, row, x + 30, row + 30), colour, INK, 2)
        draw.text((x + 42, row - 1), label, INK, _font(28))


def _row(draw: ImageDraw.ImageDraw, y: int, name: str, count: CellCount) -> None:
    done = f"Đã nộp {count.submitted}/{count.due}" if count.due else "Không có ai phải nộp"
    done_width = _font(30).getlength(done)
    draw.text((MARGIN, y), _fitting(name, 30, WIDTH - 2 * MARGIN - done_width - 30), INK, _font(30))
    draw.text((WIDTH - MARGIN - done_width, y), done, INK, _font(30))
    y += 42
    full = WIDTH - 2 * MARGIN
    before = 0
    for part, _, colour, ink in PARTS:
        number = getattr(count, part)
        if number:
            left, right = (MARGIN + full * n // count.due for n in (before, before + number))
            draw.rectangle((left, y, right, y + BAR), colour, INK, 2)
            if right - left > _font(28).getlength(str(number)) + 8:
                draw.text(((left + right) / 2, y + BAR / 2), str(number), ink, _font(28), anchor="mm")
            before += number


def _fitting(text: str, size: int, width: float) -> str:
    """The text, cut with … where it is too long for the picture."""
    if _font(size).getlength(text) <= width:
        return text
    kept = bisect_right(range(len(text)), width, key=lambda length: _font(size).getlength(f"{text[:length]}…")) - 1
    return f"{text[:kept].rstrip()}…"


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT, size)
