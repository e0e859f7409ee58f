"""Why an effect is refused: kind sentences for the person."""

NOT_JOINED = "Đồng chí cần nhập mã mời trước đã."
NOT_CONSENTED = "Đồng chí cần đồng ý với việc lưu câu trả lời trước đã. Lệnh /dulieu cho biết lưu những gì."
NO_REVIEW = "Hiện chưa có đợt kiểm điểm nào đang mở."
NOT_YOURS = "Việc này không thuộc phần của đồng chí nên tôi không làm được."
NOT_OPEN = "Bản này đã nộp nên câu trả lời **chưa được lưu**. Muốn sửa, đồng chí rút bản lại trước."
OTHER_FORM = "Mẫu này đã đổi nên câu trả lời **chưa được lưu**. Đồng chí bấm /menu rồi viết tiếp."
ALREADY_SUBMITTED = "Bản này đã nộp rồi."
NOT_SUBMITTED = "Bản này chưa nộp nên không cần rút."
CELL_HAS_MET = "Chi bộ đã họp nên không rút lại được nữa. Đồng chí báo bí thư chi bộ nếu cần sửa."
NOT_CLOSED = "Nhận xét này chưa được gửi nên chưa ghi ý kiến được."

ANSWERED_ALREADY = "Điều này đã được trả lời nên không rút lại được nữa."
MET_BEFORE_POINT = "Chi bộ đã họp nên điều này **chưa được gửi**. Nếu cần kiểm điểm lại, cấp ủy yêu cầu chi bộ họp lại."


def still_missing(count: int) -> str:
    return f"Còn {count} câu chưa trả lời nên chưa nộp được."
