"""Proof of consent on paper, from the same data as the "tusoi-consent/1" file."""

from typing import Any

from documents.labelled import Part, labelled_docx

LABELS = {
    "given": "Đồng ý", "at": "Lúc", "channel": "Trên kênh", "withdrawn_at": "Rút lại lúc",
    "text_version": "Bản nội dung", "text_sha256": "SHA-256 của nội dung", "text": "Nguyên văn đã đọc",
}  # fmt: skip


def consent_proof_docx(proof: dict[str, Any]) -> bytes:
    person = proof["person"]
    below = f"{person['name']} (mã {person['code']}) · lập lúc {proof['made_at']}"
    part = Part("Các lần đồng ý, rút lại đồng ý", proof["consents"])
    return labelled_docx("Xác nhận việc đồng ý xử lý dữ liệu cá nhân", below, [part], LABELS, "Trích từ hệ thống.")
