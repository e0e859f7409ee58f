"""What must be true at the end of every story, wherever it was cut: the invariants, as a list of what breaks them."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, select

from bot import health
from bot.courier import IN_HAND
from conversations.form_position import short_title_of
from review.forms import walk
from storage import audit
from storage.tables import answer_history, answers, notices, outbox, people, responses
from storage.tables import audit as audit_rows
from tests.conversations.small_pack import REMARK
from tests.crash.pack import FORM
from tests.crash.program import Program
from tests.crash.world import Attempt, World
from tests.storage.ward import WARD

Kind = Literal["lost", "misfiled", "twice", "stuck", "reminded twice", "doubt", "owed", "receipt", "audit", "foreign"]
Where = tuple[str, str, str]
"""Whom it is about, the kind of the form, the key of the question."""
NAMES = {member.name: member.code for member in WARD.members}
MAY_READ = {("HOA", "MAT"), ("NAM", "MAT"), ("CHI", "MAT")}
"""A remark is written for the person it is about."""
_RECEIPT = re.compile(r"Mã biên nhận \*\*(\S+?)\*\*")


@dataclass(frozen=True, slots=True)
class Found:
    kind: Kind
    what: str


@dataclass(frozen=True)
class Stored:
    """`values`: all that was ever filed under a question, the present value last."""

    values: dict[Where, list[Any]]
    replaced: dict[Where, int]
    sent: list[tuple[str, str, str]]
    submitted: list[str]
    notices: list[tuple[str, str]]
    letters: list[tuple[str, str]]
    chain_holds: bool
    gauges: list[str]

    @property
    def doubts(self) -> int:
        return sum(state == "in_doubt" for _, state in self.letters)


def look(conn: Connection, now: Any) -> Stored:
    values: defaultdict[Where, list[Any]] = defaultdict(list)
    replaced: Counter[Where] = Counter()
    about = responses.join(people, people.c.id == responses.c.subject_person_id)
    for table in (answer_history, answers):
        rows = select(people.c.code, responses.c.kind, table.c.key, table.c.value).select_from(
            table.join(responses).join(people, people.c.id == responses.c.subject_person_id)
        )
        for row in conn.execute(rows.order_by(table.c.id) if table is answer_history else rows):
            values[row.code, row.kind, row.key].append(row.value)
            replaced[row.code, row.kind, row.key] += table is answer_history
    whose = select(people.c.code, notices.c.state).select_from(notices.join(people))
    sent = select(people.c.code, responses.c.status, responses.c.receipt)
    receipts = select(audit_rows.c.detail).where(audit_rows.c.action == "submit")
    return Stored(
        dict(values),
        dict(replaced),
        [tuple(row) for row in conn.execute(sent.select_from(about))],
        [row.detail["receipt"] for row in conn.execute(receipts)],
        [tuple(row) for row in conn.execute(whose)],
        [tuple(row) for row in conn.execute(select(outbox.c.lane, outbox.c.state))],
        audit.verify(conn) is None,
        health._gauges(conn, now),
    )  # fmt: skip


async def check(program: Program) -> tuple[list[Found], Stored]:
    now = program.house.local_now()
    stored = await program.house.db.read(lambda conn: look(conn, now))
    world = program.world
    checks = (_answers(world, stored), _receipts(world, stored), _post(world, stored), _privacy(world))
    found = [one for check in checks for one in check]
    if not stored.chain_holds:
        found.append(Found("audit", "the chain is broken"))
    return found, stored


def _answers(world: World, stored: Stored) -> Iterator[Found]:
    tried: defaultdict[Where, list[tuple[Attempt, Any]]] = defaultdict(list)
    for attempt in world.attempts:
        if (place := question_of(attempt, stored)) is not None:
            tried[place[0]].append((attempt, place[1]))
    for where in stored.values.keys() | tried.keys():
        there = stored.values.get(where, [])
        yield from _one_question(where, tried[where], there, stored)


def _one_question(where: Where, tried: list[tuple[Attempt, Any]], there: list[Any], stored: Stored) -> Iterator[Found]:
    sent = [value for _, value in tried]
    for value in there:
        if value not in sent:
            yield Found("misfiled", f"{value!r} under {where}, where {sent} was sent")
    for attempt, value in tried:
        if _is_acknowledged(attempt) and value not in there:
            elsewhere = [at for at, values in stored.values.items() if value in values]
            yield Found("misfiled" if elsewhere else "lost", f"{value!r} for {where}, found under {elsewhere}")
    if stored.replaced.get(where, 0) > max(len(sent) - 1, 0) or any(there.count(v) > sent.count(v) for v in there):
        yield Found("twice", f"{where}: {there}, sent {sent}")
    acknowledged = [nth for nth, (attempt, _) in enumerate(tried) if _is_acknowledged(attempt)]
    if there and acknowledged and there[-1] not in sent[acknowledged[-1] :]:
        yield Found("lost", f"{where} holds {there[-1]!r}, later was {sent[acknowledged[-1] :]}")


def _is_acknowledged(attempt: Attempt) -> bool:
    return attempt.outcome == "saved" or (attempt.returned and attempt.outcome != "refused")


def question_of(attempt: Attempt, stored: Stored) -> tuple[Where, Any] | None:
    """Under which question the person saw it, and the value it means there."""
    text, owner = attempt.shown.screen.text, attempt.phone.partition(" ")[0]
    value: Any = attempt.value
    if value.startswith(("submit", "withdraw")):
        return None
    option = value.rpartition(".")[2] if value.startswith("a.") else None
    if "Nhận xét tại" in text:
        subject = next(code for name, code in NAMES.items() if f". {name}**" in text)
        question = next(question for question in REMARK.sections[0].blocks if question.ask in text)  # type: ignore[union-attr]
        return (subject, "residence_remark", question.id), option or value
    given = {
        key: values[-1] for (code, kind, key), values in stored.values.items() if (code, kind) == (owner, "self_review")
    }
    for asked in walk(FORM, given):
        if f"**{short_title_of(asked)}**" in text:
            return (owner, "self_review", asked.key), _meant(asked.question.kind, option, value)
    return None  # fmt: skip


def _meant(kind: str, option: str | None, value: str) -> Any:
    match kind:
        case "number":
            return int(value)
        case "score":
            return int(option or 0)
        case "date":
            return "-".join(reversed(value.split("/")))
    return option or value


def _receipts(world: World, stored: Stored) -> Iterator[Found]:
    given = [receipt for _, _, receipt in stored.sent if receipt]
    if len(set(given)) < len(given) or len(set(stored.submitted)) < len(stored.submitted):
        yield Found("receipt", f"given twice: {given}, {stored.submitted}")
    for owner in {phone.owner for phone in world.phones.values()}:
        seen = sorted(
            (s.at, _RECEIPT.findall(s.screen.text)) for p in world.phones.values() if p.owner == owner for s in p.shown
        )
        numbers = [number for _, found in seen for number in found]
        if not set(numbers) <= set(stored.submitted):
            yield Found("receipt", f"{owner} was shown {numbers}, given were {stored.submitted}")
        standing = [(status, receipt) for code, status, receipt in stored.sent if code == owner and receipt in numbers]
        if numbers and standing != [("submitted", numbers[-1])]:
            yield Found("receipt", f"{owner} holds {numbers[-1]}, stored is {standing}")  # fmt: skip


def _post(world: World, stored: Stored) -> Iterator[Found]:
    for lane, state in stored.letters:
        if state not in ("sent", "in_doubt") or (lane, state) == ("reply", "in_doubt"):
            yield Found("owed", f"a {lane} is still {state}")
    shown_to_operators = f'tusoi_notices{{state="in_doubt"}} {stored.doubts}' in stored.gauges
    if stored.doubts > IN_HAND * world.deaths or (stored.doubts and not shown_to_operators):
        yield Found("doubt", f"{stored.doubts} in doubt after {world.deaths} deaths; operators see {stored.gauges}")
    for phone in world.phones.values():
        if phone.channel == "web":
            continue  # a page shows where one stands, however often it is loaded
        seen = Counter(s.screen.text.partition("\n")[0] for s in phone.shown if _is_notice(s.screen.text))
        yield from (Found("reminded twice", f"{phone.name}: {text}") for text, count in seen.items() if count > 1)
        states = Counter(state for code, state in stored.notices if code == phone.owner)
        if not states["sent"] <= sum(seen.values()) <= states["sent"] + states["in_doubt"]:
            yield Found("doubt", f"{phone.name} saw {dict(seen)}, stored is {dict(states)}")
        if states["sending"] or states["failed"]:
            yield Found("owed", f"notices for {phone.owner}: {dict(states)}")


def _is_notice(text: str) -> bool:
    return text.startswith("🔔 ") and not text.startswith("🔔 Đã gửi lời nhắc")


def _privacy(world: World) -> Iterator[Found]:
    for phone in world.phones.values():
        for other in {one.owner for one in world.phones.values()} - {phone.owner}:
            if (phone.owner, other) in MAY_READ:
                continue
            if any(f"{other}: lần" in shown.screen.text for shown in phone.shown):
                yield Found("foreign", f"{phone.name} shows what {other} wrote")
