"""From the code to home: who one is, consent before anything else, codes refused without telling anything."""

from collections.abc import Callable
from dataclasses import replace

from conversations.dialogues import joining
from conversations.effects import CountWrongCode, RefuseInvitation, SetConsent, UseInvitation
from conversations.place import Place
from review.consents import CURRENT
from tests.conversations.phone import Phone
from tests.conversations.village import HOA
from tests.conversations.world import World

Golden = Callable[[str, Phone], None]


def test_first_choices_lead_from_the_code_to_home(world: World, golden: Golden) -> None:
    phone = Phone(world, 9, "Võ Thị Tám")
    phone.ask("start")
    phone.say("2")
    phone.tap("Tôi chưa có mã")
    phone.tap(1)
    phone.say("dk tam-khong-co")
    phone.say("DK TAM001")
    phone.tap("Đúng, là tôi")
    phone.ask("tonghop")
    phone.tap("Đọc kỹ hơn")
    phone.tap("Quay lại")
    phone.tap("Tôi không đồng ý")
    phone.tap(1)
    phone.tap("Tôi đồng ý")
    golden("joining", phone)
    assert world.consents[6] == CURRENT


def test_a_link_with_a_code_asks_who_one_is(world: World) -> None:
    phone = Phone(world, 9)
    phone.ask("start", "tam001")
    assert "Võ Thị Tám" in phone.text
    phone.tap(1)
    assert phone.effects == (UseInvitation(1),)
    assert phone.text.startswith("**Trước khi bắt đầu**")


def test_not_me_spends_the_code_and_names_nobody(world: World) -> None:
    phone = Phone(world, 9)
    phone.ask("start", "TAM001")
    phone.tap("Không phải tôi")
    assert phone.effects == (RefuseInvitation(1),)
    assert "Tám" not in phone.text
    phone.tap(1)
    assert phone.screen.waits_for == "text"
    phone.say("TAM001")
    assert joining.USED_CODE in phone.text


def test_a_wrong_used_or_expired_code_is_counted_and_tells_nothing(world: World) -> None:
    world.invitations["CU"] = replace(world.invitations["TAM001"], id=3, state="expired")
    phone = Phone(world, 9)
    for code, said in (
        ("GIBERISH", joining.WRONG_CODE),
        ("HOA001", joining.USED_CODE),
        ("CU", joining.EXPIRED_CODE),
    ):
        phone.ask("start", code)
        assert phone.effects == (CountWrongCode(),)
        assert phone.text.startswith(said)
        assert "Hoa" not in phone.text


def test_many_wrong_codes_lock_this_account_only(world: World) -> None:
    phone = Phone(world, 9)
    for _ in range(5):
        phone.say("SAIMAROI")
    phone.say("TAM001")
    assert phone.effects == ()
    assert phone.text.startswith(joining.LOCKED)
    world.passes(minutes=16)
    phone.say("TAM001")
    assert "Đồng chí là" in phone.text


def test_an_invitation_spent_elsewhere_leaves_the_screen_with_a_way_on(world: World) -> None:
    phone = Phone(world, 9)
    phone.ask("start", "TAM001")
    world.invitations["TAM001"] = replace(world.invitations["TAM001"], state="used")
    world.invitations["MOI"] = replace(world.invitations["TAM001"], id=7, state="open")
    phone.say("MOI")
    assert "Đồng chí là **Võ Thị Tám**" in phone.text


def test_an_own_code_again_just_leads_home(world: World, hoa: Phone) -> None:
    hoa.ask("start", "HOA001")
    assert hoa.effects == ()
    assert hoa.text.startswith("**Việc của đồng chí**")


def test_another_persons_code_in_this_chat_says_whose_chat_it_is(world: World, hoa: Phone) -> None:
    hoa.ask("start", "TAM001")
    assert "đang là của đồng chí Nguyễn Thị Hoa" in hoa.text
    world.invitations["TAM001"] = replace(world.invitations["TAM001"], state="used")
    assert joining.USED_CODE in hoa.text
    hoa.tap(1)
    assert hoa.state.place == Place("home")
    hoa.ask("start", "SAIMAROI")
    assert hoa.text.startswith(joining.WRONG_CODE)


def test_consent_comes_before_everything_but_help_and_my_data(world: World, hoa: Phone) -> None:
    world.consents.pop(HOA.id)
    for command in ("menu", "tonghop", "nhac", "huy"):
        hoa.ask(command)
        assert "**Trước khi bắt đầu**" in hoa.text
    for command, title in (("trogiup", "**Trợ giúp**"), ("dulieu", "**Dữ liệu của đồng chí**")):
        hoa.ask(command)
        assert hoa.text.startswith(title)
    hoa.tap("Xem lại và đồng ý")
    hoa.tap(1)
    assert hoa.effects == (SetConsent(True, CURRENT),)


def test_consent_without_an_open_review_names_no_year(world: World, hoa: Phone) -> None:
    world.consents.pop(HOA.id)
    world.cycle = world.pack = None
    hoa.ask("menu")
    assert "xếp loại. Người xem được" in hoa.text


def test_without_a_committee_it_still_greets(world: World) -> None:
    world.units.clear()
    phone = Phone(world, 9)
    phone.ask("start")
    assert "trợ lý kiểm điểm cuối năm." in phone.text
    world.invitations["TAM001"] = replace(
        world.invitations["TAM001"], person=replace(world.people[6], unit=None, birth_date=None)
    )
    phone.say("TAM001")
    assert "cuối năm của tổ chức đảng.\n\nĐồng chí là **Võ Thị Tám**?" in phone.text
    phone.tap(1)
    assert "máy chủ của cấp ủy" in phone.text
