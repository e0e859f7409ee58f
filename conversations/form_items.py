"""What a given item is and where it comes from, in the words of a conversation."""

from review.forms import Asked, Item, ItemSource
from review.promises import is_promise
from review.responses import ResponseKind, Value

TAKEN_BACK = "Điều này đã được rút lại; đồng chí giữ hoặc sửa câu trả lời đều được."
STILL_OWED = "Việc này còn phải làm tiếp, sang năm tôi sẽ hỏi lại. Đồng chí cứ nói thật, chi bộ sẽ giúp."
_LEADS: dict[ItemSource, str] = {
    "suggested": "Cấp trên gợi ý {} kiểm điểm việc này:",
    "collective": "Bản kiểm điểm tập thể nêu tên đồng chí ở hạn chế này:",
}


def item_lead(item: Item, source: ItemSource, kind: ResponseKind) -> str:
    """The line over an item's own words. `kind`: whose form it stands in, a person's or the cell's."""
    who = "chi bộ" if kind == "collective_review" else "đồng chí"
    if source == "carried":
        lead = f"Năm ngoái {who} đã hứa:" if is_promise(item.text) else f"Năm ngoái {who} đã nêu:"
    else:
        lead = _LEADS.get(source, "").format(who)
    return f"{lead}\n_{TAKEN_BACK}_" if item.withdrawn else lead


def still_owed(asked: Asked, value: Value) -> str:
    """Said once when last year's promise is not kept; empty otherwise."""
    is_status = asked.group is not None and asked.group.source == "carried" and asked.question.id == "status"
    return STILL_OWED if is_status and value in ("partly", "not") else ""
