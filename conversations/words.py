"""Phrases that more than one dialogue says. What only one dialogue says stands in that dialogue."""

from datetime import date, datetime

MAX_ANSWER = 8000
SHORT_WORD = 15

OLD_BUTTON = "Nút này của màn hình cũ. Đây là màn hình hiện tại:"
OLD_PAGE = "Trang này đã cũ nên chữ vừa gửi **chưa được lưu**. Đây là màn hình hiện tại:"
BUSY = "Máy chủ đang bận, câu trả lời **chưa được lưu**. Đồng chí gửi lại sau một phút."
EMPTY = "Tôi chưa thấy chữ nào trong tin vừa gửi. Đồng chí viết lại giúp tôi nhé."
NOT_SEEN = (
    "Tin vừa rồi đến trước khi màn hình này hiện ra nên **chưa được lưu**. "
    "Đồng chí xem lại bên dưới rồi gửi lại giúp tôi."
)
FAULT = (
    "Có trục trặc ở phía máy chủ, việc vừa rồi **chưa được lưu**. "
    "Đồng chí thử lại giúp; nếu vẫn vậy, báo bí thư chi bộ."
)
SIGNED_OUT = "✅ Đã đăng xuất ở đây. Bản nháp vẫn còn; muốn vào lại, đồng chí dùng mã mời mới."
UNKNOWN_COMMAND = "Tôi không hiểu lệnh này. Đồng chí bấm /trogiup để xem các lệnh."
LEFT = "Đã rời bước này. Những gì đã trả lời vẫn được giữ."
PRIVATE_ONLY = "Việc kiểm điểm là việc riêng của từng đồng chí. Mời đồng chí nhắn riêng cho trợ lý."
BACK_HOME = "Về màn hình chính"

GRADE = {
    "excellent": "Hoàn thành xuất sắc nhiệm vụ",
    "good": "Hoàn thành tốt nhiệm vụ",
    "completed": "Hoàn thành nhiệm vụ",
    "not_completed": "Không hoàn thành nhiệm vụ",
}

_KINDS = {"photo": "ảnh", "voice": "giọng nói", "file": "tệp", "sticker": "hình dán", "edited": "tin sửa lại"}


def unreadable(kind: str) -> str:
    """A kind sentence for what is not text; the present screen follows below it."""
    if kind == "edited":
        return "Tin sửa lại không thay câu đã lưu. Muốn sửa câu trả lời, đồng chí chọn «Quay lại» hoặc gửi tin mới."
    return (
        f"Tôi chưa đọc được tin này ({_KINDS.get(kind, 'ảnh, giọng nói, tệp')}). Đồng chí viết bằng chữ giúp tôi nhé."
    )


def pick_a_number(count: int) -> str:
    """A screen that waits for no words has at least one choice."""
    return "Đồng chí bấm một nút, hoặc gửi số của lựa chọn: " + (f"từ 1 đến {count}." if count > 1 else "1.")


def not_awaited(text: str, count: int) -> str:
    """For words sent to a screen that only offers choices; whoever wrote a real answer must know it is not kept."""
    lost = "Tin vừa gửi **chưa được lưu**. " if len(text) > SHORT_WORD else ""
    return lost + pick_a_number(count)


def too_long(length: int) -> str:
    return (
        f"Tin này dài {length} chữ cái, quá mức {MAX_ANSWER} nên **chưa được lưu**. "
        "Đồng chí rút gọn rồi gửi lại, giữ những việc chính."
    )


def cut(text: str, length: int) -> str:
    """At most `length` characters on one line, "…" where something was left out."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"


def day(value: date) -> str:
    return f"{value:%d/%m}"


def full_day(value: date) -> str:
    return f"{value:%d/%m/%Y}"


def moment(value: datetime) -> str:
    return f"{value:%H:%M, %d/%m/%Y}"


def days_left(days: int) -> str:
    if days > 0:
        return f"còn {days} ngày"
    return "hạn hôm nay" if days == 0 else f"đã quá hạn {-days} ngày"


def bar(done: int, of: int, width: int = 10) -> str:
    """A bar of ▓ and ░ that is full only when all is done and empty only when nothing is."""
    if of <= 0:
        return "░" * width
    full = min(width - (done < of), max(round(width * done / of), int(done > 0)))
    return "▓" * full + "░" * (width - full)
