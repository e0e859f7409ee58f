"""Joining: the code, "Đồng chí là …?", consent. Nothing about answers is stored before consent is given."""

from conversations import words
from conversations.consenting import present_text
from conversations.dialogue import Move
from conversations.effects import CountWrongCode, RefuseInvitation, SetConsent, UseInvitation
from conversations.facts import Facts
from conversations.place import HOME, Place
from conversations.screen import Choice, Screen
from review.consents import CURRENT, ConsentText
from review.people import Person

AGREE = "Tôi đồng ý"
LOCKED = (
    "Đồng chí đã gõ sai mã nhiều lần nên tôi tạm dừng nhận mã một lúc. Đồng chí thử lại sau, hoặc hỏi bí thư chi bộ."
)
WRONG_CODE = "Tôi không thấy mã này. Đồng chí xem lại từng chữ, từng số trên phiếu mời rồi gửi lại."
USED_CODE = "Mã mời này đã dùng rồi. Nếu đồng chí chưa từng dùng, hãy báo bí thư chi bộ để cấp mã mới."
EXPIRED_CODE = "Mã mời này đã hết hạn. Đồng chí báo bí thư chi bộ để cấp mã mới."


def with_code(code: str, facts: Facts) -> Move:
    """A code was given, by link or typed. A refusal tells nothing about anybody."""
    until = facts.account.locked_until
    if until and until > facts.now:
        return Move(_where_refused(facts), note=LOCKED)
    invitation = facts.invitation(code)
    if invitation is None:
        return Move(_where_refused(facts), (CountWrongCode(),), note=WRONG_CODE)
    if facts.me and facts.me.id == invitation.person.id:
        return Move(HOME)
    if invitation.state != "open":
        note = USED_CODE if invitation.state == "used" else EXPIRED_CODE
        return Move(_where_refused(facts), (CountWrongCode(),), note=note)
    return Move(Place.of("who", invitation.id))


def _where_refused(facts: Facts) -> Place:
    return HOME if facts.me else Place("welcome")


def show_welcome(place: Place, facts: Facts) -> Screen:
    whose = f" của {facts.committee.name}" if facts.committee else ""
    return Screen(
        f"**Chào đồng chí.** Đây là trợ lý kiểm điểm cuối năm{whose}.\n\n"
        "✍️ Đồng chí gửi **mã mời** ghi trên phiếu mà chi bộ đã phát.",
        (Choice("Tôi chưa có mã", to=Place("help")),),
        waits_for="text",
    )


def write_code(place: Place, text: str, facts: Facts) -> Move:
    return with_code(text, facts)


def show_who(place: Place, facts: Facts) -> Screen:
    invitation = facts.invitation_by_id(place.number())
    if invitation is None or invitation.state != "open":
        return show_welcome(place, facts) if facts.me is None else _show_spent()
    person = invitation.person
    now = f"Cuộc trò chuyện này đang là của đồng chí {facts.me.name}. " if facts.me else ""
    return Screen(
        f"**Chào đồng chí.** Đây là trợ lý kiểm điểm cuối năm của {_home_of(person, facts)}.\n\n"
        f"{now}Đồng chí là **{person.name}**{_born(person)}?",
        (Choice("Đúng, là tôi", act=f"me.{invitation.id}"), Choice("Không phải tôi", act=f"not.{invitation.id}")),
    )


def _show_spent() -> Screen:
    return Screen(USED_CODE, (Choice(words.BACK_HOME, to=HOME),))


def choose_who(place: Place, act: str, facts: Facts) -> Move:
    """Only called while the invitation is open: the step takes no act that the present screen does not offer."""
    answer, _, invitation_id = act.partition(".")
    if answer == "not":
        return Move(Place("not_me"), (RefuseInvitation(int(invitation_id)),))
    return Move(HOME, (UseInvitation(int(invitation_id)),))


def show_not_me(place: Place, facts: Facts) -> Screen:
    return Screen(
        "Cảm ơn đồng chí đã báo. Tôi đã khóa mã này và nhắn bí thư chi bộ; đồng chí sẽ nhận mã đúng tên mình.",
        (Choice("Tôi có mã khác", to=Place("welcome")),),
    )


def show_consent(place: Place, facts: Facts) -> Screen:
    text = present_text(facts)
    title = "Nội dung đồng ý đã thay đổi" if facts.privacy.agreed_before else "Trước khi bắt đầu"
    again = (
        "Khác lần đồng chí đã đồng ý, nên tôi hỏi lại. Bản nháp và những gì đã nộp vẫn được giữ nguyên.\n\n"
        if facts.privacy.agreed_before
        else ""
    )
    return Screen(
        f"**{title}**\n\n{again}{text.summary}",
        (
            Choice(AGREE, act=_yes(text)),
            Choice("Đọc kỹ hơn", to=Place("consent_details")),
            Choice("Tôi không đồng ý", to=Place("consent_refused")),
        ),
    )


def choose_consent(place: Place, act: str, facts: Facts) -> Move:
    return Move(HOME, (SetConsent(True, CURRENT),), note="✅ Cảm ơn đồng chí đã đồng ý.")


def show_consent_details(place: Place, facts: Facts) -> Screen:
    text = present_text(facts)
    return Screen(
        f"**Lưu gì, ai xem, trong bao lâu**\n\n{text.details}",
        (
            Choice(AGREE, act=_yes(text)),
            Choice("Quay lại", to=Place("consent")),
        ),
    )


def show_consent_refused(place: Place, facts: Facts) -> Screen:
    return Screen(
        "Tôi hiểu. Tôi không lưu câu trả lời nào. "
        "Đồng chí có thể viết bản kiểm điểm trên giấy và nộp cho chi bộ như trước nay.",
        (Choice("Xem lại thông tin", to=Place("consent")),),
    )


def _home_of(person: Person, facts: Facts) -> str:
    names = [unit.name for unit in (person.unit or facts.committee, facts.committee) if unit]
    return ", ".join(dict.fromkeys(names)) or "tổ chức đảng"


def _born(person: Person) -> str:
    return f", sinh năm {person.birth_date.year}" if person.birth_date else ""


def _yes(text: ConsentText) -> str:
    """Names these very words: what is agreed to is what was read."""
    return f"yes.{text.version}.{text.digest[:8]}"
