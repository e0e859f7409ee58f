"""Requests about the own data in words, and who may answer one. Shared by screens and by storage's judging."""

from conversations import words
from conversations.facts import Facts
from conversations.privacy_facts import Section
from review.people import Person
from review.permissions import may
from review.requests import DataRequest, Erasure, KeptKind, RemovedKind, RequestKind

KIND: dict[RequestKind, str] = {
    "access": "Cung cấp dữ liệu",
    "correct": "Sửa thông tin",
    "delete": "Xóa dữ liệu",
    "restrict": "Hạn chế xử lý",
    "object": "Phản đối xử lý",
    "withdraw": "Rút lại đồng ý",
}
SECTIONS: dict[Section, str] = {
    "roles": "Vai trò được giao",
    "devices": "Máy và kênh",
    "consents": "Lần đồng ý, rút lại đồng ý",
    "reviews": "Bản kiểm điểm",
    "versions": "Bản đã nộp trước khi làm lại",
    "words": "Đoạn đã gõ, chưa gửi",
    "remarks_about": "Nhận xét nơi cư trú về đồng chí",
    "remarks_by": "Nhận xét đồng chí viết về người khác",
    "points": "Gợi ý và việc mang sang",
    "told_about": "Điều chi bộ ghi khi xét",
    "decisions": "Kết quả xếp loại",
    "appeals": "Giải thích, khiếu nại",
    "orders": "Yêu cầu làm lại",
    "remedies": "Việc khắc phục",
    "checks": "Lần báo việc khắc phục",
    "notices": "Tin nhắc",
    "requests": "Yêu cầu về dữ liệu",
    "journal": "Việc đồng chí làm, trong nhật ký",
    "looks": "Lần người khác xem bản của đồng chí",
}
REMOVED: dict[RemovedKind, str] = {
    "drafts": "bản nháp",
    "answers": "câu đã sửa, không thuộc bản đã nộp",
    "words": "đoạn chưa gửi",
    "sessions": "phiên web ở máy khác",
}
KEPT: dict[KeptKind, str] = {
    "reviews": "bản kiểm điểm đã nộp",
    "remarks": "nhận xét nơi cư trú",
    "decisions": "kết quả xếp loại",
    "appeals": "giải thích, khiếu nại",
    "remedies": "việc khắc phục",
    "consents": "lần đồng ý (để chứng minh)",
    "requests": "yêu cầu về dữ liệu (để chứng minh)",
    "journal": "dòng nhật ký (không có nội dung)",
}


def may_answer(facts: Facts, request: DataRequest) -> bool:
    """An officer above the member who has no part in the matter; once it is taken, only whoever took it.

    Where the one who took it came to have a part or lost the role, others may take it.
    """
    return _is_free(facts.me, request, facts) and (
        (facts.me is not None and request.handler_id == facts.me.id) or not is_taken(facts, request)
    )


def is_taken(facts: Facts, request: DataRequest) -> bool:
    """Whether somebody answers it who still may."""
    handler = facts.person(request.handler_id) if request.handler_id else None
    return _is_free(handler, request, facts)


def to_handle(facts: Facts) -> tuple[DataRequest, ...]:
    """Open requests this officer answers or may take, the nearest date first."""
    if facts.me is None or not facts.me.units_as("officer"):
        return ()
    return tuple(one for one in facts.privacy.open() if may_answer(facts, one))


def _is_free(officer: Person | None, request: DataRequest, facts: Facts) -> bool:
    person = facts.person(request.person_id)
    if officer is None or person is None or not request.is_open:
        return False
    where = person if person.unit else next((role.unit for role in person.roles), facts.committee)
    allowed = where is not None and may(officer, "handle_request", where, below=facts.units_below)
    return allowed and not facts.privacy.matter(person.id).has_part(officer)


def until(request: DataRequest, facts: Facts) -> str:
    """ "trả lời trước 21/12 (còn 20 ngày)" """
    left = words.days_left((request.next_date - facts.today).days)
    done = "trả lời" if request.acknowledged_at else "nhận"
    return f"{done} chậm nhất {words.day(request.next_date)} ({left})"


def state(request: DataRequest) -> str:
    if request.answered_at:
        said = "từ chối" if request.outcome == "refused" else "đã làm"
        return f"✅ {said}, trả lời ngày {words.full_day(request.answered_at)}"
    done = "đang xem xét" if request.acknowledged_at else "đã nhận, chờ cán bộ xem xét"
    more = " (đã gia hạn một lần)" if request.extended_at else ""
    return f"⏳ {done}; trả lời chậm nhất ngày {words.full_day(request.until)}{more}"


def erasure_lines(erasure: Erasure, facts: Facts, removed: str = "Đã xóa") -> list[str]:
    """What went and what stays, with the reason."""
    gone = ", ".join(f"{count} {REMOVED[kind]}" for kind, count in erasure.removed.items())
    stay = ", ".join(f"{count} {KEPT[kind]}" for kind, count in erasure.kept.items())
    years = f"{facts.pack.retention_years} năm" if facts.pack else "đủ số năm quy định"
    why = f"Còn giữ, vì hồ sơ kiểm điểm phải lưu {years}, hết hạn là xóa: {stay}."
    roster = "Họ tên, ngày sinh, chức vụ trong danh sách do chi bộ quản lý."
    return [f"{removed}: {gone or 'không có gì phải xóa'}.", *([why] if stay else []), roster]
