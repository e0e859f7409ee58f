"""Consent, what is kept about a person, and requests, as a turn sees them."""

from datetime import tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from conversations.facts import Account
from conversations.privacy_facts import Kept
from review.appeals import Matter
from review.requests import DataRequest, Erasure, by_date
from storage import consents
from storage.consents import LastWord
from storage.erasing import erasure
from storage.once import Once, of_part
from storage.people import find_person
from storage.person_record import sections_of
from storage.requests import OPEN, find_requests, matter
from storage.tables import request_words, requests


class StoredPrivacy:
    """Implements `conversations.privacy_facts.PrivacyFacts` for the person of an account. `cycle_id` 0: none."""

    def __init__(self, conn: Connection, cycle_id: int, account: Account, zone: tzinfo | None, once: Once) -> None:
        self._conn = conn
        self._cycle_id = cycle_id
        self._person_id = account.person_id or 0
        self._zone = zone
        self._once = of_part(once, "privacy")

    @property
    def last_word(self) -> LastWord | None:
        return self._once("last word", lambda: consents.last_word(self._conn, self._person_id))

    @property
    def agreed_before(self) -> bool:
        last = self.last_word
        return last is not None and last.given and not last.holds

    def kept(self) -> tuple[Kept, ...]:
        return self._once("kept", self._kept)

    def mine(self) -> tuple[DataRequest, ...]:
        return self._found("mine", requests.c.person_id == self._person_id)

    def find(self, request_id: int) -> DataRequest | None:
        return next(iter(self._found(("one", request_id), requests.c.id == request_id)), None)

    def open(self) -> tuple[DataRequest, ...]:
        return by_date(self._found("open", OPEN))

    def matter(self, person_id: int) -> Matter:
        return self._once(("matter", person_id), lambda: self._matter(person_id))

    def erasure(self, request: DataRequest) -> Erasure:
        return self._once(("erasure", request.id), lambda: erasure(self._conn, request))

    def words(self, name: str) -> str:
        here = (request_words.c.person_id == self._person_id, request_words.c.name == name)
        return self._once(("words", name), lambda: self._conn.scalar(select(request_words.c.text).where(*here)) or "")

    def _kept(self) -> tuple[Kept, ...]:
        person = find_person(self._conn, self._person_id)
        sections = sections_of(self._conn, person, self._zone) if person else {}
        return tuple(Kept(section, len(records)) for section, records in sections.items() if records)

    def _matter(self, person_id: int) -> Matter:
        person = find_person(self._conn, person_id)
        assert person is not None
        return matter(self._conn, self._cycle_id, person)

    def _found(self, question: Any, *where: ColumnElement[bool]) -> tuple[DataRequest, ...]:
        return self._once(question, lambda: find_requests(self._conn, *where, zone=self._zone))
