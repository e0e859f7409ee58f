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
OWNERS_PAPER = "Đồng chí ấy đã tự viết bản của mình nên tôi không nhập thay nữa; chữ vừa gửi **chưa được lưu**."
NOT_TYPED_BY_YOU = "Bản này do đồng chí khác nhập, nên đồng chí ấy hoặc chính đảng viên mới rút lại được."
NO_SUCH_SIGNATURE = "Ngày ký phải từ ngày nhập xong đến hôm nay, nên **chưa được ghi**."
NO_SUCH_DATE = (
    "Ngày này không hợp với lịch của cấp trên nên **chưa được lưu**. Đồng chí xem lại lịch rồi chọn ngày khác."
)
NOT_CLOSED = "Nhận xét này chưa được gửi nên chưa ghi ý kiến được."

NO_MEETING = "Chi bộ chưa họp nên chưa ghi mức xếp loại được. Đồng chí ghi cuộc họp trước đã."
MEETING_CLOSED = "Kết quả họp đã chốt nên không sửa được nữa. Cấp ủy cấp trên cho làm lại thì tôi mở cuộc họp mới."
NOT_REVIEWED = "Đồng chí ấy chưa nộp bản kiểm điểm nên chưa xếp loại được."
NOT_GRADED_HERE = "Đồng chí ấy không thuộc diện xếp loại năm nay nên không biểu quyết."
NO_HIGHER_SHARE = "Quy định của đợt này không có tỷ lệ cao hơn cho nơi có kết quả nổi trội."
REASON_NEEDED = "Cần ghi lý do cho mức này. Đồng chí viết một câu giúp tôi."

NO_RESULT = "Kết quả xếp loại này đã được thay bằng kết quả mới. Đồng chí bấm /menu để xem rồi gửi lại giúp tôi."
NO_WORDS = "Tôi chưa thấy chữ nào để gửi. Đồng chí viết lại giúp tôi nhé."
COMPLAINED_ALREADY = "Khiếu nại trước của đồng chí đang được xem xét. Có trả lời rồi, nếu cần, đồng chí gửi tiếp."
ANSWERED_ALREADY = "Khiếu nại này đã được trả lời rồi."
PART_IN_IT = (
    "Đồng chí đã tham gia việc xếp loại này nên không trả lời khiếu nại được, trả lời **chưa được gửi**. "
    "Sáng mai tôi chuyển cho người khác."
)

REQUEST_PART = (
    "Đồng chí đã tham gia việc của người yêu cầu, hoặc yêu cầu này đã có người khác nhận, nên **chưa được ghi**."
)
EXTENDED_ALREADY = "Yêu cầu này đã gia hạn một lần rồi nên không gia hạn nữa."


def still_to_vote(count: int) -> str:
    return f"Còn {count} đồng chí chưa có kết quả biểu quyết nên chưa chốt được."


REMEDY_PLANNED = "Việc này đã ghi biện pháp hoặc hạn rồi nên tôi giữ như cũ."
REMEDY_DATE = "Ngày mới phải từ hôm nay trở đi và có lý do, nên **chưa được lưu**."
REMEDY_MOVED = "Hạn của việc này chỉ dời được một lần, khi đã xong một phần. Hạn cũ được giữ nguyên."
POINT_ANSWERED = "Điều này đã được trả lời nên không rút lại được nữa."
MET_BEFORE_POINT = "Chi bộ đã họp nên điều này **chưa được gửi**. Nếu cần kiểm điểm lại, cấp ủy yêu cầu chi bộ họp lại."


def still_missing(count: int) -> str:
    return f"Còn {count} câu chưa trả lời nên chưa nộp được."
