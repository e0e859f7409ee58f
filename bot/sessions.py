"""Web sessions as the web door asks for them."""

from sqlalchemy import Connection

from bot.house import House
from bot.turn import available
from conversations import curtain
from conversations.place import State
from storage import accounts, audit, entry_links, sessions


class StoredSessions:
    """Implements `handlers.port.Sessions`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def open(self) -> tuple[str, str]:
        now = self._house.clock()
        return await available(self._house.db.write(lambda conn: sessions.open_session(conn, now)))

    async def open_linked(self, link: str) -> tuple[str, str] | None:
        return await available(self._house.db.write(lambda conn: self._spend(conn, link)))

    async def holds(self, sid: str, token: str) -> bool:
        return await available(self._house.db.read(lambda conn: sessions.holds(conn, sid, token)))

    def _spend(self, conn: Connection, link: str) -> tuple[str, str] | None:
        now = self._house.clock()
        chat_id = entry_links.spend(conn, link, now)
        if chat_id is None:
            return None
        chat = accounts.load_row(conn, chat_id)
        sid, token = sessions.open_session(conn, now)
        page = accounts.find_or_create(conn, "web", sid, now).account
        entry_links.lead_to(conn, link, page.id)
        place = curtain.entry_place(chat.state, self._house.facts(conn, chat.account))
        accounts.save_state(conn, page.id, State().moved(place))
        if chat.account.person_id is not None:
            accounts.bind(conn, page.id, chat.account.person_id)
            who = audit.person(chat.account.person_id)
            audit.append(conn, now, who, "open_link", f"account:{page.id}", {"chat": chat_id})
        return sid, token
