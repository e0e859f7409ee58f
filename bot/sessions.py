"""Web sessions as the web door asks for them."""

from bot.house import House
from bot.turn import available
from storage import sessions


class StoredSessions:
    """Implements `handlers.port.Sessions`."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def open(self) -> tuple[str, str]:
        now = self._house.clock()
        return await available(self._house.db.write(lambda conn: sessions.open_session(conn, now)))

    async def holds(self, sid: str, token: str) -> bool:
        return await available(self._house.db.read(lambda conn: sessions.holds(conn, sid, token)))
