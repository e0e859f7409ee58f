"""A member's phone is lost, or never had a code: the secretary ends what was, and hands over a new slip."""

from conversations import words
from conversations.dialogue import Move
from conversations.dialogues.dashboard import refusal
from conversations.facts import Facts
from conversations.oversight import overseen_cell
from conversations.place import HOME, Place
from conversations.reach_effects import RevokeAccess
from conversations.screen import Choice, Paper, Screen
from review.people import Person
from review.permissions import Action, may

VALID_DAYS = 30


def key_ways(facts: Facts, person: Person, cell_id: int) -> list[Choice]:
    """On the screen of one member."""
    if facts.reach.has_chat(person.id):
        lost = Choice("Mất máy, cấp lại mã", to=Place.of("lost_phone", cell_id, person.id))
        return [lost] if _may("revoke_access", person, facts) else []
    slip = Choice("Cấp mã mời", to=Place.of("slip", cell_id, person.id))
    return [slip] if _may("invite", person, facts) else []


def show(place: Place, facts: Facts) -> Screen:
    person = _person("revoke_access", place, facts)
    if person is None:
        return refusal(facts)
    after, label = "Sau đó tôi đưa phiếu mã mới để đồng chí in và trao tận tay.", "Đăng xuất và cấp mã mới"
    if not _may("invite", person, facts):
        after = "Đồng chí ấy có việc ở nơi khác nữa, nên mã mới do cán bộ tổ chức cấp trên cấp."
        label = "Đăng xuất"
    return Screen(
        f"**Mất máy, cấp lại mã** · {words.cut(person.name, 80)}\n\n"
        "Mọi máy và kênh của đồng chí ấy bị đăng xuất ngay, mã mời cũ không dùng được nữa. "
        f"Bài đang viết vẫn còn nguyên. {after}",
        (
            Choice("Không, quay lại", to=_back(place)),
            Choice(label, act=f"revoke.{person.id}"),
        ),
    )


def choose(place: Place, act: str, facts: Facts) -> Move:
    person = facts.person(place.number(1))
    assert person, "the screen names the person"
    note = f"✅ Đã đăng xuất mọi máy và kênh của đồng chí {words.cut(person.name, 80)}."
    onward = Place.of("slip", place.number(), person.id) if _may("invite", person, facts) else _back(place)
    return Move(onward, (RevokeAccess(person.id),), note=note)


def show_slip(place: Place, facts: Facts) -> Screen:
    """The code is made with the paper, so that looking at this screen again makes none."""
    person = _person("invite", place, facts)
    if person is None:
        return refusal(facts)
    return Screen(
        f"📄 **Phiếu mã mời** của đồng chí {words.cut(person.name, 80)}\n\n"
        f"Đồng chí in ra, trao tận tay. Mã dùng được một lần, trong {VALID_DAYS} ngày; mỗi lần tải là một mã mới.",
        (Choice("Về đồng chí này", to=_back(place)), Choice(words.BACK_HOME, to=HOME)),
        papers=(Paper("invitation_slip", person.id, "Phiếu mã mời (.docx)"),),
    )


def _person(action: Action, place: Place, facts: Facts) -> Person | None:
    person = facts.person(place.number(1)) if overseen_cell(facts, place.number()) else None
    return person if person and _may(action, person, facts) else None


def _may(action: Action, person: Person, facts: Facts) -> bool:
    return facts.me is not None and may(facts.me, action, person, below=facts.units_below)


def _back(place: Place) -> Place:
    return Place.of("cell_person", place.number(), place.number(1))
