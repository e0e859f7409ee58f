"""A further device or channel of one's own: the code that leads it in, and the word about it to the other chats."""

from datetime import datetime

from conversations import words
from conversations.dialogue import Move
from conversations.dialogues.chats import BACK, CHATS, LINK
from conversations.facts import Facts
from conversations.notices import is_needed
from conversations.place import HOME, Place
from conversations.reach_effects import LinkAnother
from conversations.reach_facts import Linking
from conversations.screen import Choice, Paper, Screen

HOME_CHOICE = Choice(words.BACK_HOME, to=HOME)
OVER = "Mã trước đã được dùng hoặc đã hết hạn. Nếu cần thêm máy nữa, đồng chí lấy mã mới."
SETTLED = "Mọi máy và kênh đang vào là của đồng chí thì không phải làm gì thêm."


def show(place: Place, facts: Facts) -> Screen:
    linking = facts.reach.linking()
    if linking is None:
        return Screen(OVER, (BACK, Choice("Lấy mã mới", act=LINK), HOME_CHOICE))
    return Screen(
        "**Thêm máy hoặc kênh khác**\n\nTrên máy kia, đồng chí làm một trong các cách sau.\n\n"
        + "\n".join(_ways(linking, facts))
        + f"\n\nMã dùng được một lần, đến {linking.until:%H:%M}, chỉ cho chính đồng chí. Không đưa mã cho người khác.",
        (BACK, HOME_CHOICE),
        papers=(Paper("linking_qr", linking.id, "Ô vuông để máy kia quét"),),
    )


def choose(place: Place, act: str, facts: Facts) -> Move:
    return Move(Place("link"), (LinkAnother(),))


def show_joined(place: Place, facts: Facts) -> Screen:
    """Somebody came in with a code of this person; said in every other chat, whatever else is going on."""
    notice = facts.notice(place.number())
    if notice is None or notice.kind != "device_joined" or not is_needed(notice, facts):
        return Screen(SETTLED, (HOME_CHOICE, Choice("Xem máy và kênh của tôi", to=CHATS)))
    at = datetime.fromisoformat(notice.params["at"])
    return Screen(
        f"🔔 Vừa có thêm một máy vào bằng mã của đồng chí lúc {words.moment(at)}.\n\n"
        "Không phải đồng chí thì bấm «Đăng xuất mọi nơi khác», rồi báo bí thư chi bộ.",
        (
            Choice("Là tôi", to=HOME),
            Choice("Đăng xuất mọi nơi khác", to=Place.of("chats_out", "others")),
            Choice("Xem máy và kênh của tôi", to=CHATS),
        ),
    )


def _ways(linking: Linking, facts: Facts) -> list[str]:
    doors = facts.reach.doors
    ways = [f"Trang web: mở {doors.web_link(linking.code)} hoặc quét ô vuông."]
    if link := doors.telegram_link(linking.code):
        ways.append(f"Telegram: mở {link}")
    if doors.zalo:
        ways.append(f"Zalo: nhắn **DK {linking.code}** cho trợ lý.")
    return ways
