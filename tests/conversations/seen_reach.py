"""Devices and chats of the test world, as one account's turn sees them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from conversations.reach_facts import Chat, Doors, Linking

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass(frozen=True)
class SeenReach:
    world: "World"
    account_id: int

    @property
    def doors(self) -> Doors:
        return self.world.reach.doors

    def chats(self) -> tuple[Chat, ...]:
        me = self.world.accounts[self.account_id].person_id
        own = [account for account in self.world.accounts.values() if me and account.person_id == me]
        reach = self.world.reach
        order = sorted(own, key=lambda account: account.id != self.account_id)
        chosen = [one.id for one in own if one.id in reach.chosen and one.id not in self.world.unreachable]
        reminded = chosen[0] if chosen else next((one.id for one in order if one.id not in self.world.unreachable), 0)
        return tuple(
            Chat(one.id, one.channel, reach.last_used.get(one.id), one.id == reminded, one.id in self.world.unreachable)
            for one in order
        )

    def linking(self) -> Linking | None:
        code, made_at = self.world.reach.links.get(self.account_id, ("", self.world.now))
        invitation = self.world.invitations.get(code)
        until = made_at + timedelta(hours=1)
        me = self.world.accounts[self.account_id].person_id
        if invitation is None or invitation.state != "open" or until <= self.world.now or invitation.person.id != me:
            return None
        return Linking(invitation.id, code, until)

    def has_chat(self, person_id: int) -> bool:
        return self.world.joined(person_id)
