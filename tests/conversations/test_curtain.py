"""The curtain: whatever comes in and whatever is stored, a chat says a sentence of its own, and where to go."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conversations import curtain, words
from conversations.dialogues import joining
from conversations.effects import CountWrongCode, Effect, Reachable
from conversations.facts import Notice
from conversations.incoming import Asked, Chose, Event, Nudged, Reached, Typed, Unreadable
from conversations.place import HOME, Place, State
from conversations.screen import Screen
from conversations.step import show as show_openly
from review.forms import walk
from tests.conversations.crowd import HOA, half_done
from tests.conversations.phone import as_text, check_screen
from tests.conversations.test_step import ACCOUNTS, EVENTS, NOTICES, PLACES, WORLDS, with_notices
from tests.conversations.world import World

LINK = "https://tusoi.example/l/0123456789abcdef"
STRANGER = 9
NOBODY_NAMED = {"bí thư", "chi bộ", "Đảng", "nhận xét", "xếp loại", "tổng hợp", "cư trú", *words.GRADE.values()}


class Chat:
    """A chat behind the curtain. `spoke` is False after an event that needs no word."""

    def __init__(self, world: World, account_id: int = STRANGER) -> None:
        self.world = world
        self.account_id = account_id
        self.state = State()
        self.effects: tuple[Effect, ...] = ()
        self.spoke = False

    def takes(self, event: Event) -> Screen:
        decision = curtain.decide(self.state, event, self.world.facts(self.account_id))
        self.state, self.effects, self.spoke = decision.state, decision.effects, decision.speaks
        for effect in decision.effects:
            self.world.apply(self.account_id, effect)
        return self.screen

    @property
    def screen(self) -> Screen:
        facts = self.world.facts(self.account_id)
        link = LINK if curtain.needs_link(self.state, facts) else ""
        screen = curtain.show(self.state, facts, link)
        check_screen(screen)
        assert screen.papers == ()
        assert (LINK in screen.text.split("\n")) == bool(link)
        return screen


@pytest.fixture
def stranger(world: World) -> Chat:
    return Chat(world)


@pytest.fixture
def member(world: World) -> Chat:
    return Chat(world, 1)


def test_a_good_code_leads_to_the_page_that_asks_who_one_is(stranger: Chat) -> None:
    for event in (Asked("start", "TAM001"), Typed("DK tam001"), Typed("tam 001"), Typed("/start TAM001")):
        stranger.state = State()
        screen = stranger.takes(event)
        assert stranger.state.place == Place.of("who", 1)
        assert stranger.effects == ()
        assert screen.text == f"{curtain.PAGE}\n{LINK}"
        assert [choice.label for choice in screen.choices] == ["Gửi liên kết mới"]
    facts = stranger.world.facts(STRANGER)
    assert curtain.entry_place(stranger.state, facts) == Place.of("who", 1)
    assert "Võ Thị Tám" in show_openly(stranger.state, facts).text


def test_before_a_good_code_there_is_no_link(stranger: Chat) -> None:
    assert stranger.takes(Asked("start")).text == curtain.WELCOME
    said = {
        Typed("1"): curtain.NO_CODE,
        Asked("trogiup"): curtain.NO_CODE,
        Asked("menu"): "",
        Asked("tonghop"): curtain.NOT_A_CODE,
        Typed("Tổng hợp"): curtain.NOT_A_CODE,
        Typed(" \x00"): curtain.NOT_A_CODE,
        Typed("Tôi đã làm được nhiều việc. " * 9): curtain.NOT_A_CODE,
        Unreadable("photo"): curtain.NOT_A_CODE,
        Chose(7, "!me.1"): curtain.NOT_A_CODE,
    }
    for event, note in said.items():
        assert stranger.takes(event).note == note, event
        assert stranger.effects == ()
        assert stranger.screen.waits_for == "text"


def test_a_code_that_is_no_good_is_refused_as_ever(stranger: Chat) -> None:
    world = stranger.world
    world.invitations["CU"] = replace(world.invitations["TAM001"], id=3, state="expired")
    for code, note in (("sai", joining.WRONG_CODE), ("HOA001", "đã dùng rồi"), ("CU", "đã hết hạn")):
        assert note in stranger.takes(Typed(code)).text
        assert stranger.effects == (CountWrongCode(),)
        assert stranger.screen.waits_for == "text"
    for _ in range(2):
        stranger.takes(Typed("sai"))
    assert "tạm dừng nhận mã" in stranger.takes(Typed("TAM001")).text
    assert stranger.effects == ()


def test_once_the_invitation_is_refused_or_over_another_code_is_awaited(stranger: Chat) -> None:
    stranger.takes(Typed("TAM001"))
    assert stranger.takes(Typed("Đúng, là tôi")).note == curtain.NOT_HERE
    invitations = stranger.world.invitations
    invitations["TAM001"] = replace(invitations["TAM001"], state="used")
    assert stranger.screen.waits_for == "text"
    assert stranger.takes(Asked("menu")).text == curtain.WELCOME


def test_what_a_member_sends_is_not_kept_and_that_is_said(member: Chat) -> None:
    said = {
        Typed("Tôi đã vận động được mười bốn hộ hiến đất."): curtain.NOT_HERE,
        Typed("2"): curtain.NOT_HERE,
        Typed(""): curtain.NOT_HERE,
        Unreadable("voice"): curtain.NOT_HERE,
        Asked("tonghop"): curtain.NOT_HERE,
        Asked("dulieu"): curtain.NOT_HERE,
        Chose(3, ">form.s.1.conduct"): curtain.NOT_HERE,
        Chose(0, "!no_code"): curtain.NO_CODE,
        Typed("/trogiup"): curtain.HELP,
        Typed("menu"): "",
        Typed("1"): "",
        Chose(0, "!link"): "",
        Asked("start"): "",
    }
    for event, note in said.items():
        assert member.takes(event).note == note, event
        assert member.effects == ()
        assert member.state.place == HOME


def test_a_code_given_in_a_members_chat(member: Chat) -> None:
    assert member.takes(Typed("DK HOA002")).text == f"{joining.WRONG_CODE}\n\n{curtain.PAGE}\n{LINK}"
    assert member.effects == (CountWrongCode(),)
    member.takes(Asked("start", "HOA001"))
    assert (member.state.place, member.screen.note, member.effects) == (HOME, "", ())
    member.takes(Typed("DK TAM001"))
    assert member.state.place == Place.of("who", 1)


def test_a_reminder_says_only_that_there_is_something_to_do(member: Chat) -> None:
    world = member.world
    world.notices[1] = (1, Notice(1, "self_review_due", "2026-12-03"))
    member.takes(Nudged(1))
    assert member.spoke
    assert member.screen.text == f"{curtain.REMINDER}\n{LINK}"
    assert curtain.entry_place(member.state, world.facts(1)) == Place.of("notice", 1)
    member.takes(Typed("1"))
    assert curtain.REMINDER in member.screen.text
    world.cycle = None
    assert member.screen.text == f"{curtain.PAGE}\n{LINK}"
    assert curtain.entry_place(member.state, world.facts(1)) == HOME
    member.takes(Nudged(1))
    assert not member.spoke


def test_a_block_is_noted(member: Chat) -> None:
    member.takes(Reached(False))
    assert (member.spoke, member.effects) == (False, (Reachable(False),))


def test_a_note_from_before_is_not_repeated(member: Chat) -> None:
    member.state = State(Place.of("form", "s", "1", "conduct"), 7, "Đã lưu câu 7. Đồng chí viết: «điều riêng»")
    assert member.screen.text == f"{curtain.PAGE}\n{LINK}"
    assert curtain.entry_place(member.state, member.world.facts(1)) == member.state.place


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    WORLDS,
    st.sampled_from(ACCOUNTS),
    PLACES | st.builds(lambda nth: Place.of("notice", nth), st.integers(1, len(NOTICES))),
    st.lists(EVENTS, max_size=3),
    st.text(max_size=40),
)
def test_whatever_happens_no_secret_is_said(make, account, place, events, note) -> None:  # type: ignore[no-untyped-def]
    world = with_notices(make())
    for code in world.invitations:
        events.append(Asked("start", code))
    chat = Chat(world, account if account in world.accounts else STRANGER)
    secrets = secrets_of(world)
    chat.state = State(place, 3, show_openly(State(place), world.facts(chat.account_id)).text + note)
    check_silent(chat.screen, secrets)
    for event in events:
        chat.takes(event)
        check_silent(chat.screen, secrets)
        assert all(isinstance(effect, CountWrongCode | Reachable) for effect in chat.effects)
    assert State.from_json(chat.state.to_json()) == chat.state


def secrets_of(world: World) -> set[str]:
    """Every name, answer, question and heading there is in the world, and words that tell who does what."""
    names = {one.name for one in (*world.people.values(), *world.units.values())}
    typed = {value for response in world.responses.values() for value in response.answers.values()}
    forms = world.pack.forms.values() if world.pack else ()
    asked = {text for form in forms for one in walk(form, {}) for text in (one.question.title, one.question.ask)}
    titles = {section.title for form in forms for section in form.sections}
    texts = {one for one in names | typed | asked | titles if isinstance(one, str) and len(one) > 3}
    return {one.lower() for one in texts | NOBODY_NAMED}


def check_silent(screen: Screen, secrets: set[str]) -> None:
    said = as_text(screen).lower()
    assert [secret for secret in secrets if secret in said] == []
    assert not any(letter.isdigit() for letter in said.replace(LINK, "").replace("24 giờ", "").replace("1. ", ""))


def test_the_secrets_of_the_worlds_are_really_there() -> None:
    found = secrets_of(half_done())
    assert {HOA.name.lower(), "bí thư"} <= found
    assert len(found) > 40
