"""The test world itself: it counts, files and refuses as storage does."""

import pytest

from conversations.effects import SaveAnswer, Submit
from tests.conversations.phone import Phone
from tests.conversations.village import BLOCK, HOA
from tests.conversations.world import RefusedError, World


def save(key: str, value: str) -> SaveAnswer:
    return SaveAnswer("self_review", HOA.id, "2C", key, value)


def test_an_answer_is_born_drafted_and_counted(world: World) -> None:
    world.apply(1, save("conduct", "Tốt"))
    (count,) = world.facts(1).cell_counts((BLOCK.id,))
    assert (count.due, count.drafting, count.not_started, count.submitted) == (2, 1, 1, 0)


def test_a_submitted_response_takes_no_answer(world: World) -> None:
    world.apply(1, save("conduct", "Tốt"))
    world.apply(1, Submit(1))
    assert world.responses[1].receipt
    with pytest.raises(RefusedError):
        world.apply(1, save("conduct", "Khác"))


def test_a_phone_joins_and_keeps_its_words(world: World) -> None:
    phone = Phone(world, 9)
    phone.say("TAM001")
    phone.tap("Đúng")
    phone.tap(1)
    assert world.accounts[9].person_id == 6
    assert "Tự Soi:" in phone.transcript
    assert "⇒ SetConsent(given=True" in phone.transcript
