"""Devices and chats of the test world: what an effect does to them."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from conversations.facts import Account, Invitation
from conversations.reach_effects import LinkAnother, ReachEffect, RevokeAccess, SignOut, TakeNoticesHere
from conversations.reach_facts import Doors
from review.permissions import may
from tests.conversations.refused import RefusedError

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass
class WorldReach:
    """`links`: code and moment by the account that made it; `chosen`: accounts that take reminders."""

    doors: Doors = field(default_factory=lambda: Doors("https://tusoi.test", "tusoi_bot", zalo=True))
    last_used: dict[int, datetime] = field(default_factory=dict)
    chosen: set[int] = field(default_factory=set)
    links: dict[int, tuple[str, datetime]] = field(default_factory=dict)


def apply(world: "World", account: Account, effect: ReachEffect) -> None:
    me = account.person_id
    own = [one.id for one in world.accounts.values() if me and one.person_id == me]
    match effect:
        case TakeNoticesHere(account_id):
            _must(account_id in own)
            world.reach.chosen = (world.reach.chosen - set(own)) | {account_id}
        case SignOut("one", account_id):
            _must(account_id in own)
            _end(world, [account_id])
        case SignOut(which):
            _end(world, [one for one in own if which == "all" or one != account.id])
            _void_links(world, own)
        case LinkAnother():
            _must(bool(own))
            number = max(one.id for one in world.invitations.values()) + 1
            code = f"MAY{number:03}"
            world.invitations[code] = Invitation(number, world.people[me or 0], "open")
            world.reach.links[account.id] = (code, world.now)
        case RevokeAccess(person_id):
            subject = world.people[person_id]
            _must(may(world.people[me or 0], "revoke_access", subject, below=world.facts(account.id).units_below))
            _end(world, [one.id for one in world.accounts.values() if one.person_id == person_id])
            for code, one in world.invitations.items():
                if one.person.id == person_id:
                    world.invitations[code] = replace(one, state="used")


def _end(world: "World", account_ids: list[int]) -> None:
    for account_id in account_ids:
        world.accounts[account_id] = replace(world.accounts[account_id], person_id=None)
        world.reach.chosen.discard(account_id)
    _void_links(world, account_ids)


def _void_links(world: "World", account_ids: list[int]) -> None:
    for code in [world.reach.links.pop(one)[0] for one in account_ids if one in world.reach.links]:
        world.invitations[code] = replace(world.invitations[code], state="used")


def _must(allowed: bool) -> None:
    if not allowed:
        raise RefusedError("this account or person is not yours")
