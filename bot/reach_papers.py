"""Papers that let somebody in: the picture of one's own linking code, the slip with a member's new invitation."""

from collections.abc import Callable
from datetime import timedelta

from bot.grading_papers import MIME
from conversations.dialogues.lost_phone import VALID_DAYS
from conversations.screen import PaperKind
from documents.qr_sheet import InvitationCard, qr_picture, qr_sheet_docx
from handlers.port import Made
from review import permissions
from storage import audit, invitations
from storage.facts import StoredFacts

Making = Callable[[], Made]


def linking_qr(invitation_id: int, facts: StoredFacts) -> Making | None:
    """Only in the chat in which the code was made, while it is good."""
    linking = facts.reach.linking()
    if linking is None or linking.id != invitation_id:
        return None
    link = facts.reach.doors.web_link(linking.code)
    return lambda: Made("them-may.png", qr_picture(link), "image/png")


def invitation_slip(person_id: int, facts: StoredFacts) -> Making | None:
    """Issues a fresh invitation each time, in the transaction it is asked in."""
    person = facts.person(person_id)
    if facts.me is None or person is None:
        return None
    if not permissions.may(facts.me, "invite", person, below=facts.units_below):
        return None
    by = audit.person(facts.me.id)
    ((_, code),) = invitations.issue(facts.conn, [person.id], facts.now, VALID_DAYS, by)
    doors = facts.reach.doors
    expires_on = (facts.now + timedelta(days=VALID_DAYS)).date()
    where = person.unit.name if person.unit else ""
    card = InvitationCard(
        person.name, where, code, doors.web_link(code), doors.telegram_link(code), doors.zalo, expires_on
    )
    return lambda: Made(f"phieu-moi-{person.code}.docx", qr_sheet_docx([card]), MIME[".docx"])


GATHER: dict[PaperKind, Callable[[int, StoredFacts], Making | None]] = {
    "linking_qr": linking_qr,
    "invitation_slip": invitation_slip,
}
WRITTEN: tuple[PaperKind, ...] = ("invitation_slip",)
"""Making one changes what is stored."""
