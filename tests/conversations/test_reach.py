"""One person, many chats: seeing them, signing out, choosing where reminders come, a further device, a lost phone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from conversations import words
from conversations.dialogues import chats, linking, lost_phone
from conversations.facts import Account, Notice
from conversations.notices import is_needed
from conversations.place import Place
from conversations.reach_effects import LinkAnother, RevokeAccess, SignOut, TakeNoticesHere
from conversations.reach_facts import Doors
from conversations.screen import Paper
from review.people import Person, Role
from tests.conversations.crowd import BLOCK, HOA, NAM, SCHOOL, crowd, enter
from tests.conversations.phone import Phone
from tests.conversations.village import DUNG, LAN, TAM
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]
TELEGRAM, OTHER_PAGE, ZALO, NOBODYS = 101, 102, 103, 9


@pytest.fixture
def world() -> World:
    """Hoa is in on a page here (1), on Telegram (101), on another page (102), on Zalo where she cannot be written to
    (103); account 9 is nobody's."""
    made = crowd()
    for number, channel in ((TELEGRAM, "telegram"), (OTHER_PAGE, "web"), (ZALO, "zalo_bot")):
        made.accounts[number] = Account(number, channel, HOA.id)  # type: ignore[arg-type]
    made.reach.last_used = {
        HOA.id: made.now,
        TELEGRAM: made.now - timedelta(hours=1),
        OTHER_PAGE: made.now - timedelta(days=1),
        ZALO: made.now - timedelta(days=9),
    }
    made.unreachable.add(ZALO)
    return made


@pytest.fixture
def hoa(world: World) -> Phone:
    return Phone(world, HOA.id)


def test_all_the_ways_about_the_own_chats(world: World, hoa: Phone, golden: Golden) -> None:
    hoa.ask("dulieu")
    hoa.tap("Máy và kênh của tôi")
    hoa.tap("Telegram")
    hoa.tap("Nhận nhắc việc ở đây")
    assert hoa.effects == (TakeNoticesHere(TELEGRAM),)
    hoa.tap("Zalo")
    hoa.tap(1)
    hoa.tap("Trang web, máy khác")
    hoa.tap("Đăng xuất máy này")
    hoa.tap(1)
    hoa.tap("Đăng xuất máy này")
    hoa.tap("Đăng xuất máy này")
    assert hoa.effects == (SignOut("one", OTHER_PAGE),)
    hoa.tap("Thêm máy hoặc kênh khác")
    assert hoa.effects == (LinkAnother(),)
    hoa.tap(1)
    hoa.tap("Thêm máy hoặc kênh khác")
    assert hoa.effects == ()
    hoa.tap(1)
    hoa.tap("Đăng xuất mọi nơi khác")
    hoa.tap(1)
    hoa.tap("Đăng xuất mọi nơi khác")
    hoa.tap("Đăng xuất mọi nơi khác")
    assert hoa.effects == (SignOut("others"),)
    hoa.tap("Đăng xuất mọi nơi")
    hoa.tap(1)
    hoa.tap("Đăng xuất mọi nơi")
    hoa.tap("Đăng xuất mọi nơi")
    assert hoa.effects == (SignOut("all"),)
    golden("own_chats", hoa)
    assert not world.joined(HOA.id)


def test_first_choices_sign_nobody_out_and_choose_nothing(world: World, hoa: Phone) -> None:
    for place in ("chats", f"chat.{TELEGRAM}", f"chat_out.{HOA.id}", "chats_out.others", "chats_out.all", "link"):
        name, *args = place.split(".")
        hoa.goto(Place.of(name, *args))
        hoa.tap(1)
        assert hoa.effects == ()
    assert len(world.facts(HOA.id).reach.chats()) == 4


def test_signing_out_here_ends_with_one_sentence(world: World, hoa: Phone) -> None:
    hoa.goto(Place.of("chat_out", HOA.id))
    hoa.tap("Đăng xuất máy này")
    assert hoa.effects == (SignOut("one", HOA.id),)
    assert hoa.text.startswith(f"{words.SIGNED_OUT}\n\n**Chào đồng chí.**")
    assert hoa.screen.waits_for == "text"
    assert "Hoa" not in hoa.text
    assert world.accounts[TELEGRAM].person_id == HOA.id


def test_what_is_told_of_each_chat(world: World, hoa: Phone) -> None:
    hoa.goto(Place("chats"))
    assert "Trang web trên máy này · 🔔 nhận nhắc việc\n" in hoa.text
    assert "Telegram, dùng lần cuối hôm nay lúc 19:14\n" in hoa.text
    assert "Trang web, máy khác, dùng lần cuối hôm qua lúc 20:14\n" in hoa.text
    assert "Zalo, dùng lần cuối ngày 22/11/2026 lúc 20:14 · hiện không nhắn được tới đây" in hoa.text
    hoa.goto(Place.of("chat", HOA.id))
    assert "🔔 Nhắc việc đang đến đây." in hoa.text
    assert "chỉ thấy nhắc việc khi mở trang" in hoa.text
    assert "Nhận nhắc việc ở đây" not in hoa.labels
    hoa.goto(Place.of("chat", ZALO))
    assert "Hiện tôi không nhắn được tới đây." in hoa.text
    assert hoa.labels == ["Về máy và kênh của tôi", "Đăng xuất Zalo", words.BACK_HOME]
    telegram = Phone(world, TELEGRAM)
    world.reach.last_used.clear()
    telegram.goto(Place("chats"))
    assert telegram.text.split("\n")[2:4] == ["Telegram, đang mở ở đây · 🔔 nhận nhắc việc", "Trang web, máy khác"]


def test_more_chats_than_fit_come_page_by_page(world: World, hoa: Phone) -> None:
    for number in range(200, 205):
        world.accounts[number] = Account(number, "telegram", HOA.id)
    hoa.goto(Place("chats"))
    assert "trang 1/3" in hoa.text
    hoa.tap("Trang sau")
    hoa.tap("Trang sau")
    assert "trang 3/3" in hoa.text


def test_with_one_chat_there_are_no_others_to_end(world: World) -> None:
    nam = Phone(world, NAM.id)
    nam.goto(Place("chats"))
    assert "Đăng xuất mọi nơi khác" not in nam.labels


@pytest.mark.parametrize("name", ["chat", "chat_out"])
def test_another_persons_chat_is_not_there(hoa: Phone, name: str) -> None:
    hoa.goto(Place.of(name, NAM.id))
    assert hoa.text == chats.GONE
    hoa.tap(1)
    assert hoa.state.place == Place("chats")


def test_it_works_before_consent(world: World, hoa: Phone) -> None:
    world.consents.pop(HOA.id)
    hoa.ask("dulieu")
    hoa.tap("Máy và kênh của tôi")
    hoa.tap("Thêm máy hoặc kênh khác")
    assert "MAY003" in hoa.text


def test_a_code_shows_every_door_that_is_open(world: World, hoa: Phone) -> None:
    hoa.goto(Place("link"))
    assert hoa.text == linking.OVER
    hoa.tap("Lấy mã mới")
    assert "mở https://tusoi.test/j/MAY003 hoặc quét" in hoa.text
    assert "https://t.me/tusoi_bot?start=MAY003" in hoa.text
    assert "**DK MAY003**" in hoa.text
    assert "đến 21:14" in hoa.text
    assert hoa.screen.papers == (Paper("linking_qr", 3, "Ô vuông để máy kia quét"),)
    world.reach.doors = Doors("https://tusoi.test")
    assert "Telegram" not in hoa.text
    assert "Zalo" not in hoa.text
    world.passes(hours=1)
    assert hoa.text == linking.OVER


def test_a_further_device_comes_in_with_the_code(world: World, hoa: Phone) -> None:
    hoa.goto(Place("chats"))
    hoa.tap("Thêm máy")
    new = Phone(world, NOBODYS, "Máy mới")
    new.say("DK MAY003")
    new.tap("Đúng, là tôi")
    assert world.accounts[NOBODYS].person_id == HOA.id
    assert new.text.startswith("**Việc của đồng chí**")
    assert hoa.text == linking.OVER, "it was good for one"


def told(world: World, *, came_in: int = NOBODYS, number: int = 1) -> Notice:
    notice = Notice(number, "device_joined", f"3.{number}", {"account_id": str(came_in), "at": world.now.isoformat()})
    world.notices[number] = (HOA.id, notice)
    return notice


@pytest.mark.parametrize("outside", [False, True])
@pytest.mark.parametrize("consented", [False, True])
def test_the_other_chats_hear_of_it_always(world: World, hoa: Phone, outside: bool, consented: bool) -> None:
    world.accounts[NOBODYS] = replace(world.accounts[NOBODYS], person_id=HOA.id)
    if outside:
        world.cycle = world.pack = None
    if not consented:
        world.consents.pop(HOA.id)
    told(world)
    hoa.nudge(1)
    assert hoa.text.startswith("🔔 Vừa có thêm một máy vào bằng mã của đồng chí lúc 20:14, 01/12/2026.")
    hoa.tap("Đăng xuất mọi nơi khác")
    hoa.tap("Đăng xuất mọi nơi khác")
    assert world.accounts[NOBODYS].person_id is None
    assert hoa.labels[0] == words.BACK_HOME


def test_it_is_not_said_once_that_chat_is_out_again(world: World, hoa: Phone) -> None:
    notice = told(world)
    assert not is_needed(notice, world.facts(HOA.id))
    hoa.goto(Place.of("device_joined", notice.id))
    assert hoa.text == linking.SETTLED
    hoa.goto(Place.of("device_joined", 77))
    assert hoa.text == linking.SETTLED


def lan_at(world: World, person: Person, cell: int = BLOCK.id, who: Person = LAN) -> Phone:
    phone = Phone(world, who.id)
    phone.goto(Place.of("cell_person", cell, person.id))
    return phone


def test_a_lost_phone_and_a_new_slip(world: World, golden: Golden) -> None:
    lan = lan_at(world, HOA)
    lan.tap("Mất máy, cấp lại mã")
    lan.tap(1)
    lan.tap("Mất máy, cấp lại mã")
    lan.tap("Đăng xuất và cấp mã mới")
    assert lan.effects == (RevokeAccess(HOA.id),)
    assert lan.screen.papers == (Paper("invitation_slip", HOA.id, "Phiếu mã mời (.docx)"),)
    lan.tap(1)
    lan.tap("Cấp mã mời")
    golden("lost_phone", lan)
    assert not world.joined(HOA.id)


def test_who_never_joined_gets_a_slip_at_once(world: World) -> None:
    que = world.people[16]
    lan = lan_at(world, que)
    lan.tap("Cấp mã mời")
    assert lan.effects == ()
    assert lan.screen.papers == (Paper("invitation_slip", que.id, "Phiếu mã mời (.docx)"),)


def test_nobody_does_it_to_himself_or_beyond_the_own_unit(world: World) -> None:
    assert "Mất máy, cấp lại mã" not in lan_at(world, LAN).labels
    lan = Phone(world, LAN.id)
    for name, cell, person in (("lost_phone", BLOCK, LAN), ("slip", BLOCK, LAN), ("slip", SCHOOL, NAM)):
        lan.goto(Place.of(name, cell.id, person.id))
        assert not lan.screen.papers
        assert person.name not in lan.text
    assert "Mất máy, cấp lại mã" in lan_at(world, HOA, who=DUNG).labels


def test_without_a_review_or_a_role_there_is_none(world: World) -> None:
    hoa = Phone(world, HOA.id)
    hoa.goto(Place.of("lost_phone", BLOCK.id, TAM.id))
    assert "Tám" not in hoa.text


def test_a_code_for_somebody_with_work_elsewhere_is_given_above(world: World) -> None:
    """Whoever has a code of his would have his work: a secretary ends his access, and an officer gives the code."""
    both = enter(world, replace(world.people[10], roles=(Role("contact", SCHOOL),)))
    lan = lan_at(world, both)
    lan.tap("Mất máy, cấp lại mã")
    assert "cán bộ tổ chức cấp trên cấp" in lan.text
    lan.tap("Đăng xuất")
    assert lan.effects == (RevokeAccess(both.id),)
    assert lan.state.place == Place.of(
        "cell_person",
        BLOCK.id,
        both.id,
    )
    assert "Cấp mã mời" not in lan.labels
    assert "Cấp mã mời" in lan_at(world, both, who=DUNG).labels
    assert lost_phone.VALID_DAYS == 30
