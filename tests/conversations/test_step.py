"""The step: whatever comes in, wherever the person stands, a kind screen follows and nothing changes unasked."""

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from conversations import words
from conversations.dialogue import stay
from conversations.dialogues import DIALOGUES
from conversations.effects import Notify, Reachable, SetConsent
from conversations.facts import Notice
from conversations.gate import allowed_place
from conversations.incoming import Asked, Chose, Event, Nudged, Reached, Typed, Unreadable
from conversations.place import HOME, Place, State, unpack_place
from conversations.step import decide, show
from review.forms import walk
from tests.conversations.crowd import BINH, DUNG, HOA, LAN, REMARK, crowd, half_done
from tests.conversations.phone import Phone, check_screen
from tests.conversations.small_pack import SELF_REVIEW
from tests.conversations.village import village
from tests.conversations.world import World

ACCOUNTS = (HOA.id, LAN.id, BINH.id, DUNG.id, 9, 13, 30)
WORDS = st.sampled_from(
    [
        "1",
        "2",
        "3",
        "16",
        "30",
        "0",
        "99",
        "-1",
        "²",
        "999999999999999999999999999999",
        "s",
        "r",
        "remark",
        "conduct",
        "meetings",
        "shortcomings.1.text",
        "scores.c01",
        "self_review",
        "progress_chart",
        "remark_slip",
        "blank_remark_slip",
        "summary_workbook",
    ]
) | st.just("")
PLACES = st.builds(
    lambda name, args: Place(name, tuple(args)), st.sampled_from(sorted(DIALOGUES)), st.lists(WORDS, max_size=4)
)
TYPED = st.text(max_size=30) | WORDS | st.sampled_from(["để sau", "/huy", "TỔNG HỢP", "a" * 9000])
ACTIONS = st.sampled_from(["!snooze", "!help", ">home", "!yes.2026-11"]) | st.text(max_size=20)
COMMANDS = st.sampled_from(["menu", "tonghop", "nhac", "dulieu", "trogiup", "start", "la"])
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Typed, TYPED),
    st.builds(Typed, st.text(max_size=5), st.integers(0, 3)),
    st.builds(Chose, st.integers(0, 3), ACTIONS),
    st.builds(Asked, COMMANDS, st.text(max_size=9)),
    st.builds(Unreadable, st.sampled_from(["photo", "voice", "edited", "khác"])),
    st.builds(Nudged, st.integers(0, 12)),
    st.builds(Reached, st.booleans()),
)
NOTICES = (
    "opening", "self_review_due", "remarks_due", "digest", "asked_by_secretary", "snoozed", "wrong_person",
    "help_wanted", "unreachable", "remark_arrived", "typed_in",
)  # fmt: skip


def no_cycle() -> World:
    world = half_done()
    world.cycle = world.pack = None
    return world


def with_notices(world: World) -> World:
    for number, kind in enumerate(NOTICES, 1):
        world.notices[number] = (HOA.id, Notice(number, kind, "2026-12-01", {"person_id": "10"}))  # type: ignore[arg-type]
    return world


WORLDS = st.sampled_from((village, crowd, half_done, no_cycle))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS, st.sampled_from(ACCOUNTS), PLACES, EVENTS, st.booleans())
@example(half_done, HOA.id, Place("remark_me_answer"), Typed("Cảm ơn."), True)
def test_any_event_anywhere_is_followed_by_a_good_screen(make, account, place, event, first) -> None:  # type: ignore[no-untyped-def]
    world = with_notices(make())
    account = account if account in world.accounts else 9
    phone = Phone(world, account)
    phone.goto(place)
    if first and phone.screen.choices:
        phone.tap(1)
    decision = decide(phone.state, event, world.facts(account))
    for effect in decision.effects:
        world.apply(account, effect)
    check_screen(show(decision.state, world.facts(account)))
    assert State.from_json(decision.state.to_json()) == decision.state


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS, st.sampled_from(ACCOUNTS), PLACES, st.integers(-2, 2), st.text(max_size=25))
def test_a_forged_or_stale_button_changes_nothing(make, account, place, older, action) -> None:  # type: ignore[no-untyped-def]
    world = with_notices(make())
    phone = Phone(world, account if account in world.accounts else 9)
    phone.goto(place)
    offered = {choice.action for choice in phone.screen.choices}
    before = phone.state
    for forged in (action, *offered):
        if older == 0 and forged in offered:
            continue
        decision = decide(before, Chose(before.serial + older, forged), world.facts(phone.account_id))
        assert decision.effects == ()
        assert decision.state.serial == before.serial
        assert decision.state.note == words.OLD_BUTTON


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(WORLDS, st.sampled_from(ACCOUNTS), st.lists(st.integers(0, 12), max_size=30))
def test_tapping_about_never_leads_to_a_dead_end(make, account, taps) -> None:  # type: ignore[no-untyped-def]
    world = with_notices(make())
    phone = Phone(world, account if account in world.accounts else 9)
    phone.ask("menu")
    for tap in taps:
        choices = phone.screen.choices
        if choices:
            phone.tap(tap % len(choices) + 1)
        else:
            phone.say("12")


def test_every_form_question_has_a_place_that_survives_packing() -> None:
    for form in (SELF_REVIEW, REMARK):
        for asked in walk(form, {}):
            place = Place.of("form", "s", 1, asked.key)
            assert unpack_place(f"form.s.1.{asked.key.replace('.', '~')}") == place


def test_what_is_no_text_is_said_and_the_screen_stays(hoa: Phone) -> None:
    hoa.ask("menu")
    serial = hoa.state.serial
    hoa.send("voice")
    assert hoa.text.startswith("Tôi chưa đọc được tin này (giọng nói).")
    hoa.send("edited")
    assert hoa.text.startswith("Tin sửa lại không thay câu đã lưu.")
    assert hoa.state.serial == serial


def test_words_on_a_screen_of_choices_are_not_kept_and_that_is_said(hoa: Phone) -> None:
    hoa.ask("menu")
    hoa.say("Tôi đã vận động được mười bốn hộ hiến đất.")
    assert "**chưa được lưu**" in hoa.text
    hoa.say("ok")
    assert hoa.text.startswith("Đồng chí bấm một nút, hoặc gửi số của lựa chọn: từ 1 đến")


def test_nothing_or_too_much_is_not_an_answer(world: World) -> None:
    phone = Phone(world, 9)
    phone.ask("start")
    phone.say(" \x00 ")
    assert phone.text.startswith(words.EMPTY)
    phone.say("a" * 8001)
    assert phone.text.startswith("Tin này dài 8001 chữ cái")
    assert phone.effects == ()


def test_words_for_an_older_page_are_not_filed(hoa: Phone) -> None:
    hoa.ask("menu")
    hoa.say("1", serial=hoa.state.serial - 1)
    assert hoa.text.startswith(words.OLD_PAGE)
    hoa.say("1", serial=hoa.state.serial)
    assert hoa.state.place.name == "form"


def test_leaving_a_step_keeps_what_was_answered(hoa: Phone) -> None:
    hoa.ask("huy")
    assert hoa.text.startswith(words.LEFT)
    hoa.ask("la")
    assert hoa.text.startswith(words.UNKNOWN_COMMAND)


def test_an_account_out_of_reach_is_noted_without_a_word(world: World) -> None:
    for yes in (False, True):
        decision = decide(State(), Reached(yes), world.facts(HOA.id))
        assert decision.effects == (Reachable(yes),)
        assert not decision.speaks


def test_a_notice_becomes_the_screen_only_while_it_is_needed(world: World) -> None:
    world.apply(LAN.id, Notify(HOA.id, "asked_by_secretary", "2026-12-01"))
    decision = decide(State(), Nudged(1), world.facts(HOA.id))
    assert decision.speaks
    assert decision.state.place == Place.of("notice", 1)
    assert not decide(State(), Nudged(99), world.facts(HOA.id)).speaks
    assert not decide(State(), Nudged(1), world.facts(9)).speaks
    world.cycle = None
    assert not decide(State(), Nudged(1), world.facts(HOA.id)).speaks


def test_a_button_of_consent_taken_back_elsewhere_files_nothing(world: World, hoa: Phone) -> None:
    hoa.ask("menu")
    hoa.tap(1)
    action = hoa.screen.choices[0].action
    world.apply(HOA.id, SetConsent(False, "2026-11"))
    hoa.press(hoa.state.serial, action)
    assert hoa.effects == ()
    assert "**Trước khi bắt đầu**" in hoa.text


def test_an_unknown_place_or_state_version_is_home(world: World) -> None:
    facts = world.facts(HOA.id)
    assert show(State(Place("tomorrow")), facts).text == show(State(HOME), facts).text
    assert State.from_json({"v": 99, "n": 4}) == State(serial=5)
    assert State.from_json(None) == State()


@pytest.mark.parametrize("name", sorted(DIALOGUES))
def test_a_screen_that_waits_for_words_takes_them(name: str) -> None:
    """No dialogue may show ✍️ and drop what is written."""
    drops = DIALOGUES["not_me"].write
    assert drops(HOME, "chữ", village().facts(HOA.id)) == stay("")
    for account in ACCOUNTS:
        for args in ((), ("30", "remark"), ("s", "1", "conduct"), ("1",)):
            facts = half_done().facts(account)
            place = allowed_place(Place(name, args), facts)
            if show(State(place), facts).waits_for:
                assert DIALOGUES[place.name].write is not drops
