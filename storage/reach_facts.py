"""A person's own chats, and the code made in the present one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, select

from conversations.facts import Account
from conversations.reach_facts import Chat, Doors, Linking
from storage import invitations
from storage.chats import by_preference, may_be_written_to
from storage.columns import local
from storage.tables import accounts


@dataclass(frozen=True, slots=True)
class StoredReach:
    """Implements `conversations.reach_facts.ReachFacts`."""

    conn: Connection
    account: Account
    now: datetime
    doors: Doors
    once: Callable[[Any, Callable[[], Any]], Any]

    def chats(self) -> tuple[Chat, ...]:
        found: tuple[Chat, ...] = self.once("chats", self._chats)
        return found

    def linking(self) -> Linking | None:
        found: Linking | None = self.once("linking", self._linking)
        return found

    def has_chat(self, person_id: int) -> bool:
        held = exists().where(accounts.c.person_id == person_id)
        return bool(self.once(("has chat", person_id), lambda: self.conn.scalar(select(held))))

    def _chats(self) -> tuple[Chat, ...]:
        me = self.account.person_id
        if me is None:
            return ()
        first = select(accounts.c.id).where(may_be_written_to(accounts, me)).order_by(*by_preference(accounts)).limit(1)
        reminded = self.conn.scalar(first)
        rows = self.conn.execute(
            select(accounts)
            .where(accounts.c.person_id == me)
            .order_by(accounts.c.id != self.account.id, accounts.c.last_inbound_at.desc().nulls_last(), accounts.c.id)
        )
        return tuple(
            Chat(
                row.id,
                row.channel,
                local(row.last_inbound_at, self.now.tzinfo),
                row.id == reminded,
                row.unreachable_since is not None,
            )
            for row in rows
        )

    def _linking(self) -> Linking | None:
        me = self.account.person_id
        found = None if me is None else invitations.open_link(self.conn, me, self.account.id, self.now)
        return replace(found, until=found.until.astimezone(self.now.tzinfo)) if found else None
