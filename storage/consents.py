"""Consent, word by word: who agreed to what, when, on which channel, and took it back when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from review.consents import CURRENT, ConsentText, consent_text
from storage.dialects import insert_or_leave
from storage.tables import accounts, consent_texts, consents, people

FORMAT = "tusoi-consent/1"


@dataclass(frozen=True, slots=True)
class LastWord:
    """`holds`: it is a yes to the words of today."""

    given: bool
    version: str

    @property
    def holds(self) -> bool:
        return self.given and self.version == CURRENT


def last_word(conn: Connection, person_id: int | None) -> LastWord | None:
    """None when the person has said nothing."""
    said = select(consents.c.given, consents.c.text_version).where(consents.c.person_id == person_id)
    row = conn.execute(said.order_by(consents.c.id.desc()).limit(1)).first()
    return None if row is None else LastWord(row.given, row.text_version)


def record(conn: Connection, person_id: int, account_id: int, given: bool, text: ConsentText, now: datetime) -> None:
    """With the very words that were read."""
    insert_or_leave(conn, consent_texts, [{"hash": text.digest, "version": text.version, "text": text.whole}])
    row = {"person_id": person_id, "account_id": account_id, "given": given, "at": now}
    conn.execute(insert(consents).values(row | {"text_version": text.version, "text_hash": text.digest}))


def proof(conn: Connection, code: str, now: datetime) -> dict[str, Any] | None:
    """Plain data, ready for JSON; None where nobody has this code."""
    person = conn.execute(select(people.c.id, people.c.code, people.c.name).where(people.c.code == code)).first()
    if person is None:
        return None
    rows = conn.execute(
        select(consents, accounts.c.channel, consent_texts.c.text)
        .join(accounts, accounts.c.id == consents.c.account_id)
        .outerjoin(consent_texts, consent_texts.c.hash == consents.c.text_hash)
        .where(consents.c.person_id == person.id)
        .order_by(consents.c.id)
    ).all()
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "person": {"code": person.code, "name": person.name},
        "consents": [
            {
                "given": row.given,
                "at": row.at.isoformat(),
                "channel": row.channel,
                "withdrawn_at": _withdrawn(rows[nth:]) if row.given else None,
                "text_version": row.text_version,
                "text_sha256": row.text_hash,
                "text": row.text or _unfilled(row.text_version),
            }
            for nth, row in enumerate(rows)
        ],
    }


def _withdrawn(rows: Sequence[Row[Any]]) -> str | None:
    """When a yes was taken back: by the next no."""
    return next((row.at.isoformat() for row in rows if not row.given), None)


def _unfilled(version: str) -> str | None:
    """Of consents older than the keeping of texts only the version is known: its words without the office's name."""
    text = consent_text(version)
    return text.whole if text else None
