"""What is said unasked about requests on personal data: that there is something to read, never what it is."""

from collections.abc import Callable

from conversations.data_words import until
from conversations.dialogues.data_requests import LIST
from conversations.effects import NoticeKind
from conversations.facts import Facts, Notice
from conversations.notices import is_needed
from conversations.notices_of_requests import request_of
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen

LATER = Choice("Để sau", to=HOME)
DONE = "Đồng chí không phải làm gì thêm."
NOBODY_FREE = (
    "🔔 Có một yêu cầu về dữ liệu cá nhân chưa có người xem xét: cán bộ nào của cấp ủy cũng đã tham gia việc của "
    "đồng chí ấy. Đề nghị cấp ủy cử thêm một cán bộ (vai trò «cấp ủy cấp trên» trong danh sách)."
)
READ = Choice("Xem yêu cầu", to=LIST)


def _received(notice: Notice, facts: Facts) -> Screen:
    return Screen(f"🔔 Có một yêu cầu về dữ liệu cá nhân chờ cán bộ cấp ủy: {_until(notice, facts)}.", (READ, LATER))


def _due(notice: Notice, facts: Facts) -> Screen:
    return Screen(
        f"🔔 Một yêu cầu về dữ liệu cá nhân đang chờ đồng chí: {_until(notice, facts)}.\n\n"
        "_Trả lời xong là tôi thôi nhắc; /dulieu để đổi._",
        (READ, LATER),
    )


def _unassigned(notice: Notice, facts: Facts) -> Screen:
    return Screen(NOBODY_FREE, (Choice("Đã rõ", to=HOME),))


def show_answered(place: Place, facts: Facts) -> Screen:
    """A place of its own: whoever took the consent back is told too."""
    notice = facts.notice(place.number())
    if notice is None or not is_needed(notice, facts):
        return Screen(DONE, (Choice("Về dữ liệu của tôi", to=Place("my_data")),))
    request = request_of(notice, facts)
    assert request, "is_needed asks for it"
    said = "đã có trả lời" if request.answered_at else "được gia hạn trả lời, có lý do"
    return Screen(
        f"🔔 Yêu cầu {request.number} của đồng chí {said}.",
        (Choice("Đọc", to=Place.of("my_request", request.id, 1)), Choice("Để sau", to=Place("my_data"))),
    )


def _answered(notice: Notice, facts: Facts) -> Screen:
    return show_answered(Place.of("request_answered", notice.id), facts)


def _until(notice: Notice, facts: Facts) -> str:
    request = request_of(notice, facts)
    assert request, "is_needed asks for it"
    return until(request, facts)


REQUEST_SCREENS: dict[NoticeKind, Callable[[Notice, Facts], Screen]] = {
    "request_received": _received,
    "request_due": _due,
    "request_unassigned": _unassigned,
    "request_answered": _answered,
}
