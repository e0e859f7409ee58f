"""The copy of everything kept about one person, from the same data as the "tusoi-person/1" file."""

from typing import Any

from conversations.data_words import SECTIONS
from documents.labelled import Part, labelled_docx

LABELS = {
    "code": "Mã", "name": "Họ và tên", "unit": "Tổ chức", "birth_date": "Ngày sinh", "form": "Mẫu",
    "peer_group": "Nhóm tương đồng", "residence": "Nơi cư trú", "status": "Tình trạng", "party_post": "Chức vụ đảng",
    "state_post": "Chức vụ chính quyền", "union_post": "Chức vụ đoàn thể", "workplace": "Nơi làm việc",
    "joined_on": "Ngày vào Đảng", "official_on": "Ngày chính thức", "role": "Vai trò", "channel": "Kênh",
    "created_at": "Lập lúc", "last_inbound_at": "Dùng lần cuối", "takes_notices": "Nhận nhắc việc", "given": "Đồng ý",
    "text_version": "Bản nội dung", "at": "Lúc", "id": "Số", "year": "Năm", "saved_at": "Lưu lúc",
    "typed_in": "Nhập thay", "submitted_at": "Nộp lúc", "receipt": "Mã biên nhận", "signed_on": "Ký bản in ngày",
    "answers": "Câu trả lời", "own_answer": "Ý kiến của đồng chí", "about": "Về người có mã", "nth": "Lần",
    "text": "Nội dung",
    "source": "Loại", "raised_at": "Nêu lúc", "fact": "Điều", "value": "Giá trị", "told_at": "Ghi lúc", "stage": "Cấp",
    "grade": "Mức", "reason": "Lý do", "decided_at": "Quyết định lúc", "superseded_at": "Được thay lúc", "kind": "Loại",
    "made_at": "Gửi lúc", "answer_due": "Hạn trả lời", "outcome": "Kết luận", "answer": "Trả lời",
    "answered_at": "Trả lời lúc", "what": "Việc", "due": "Hạn", "ordered_at": "Yêu cầu lúc", "done_at": "Xong lúc",
    "shortcoming": "Hạn chế", "measure": "Biện pháp", "note": "Ghi chú", "due_at": "Đến giờ", "sent_at": "Gửi lúc",
    "state": "Trạng thái", "received_at": "Nhận lúc", "extended_until": "Gia hạn đến",
    "extension_reason": "Lý do gia hạn",    "action": "Việc", "object": "Đối với",
}  # fmt: skip
FOOT = (
    "Bản sao không có số phiếu, không có bản nháp của người khác và không có điều cấp ủy chưa quyết định. "
    "Thấy chỗ sai, gửi yêu cầu bằng lệnh /dulieu."
)


def person_copy_docx(record: dict[str, Any]) -> bytes:
    """`record` as `storage.person_record` gives it; kinds without records are left out."""
    person = record["person"]
    below = f"{person['name']} · lập lúc {record['made_at']}"
    parts = [Part("Hồ sơ do chi bộ cung cấp", [person])]
    parts += [Part(title, record[section]) for section, title in SECTIONS.items()]
    return labelled_docx("Dữ liệu đang được lưu về đồng chí", below, parts, LABELS, FOOT)
