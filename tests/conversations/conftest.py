"""Fixtures of the conversation tests: a small world, a phone in it, golden transcripts."""

from collections.abc import Callable

import pytest

from tests.conversations.phone import Phone, check_golden
from tests.conversations.village import village
from tests.conversations.world import World


@pytest.fixture
def world() -> World:
    return village()


@pytest.fixture
def hoa(world: World) -> Phone:
    """A member who has joined and consented (account 1)."""
    return Phone(world, 1)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Phone], None]:
    update = bool(request.config.getoption("--update-golden"))
    return lambda name, phone: check_golden(name, phone.transcript, update)
