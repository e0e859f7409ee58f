"""Chats that join, link, pass on and are signed out, in any order: whose each is, and never another person's data."""

from typing import get_args

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import Connection, select

from conversations.facts import Account
from conversations.incoming import Asked, Chose, Event, Incoming
from conversations.reach_effects import SignedOut
from conversations.screen import Screen
from conversations.step import show
from storage import accounts, audit, invitations
from storage.accounts import AccountRow
from storage.tables import people
from tests.bot.turn_desk import Desk
from tests.conversations.phone import check_screen

NAMES = {"HOA": "Nguyễn Thị Hoa", "NAM": "Trần Văn Nam"}
CHATS = st.sampled_from(["HOA", "NAM", "new", "newer"])
PEOPLE = st.sampled_from(["HOA", "NAM"])
ENDS = ("out.", "others", "all", "me.", "not.")


class ReachMachine(RuleBasedStateMachine):
    """`owners` is whose each chat should be; the secretary's stays hers."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = Desk()
        self.count = 0
        self.owners = {"HOA": "HOA", "NAM": "NAM", "new": "", "newer": ""}
        for chat in ("new", "newer"):
            self.sends(chat, Asked("start"))

    def teardown(self) -> None:
        self.desk.close()

    @rule(chat=CHATS, nth=st.integers(0, 9))
    def wanders(self, chat: str, nth: int) -> None:
        """Anything but what another rule does."""
        choices = [
            c for c in self.screen(chat).choices if not c.act.startswith(("out.", "others", "all", "me.", "not."))
        ]
        if choices:
            self.sends(chat, Chose(self.row(chat).state.serial, choices[nth % len(choices)].action))

    @rule(chat=CHATS, which=st.sampled_from(get_args(SignedOut)))
    def signs_out(self, chat: str, which: SignedOut) -> None:
        owner = self.owners[chat]
        own = [one for one, held in self.owners.items() if held == owner]
        if not owner or (which == "others" and not self.walks(chat, "Máy và kênh", exact="Đăng xuất mọi nơi khác")):
            return
        if which == "one":
            self.walks(chat, "Máy và kênh", "Telegram, đang mở ở đây", "Đăng xuất Telegram", "Đăng xuất Telegram")
        elif which == "all":
            self.walks(chat, "Máy và kênh", exact="Đăng xuất mọi nơi")
            self.taps(chat, "Đăng xuất mọi nơi")
        else:
            self.taps(chat, "Đăng xuất mọi nơi khác")
        ended = [chat] if which == "one" else [one for one in own if which == "all" or one != chat]
        self.owners |= dict.fromkeys(ended, "")

    @rule(chat=CHATS, other=CHATS)
    def links(self, chat: str, other: str) -> None:
        if self.owners[chat]:
            self.walks(chat, "Máy và kênh", "Thêm máy")
            linking = self.look(lambda conn: self.facts(conn, chat).reach.linking())
            assert linking
            self.comes_in(other, linking.code, self.owners[chat])

    @rule(chat=CHATS, person=PEOPLE)
    def is_invited(self, chat: str, person: str) -> None:
        """From wherever a chat stands, a fresh invitation leads in."""
        self.comes_in(chat, self.invite(person), person)

    @rule(person=PEOPLE)
    def loses_the_phone(self, person: str) -> None:
        old = self.invite(person)
        if person not in self.owners.values():
            return
        self.sends("CHI", Asked("tonghop"))
        self.taps("CHI", "Xem từng người")
        self.taps("CHI", NAMES[person])
        self.taps("CHI", "Mất máy")
        self.taps("CHI", "Đăng xuất")
        self.owners = {chat: "" if held == person else held for chat, held in self.owners.items()}
        found = self.look(lambda conn: invitations.by_code(conn, old, self.desk.now))
        assert found
        assert found.state == "used"

    @rule(chat=CHATS)
    def is_reminded_here(self, chat: str) -> None:
        if self.owners[chat] and self.walks(chat, "Máy và kênh", "Telegram, đang mở ở đây", "Nhận nhắc việc ở đây"):
            first = self.look(lambda conn: self.facts(conn, chat).reach.chats())[0]
            assert first.reminded

    @invariant()
    def each_chat_is_its_persons(self) -> None:
        for chat, owner in self.owners.items():
            me = self.look(lambda conn, chat=chat: self.facts(conn, chat).me)
            assert (me.code if me else "") == owner, chat

    @invariant()
    def nobody_sees_another(self) -> None:
        for chat, owner in self.owners.items():
            screen = self.screen(chat)
            check_screen(screen)
            shown = screen.text + "".join(choice.label for choice in screen.choices)
            assert not [name for code, name in NAMES.items() if code != owner and name in shown], shown

    @invariant()
    def the_audit_chain_holds(self) -> None:
        assert self.look(audit.verify) is None

    def comes_in(self, chat: str, code: str, person: str) -> None:
        self.sends(chat, Asked("start", code))
        if self.owners[chat] != person:
            self.taps(chat, "Đúng, là tôi")
        self.owners[chat] = person
        assert not self.screen(chat).waits_for

    def invite(self, person: str) -> str:
        def inviting(conn: Connection) -> str:
            person_id = conn.execute(select(people.c.id).where(people.c.code == person)).scalar_one()
            [(_, code)] = invitations.issue(conn, [person_id], self.desk.now, 30)
            return code

        return self.desk.run(self.desk.house.db.write(inviting))

    def walks(self, chat: str, *labels: str, exact: str = "") -> bool:
        """From /dulieu through these choices; False when one is not there."""
        self.sends(chat, Asked("dulieu"))
        return all(self.taps(chat, label) for label in labels) and (not exact or self.taps(chat, exact))

    def taps(self, chat: str, label: str) -> bool:
        choices = self.screen(chat).choices
        found = [c for c in choices if c.label == label] or [c for c in choices if label in c.label]
        if found:
            self.sends(chat, Chose(self.row(chat).state.serial, found[0].action))
        return bool(found)

    def sends(self, chat: str, event: Event) -> None:
        self.count += 1
        self.desk.take(Incoming("telegram", f"r{self.count}", chat, event))

    def look(self, work):  # type: ignore[no-untyped-def]
        with self.desk.reading.begin() as conn:
            return work(conn)

    def row(self, chat: str) -> AccountRow:
        found: AccountRow | None = self.look(lambda conn: accounts.find(conn, "telegram", chat))
        assert found
        return found

    def facts(self, conn: Connection, chat: str):  # type: ignore[no-untyped-def]
        account: Account = self.row(chat).account
        return self.desk.house.facts(conn, account)

    def screen(self, chat: str) -> Screen:
        screen: Screen = self.look(lambda conn: show(self.row(chat).state, self.facts(conn, chat)))
        return screen


ReachMachine.TestCase.settings = settings(
    max_examples=20, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
)
test_every_chat_is_its_persons = pytest.mark.timeout(180)(ReachMachine.TestCase)
