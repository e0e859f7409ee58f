"""Links to papers for channels without documents: signed, and over after an hour."""

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import cast, get_args

from bot.house import House
from bot.papers import HousePapers
from bot.turn import available
from conversations.incoming import ChannelName
from conversations.screen import Paper, PaperKind
from handlers.port import Made
from storage.own_keys import own_key

VALID = timedelta(hours=1)
SIGNATURE_BYTES = 16


class SignedPaperLinks:
    """Implements `handlers.port.PaperLinks`. A link opens what its own person may have at that moment, no more."""

    def __init__(self, house: House, papers: HousePapers, public_url: str) -> None:
        self._house = house
        self._papers = papers
        self._public_url = public_url
        self._key = b""

    async def link(self, paper: Paper, channel: ChannelName, chat: str) -> str:
        over = int((self._house.clock() + VALID).timestamp())
        content = "\n".join((paper.kind, str(paper.about), channel, str(over), chat)).encode()
        token = urlsafe_b64encode(await self._signature(content) + content).decode().rstrip("=")
        return f"{self._public_url}/p/{token}"

    async def open(self, token: str) -> Made | None:
        try:
            signed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except ValueError:
            return None
        signature, content = signed[:SIGNATURE_BYTES], signed[SIGNATURE_BYTES:]
        if not hmac.compare_digest(signature, await self._signature(content)):
            return None
        kind, about, channel, over, chat = content.decode().split("\n", 4)
        if kind not in get_args(PaperKind) or self._house.clock() > datetime.fromtimestamp(int(over), UTC):
            return None
        return await self._papers.make(Paper(cast(PaperKind, kind), int(about), ""), cast(ChannelName, channel), chat)

    async def _signature(self, content: bytes) -> bytes:
        if not self._key:
            self._key = await available(self._house.db.write(lambda conn: own_key(conn, "paper_links")))
        return hmac.digest(self._key, content, "sha256")[:SIGNATURE_BYTES]
