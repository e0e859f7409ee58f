"""What the test world does with requests about personal data. Written apart from storage, on plain dicts."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from conversations.effects import Notify
from conversations.facts import Account
from conversations.request_effects import (
    AnswerRequest,
    ExtendRequest,
    KeepWords,
    LookedAtRequest,
    MakeRequest,
    RequestEffect,
    TakeRequest,
)
from review.people import Person
from review.permissions import may
from review.privacy_rules import privacy_rules
from review.requests import DataRequest, Erasure
from tests.conversations.refused import RefusedError

if TYPE_CHECKING:
    from tests.conversations.world import World


@dataclass
class WorldPrivacy:
    """`looks` are (person, request)."""

    requests: dict[int, DataRequest] = field(default_factory=dict)
    words: dict[tuple[int, str], str] = field(default_factory=dict)
    looks: list[tuple[int, int]] = field(default_factory=list)

    def apply(self, world: "World", account: Account, effect: RequestEffect) -> None:
        me = world.people[account.person_id or 0]
        match effect:
            case KeepWords(name, text):
                self.words[me.id, name] = text
            case MakeRequest():
                self._make(world, account, effect)
            case LookedAtRequest(request_id):
                self._judged(world, me, request_id)
                self.looks.append((me.id, request_id))
            case TakeRequest(request_id):
                request = self._judged(world, me, request_id)
                taken_at = request.acknowledged_at or world.now
                self.requests[request_id] = replace(request, handler_id=me.id, acknowledged_at=taken_at)
            case AnswerRequest(request_id, outcome, text):
                request = self._taken(world, me, request_id)
                erased = (
                    self.erasure(world, request.person_id) if (request.kind, outcome) == ("delete", "done") else None
                )
                done = replace(request, outcome=outcome, answer=text, answered_at=world.now, erased=erased)
                self.requests[request_id] = done
                self._tell(world, request, "answered")
            case ExtendRequest(request_id, reason):
                request = self._taken(world, me, request_id)
                if request.extended_at:
                    raise RefusedError("extended twice")
                until = privacy_rules().extended(request.due)
                moved = replace(request, extended_at=world.now, extended_until=until, extension_reason=reason)
                self.requests[request_id] = moved
                self._tell(world, request, "extended")

    def withdraw(self, account: Account, now: datetime) -> None:
        number, today, me = len(self.requests) + 1, now.date(), account.person_id or 0
        asked = DataRequest(number, me, "withdraw", "", now, today, today, now, account_id=account.id)
        self.requests[number] = replace(asked, outcome="done", answer="Có hiệu lực ngay khi rút.", answered_at=now)

    def erasure(self, world: "World", person_id: int) -> Erasure:
        own = [one for one in world.responses.values() if (one.kind, one.subject_id) == ("self_review", person_id)]
        drafts, sent = sum(one.status == "draft" for one in own), sum(not one.is_open for one in own)
        return Erasure({"drafts": drafts} if drafts else {}, {"reviews": sent} if sent else {})

    def _make(self, world: "World", account: Account, effect: MakeRequest) -> None:
        me = account.person_id or 0
        if not effect.text.strip():
            raise RefusedError("a request without words")
        number, now = len(self.requests) + 1, world.now
        days = privacy_rules().due_dates(effect.kind, now.date())
        self.requests[number] = DataRequest(number, me, effect.kind, effect.text, now, *days, account_id=account.id)
        free = [p for p in world.people.values() if p.units_as("officer") and self._is_free(world, p, me)]
        told = free or [p for p in world.people.values() if p.units_as("admin")]
        kind = "request_received" if free else "request_unassigned"
        for person in told:
            world.notify(Notify(person.id, kind, f"request.{number}", {"request_id": str(number)}))  # type: ignore[arg-type]

    def _is_free(self, world: "World", officer: Person, person_id: int) -> bool:
        person = world.people[person_id]
        below = world.facts(officer.id).units_below if officer.id in world.accounts else None
        where = person if person.unit else person.roles[0].unit
        return may(officer, "handle_request", where, below=below) and not world.results.matter(
            world, person_id
        ).has_part(officer)

    def _judged(self, world: "World", me: Person, request_id: int) -> DataRequest:
        request = self.requests[request_id]
        handler = world.people.get(request.handler_id or 0)
        others = handler and handler.id != me.id and self._is_free(world, handler, request.person_id)
        if not request.is_open or others or not self._is_free(world, me, request.person_id):
            raise RefusedError("somebody else answers this request, or it is answered")
        return request

    def _taken(self, world: "World", me: Person, request_id: int) -> DataRequest:
        request = self._judged(world, me, request_id)
        if request.handler_id != me.id:
            raise RefusedError("not taken")
        return request

    def _tell(self, world: "World", request: DataRequest, what: str) -> None:
        params = {"request_id": str(request.id)}
        world.notify(Notify(request.person_id, "request_answered", f"request.{request.id} {what}", params))
