"""Driving a form the way the contract promises: first choices, and typing where ✍️ stands."""

from conversations.form_status import form_status, question_place
from tests.conversations.phone import Phone
from tests.conversations.village import HOA
from tests.conversations.world import World

TYPED = {"text": "Vận động 14/16 hộ xóm 3 hiến đất, xong 30/09.", "number": "12", "date": "31/03/2027"}
FAR = 250  # screens; nobody needs more


def to_form(phone: Phone) -> None:
    """To the place home leads to."""
    facts = phone.world.facts(phone.account_id)
    assert facts.me
    status = form_status(facts, facts.me)
    assert status
    phone.goto(status.next_place)


def forward(phone: Phone) -> None:
    """One step: what is asked for is typed, else the first choice."""
    screen = phone.screen
    if phone.state.place.name == "home":
        to_form(phone)
    elif screen.waits_for:
        phone.say(TYPED[screen.waits_for])
    else:
        phone.tap(1)


def drive(phone: Phone, until: str = "Đã nộp lúc") -> None:
    """Forward until the screen says `until`."""
    for _ in range(FAR):
        if until in phone.text:
            return
        forward(phone)
    raise AssertionError(f"never came to «{until}»:\n{phone.transcript[-3000:]}")


def at(phone: Phone, key: str, mode: str = "") -> Phone:
    """Hoa's phone on the screen of one question."""
    phone.goto(question_place("self_review", HOA.id, key, mode))
    return phone


def answers(world: World) -> dict[str, object]:
    """Hoa's stored answers."""
    response = world.find("self_review", HOA.id)
    return dict(response.answers) if response else {}
