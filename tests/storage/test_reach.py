"""Devices and chats in the database: whose they are, where reminders go, what ends when one is signed out."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from conversations.effects import Effect, Reachable, RefuseInvitation, UseInvitation
from conversations.incoming import ChannelName
from conversations.place import Place, State
from conversations.reach_effects import LinkAnother, RevokeAccess, SignOut, TakeNoticesHere
from conversations.reach_facts import Linking
from storage import accounts, audit, invitations, leaving, notices, outbox, sessions
from storage.chats import by_preference, may_be_written_to
from storage.errors import Refused
from storage.notices import Planned
from storage.tables import accounts as accounts_table
from storage.tables import audit as audit_table
from storage.tables import invitations as invitations_table
from storage.tables import notices as notices_table
from storage.tables import outbox as outbox_table
from storage.tables import own_keys, web_sessions
from tests.storage.ward import Ward


async def account(ward: Ward, address: str, channel: ChannelName = "telegram") -> int:
    found = await ward.db.read(lambda conn: accounts.find(conn, channel, address))
    assert found
    return found.account.id


async def owner(ward: Ward, address: str, channel: ChannelName = "telegram") -> str | None:
    found = await ward.sees(address, lambda facts: facts.me, channel)
    return found.code if found else None


async def reminded(ward: Ward, code: str) -> str | None:
    mine = select(accounts_table.c.address).where(may_be_written_to(accounts_table, ward.ids[code]))
    return await ward.db.read(lambda conn: conn.scalar(mine.order_by(*by_preference(accounts_table)).limit(1)))


async def link(ward: Ward, address: str) -> Linking:
    await ward.does(address, LinkAnother())
    found = await ward.sees(address, lambda facts: facts.reach.linking())
    assert found
    return found


async def audited(ward: Ward, action: str) -> list[tuple[str, str]]:
    query = select(audit_table.c.actor, audit_table.c.object).where(audit_table.c.action == action)
    return [tuple(row) for row in await ward.db.read(lambda conn: conn.execute(query).all())]


async def in_browser(ward: Ward, code: str) -> tuple[str, str]:
    """A person on a web page: the address of the page and its token."""
    sid, token = await ward.db.write(lambda conn: sessions.open_session(conn, ward.now))
    await ward.join(code, "web", sid)
    return sid, token


async def holds(ward: Ward, sid: str, token: str) -> bool:
    return await ward.db.read(lambda conn: sessions.holds(conn, sid, token))


async def test_reminders_go_where_they_were_chosen(ward: Ward) -> None:
    await ward.join("HOA")
    await ward.join("HOA", "web", "page")
    assert await reminded(ward, "HOA") == "HOA"
    page, telegram = await account(ward, "page", "web"), await account(ward, "HOA")
    await ward.does("HOA", TakeNoticesHere(page))
    assert await reminded(ward, "HOA") == "page"
    await ward.does("HOA", TakeNoticesHere(telegram))
    assert await reminded(ward, "HOA") == "HOA"
    await ward.does("HOA", Reachable(False))
    assert await reminded(ward, "HOA") == "page", "out of reach, the next best"
    chats = await ward.sees("page", lambda facts: facts.reach.chats(), "web")
    assert [(chat.channel, chat.reminded, chat.unreachable) for chat in chats] == [
        ("web", True, False),
        ("telegram", False, True),
    ]
    assert [actor for actor, _ in await audited(ward, "take_notices")] == [f"person:{ward.ids['HOA']}"] * 2


@pytest.mark.parametrize("effect", [TakeNoticesHere, lambda account_id: SignOut("one", account_id)])
async def test_an_account_is_touched_by_its_own_person_only(ward: Ward, effect: type[TakeNoticesHere]) -> None:
    await ward.join("HOA")
    await ward.join("NAM")
    await ward.join("CHI")
    hoa = await account(ward, "HOA")
    for who in ("NAM", "CHI", "a stranger"):
        with pytest.raises(Refused):
            await ward.does(who, effect(hoa))
    assert await owner(ward, "HOA") == "HOA"


@pytest.mark.parametrize("effect", [SignOut("all"), SignOut("others"), LinkAnother(), RevokeAccess(1)])
async def test_a_chat_of_nobody_ends_nothing(ward: Ward, effect: Effect) -> None:
    with pytest.raises(Refused):
        await ward.does("a stranger", effect)


async def test_signed_out_nothing_is_left_there(ward: Ward) -> None:
    """Screens, buttons, what waits to be sent, the session, the choice of reminders, the code made there."""
    sid, token = await in_browser(ward, "HOA")
    await ward.join("HOA")
    page = await account(ward, sid, "web")
    await ward.does(sid, TakeNoticesHere(page), LinkAnother(), channel="web")

    def fill(conn: Connection) -> None:
        accounts.save_state(conn, page, State(Place("my_data"), 7, "Đã lưu"), ward.now)
        outbox.put(conn, page, "notice", 7, {"text": "việc"}, ward.now)
        outbox.put(conn, page, "reply", 7, {"text": "màn hình"}, ward.now, lease=timedelta(minutes=1))

    await ward.db.write(fill)
    code = await ward.sees(sid, lambda facts: facts.reach.linking(), "web")
    assert code
    await ward.does("HOA", SignOut("one", page))
    assert await owner(ward, sid, "web") is None
    assert await owner(ward, "HOA") == "HOA"
    assert not await holds(ward, sid, token)
    row = await ward.db.read(lambda conn: accounts.find(conn, "web", sid))
    assert row
    assert row.state == State(serial=8)
    assert await reminded(ward, "HOA") == "HOA"
    left = await ward.db.read(lambda conn: conn.execute(select(outbox_table.c.state, outbox_table.c.payload)).all())
    assert [tuple(one) for one in left] == [("failed", None)] * 2
    found = await ward.db.read(lambda conn: invitations.by_code(conn, code.code, ward.now))
    assert found
    assert found.state == "used"
    assert await audited(ward, "sign_out") == [(f"person:{ward.ids['HOA']}", f"person:{ward.ids['HOA']}")]


@pytest.mark.parametrize(("which", "stays"), [("others", "HOA"), ("all", None)])
async def test_everywhere(ward: Ward, which: str, stays: str | None) -> None:
    sid, token = await in_browser(ward, "HOA")
    await ward.join("HOA")
    await ward.join("HOA", "zalo_bot", "zalo")
    await ward.join("NAM")
    code = await link(ward, "HOA")
    await ward.does("HOA", SignOut(which))  # type: ignore[arg-type]
    assert await owner(ward, "HOA") == stays
    assert await owner(ward, "zalo", "zalo_bot") is None
    assert await owner(ward, "NAM") == "NAM"
    assert not await holds(ward, sid, token)
    found = await ward.db.read(lambda conn: invitations.by_code(conn, code.code, ward.now))
    assert found
    assert found.state == "used", "whoever held the lost phone could have read it here"
    consented = await ward.sees("NAM", lambda facts: facts.consented)
    assert consented


async def test_a_linking_code_is_for_oneself_for_an_hour_once_and_in_this_chat_only(ward: Ward) -> None:
    await ward.join("HOA")
    await ward.join("HOA", "web", "page")
    code = await link(ward, "HOA")
    assert set(code.code) <= set(invitations.ALPHABET)
    assert len(code.code) == invitations.LENGTH
    assert code.until == ward.now + timedelta(hours=1)
    assert await ward.sees("page", lambda facts: facts.reach.linking(), "web") is None
    again = await link(ward, "HOA")
    assert again.code != code.code
    found = await ward.db.read(lambda conn: invitations.by_code(conn, code.code, ward.now))
    assert found
    assert found.state == "used", "the one before is void"
    found = await ward.db.read(lambda conn: invitations.by_code(conn, again.code.lower(), ward.now))
    assert found
    assert (found.id, found.person.code, found.state) == (again.id, "HOA", "open")
    await ward.does("new", UseInvitation(again.id))
    assert await owner(ward, "new") == "HOA"
    assert await ward.sees("HOA", lambda facts: facts.reach.linking()) is None
    with pytest.raises(Refused):
        await ward.does("newer", UseInvitation(again.id))
    third = await link(ward, "HOA")
    ward.passes(hours=1)
    assert await ward.sees("HOA", lambda facts: facts.reach.linking()) is None
    with pytest.raises(Refused):
        await ward.does("newer", UseInvitation(third.id))


async def test_the_code_itself_is_not_kept_but_its_key_is(ward: Ward) -> None:
    await ward.join("HOA")
    code = await link(ward, "HOA")
    kept = await ward.db.read(
        lambda conn: str([conn.execute(select(table)).all() for table in (invitations_table, accounts_table)])
    )
    assert code.code not in kept
    assert await ward.db.read(lambda conn: conn.scalar(select(own_keys.c.name))) == invitations.LINKING_KEY


async def test_each_other_chat_hears_of_a_further_one(ward: Ward) -> None:
    await ward.join("HOA")
    await ward.join("HOA", "web", "page")
    await ward.db.write(lambda conn: conn.execute(notices_table.delete()))
    code = await link(ward, "HOA")
    await ward.does("new", UseInvitation(code.id), channel="zalo_bot")
    due = await ward.db.read(lambda conn: notices.due(conn, ward.now, 10))
    assert {(one.kind, one.chats[0].address) for one in due} == {("device_joined", "HOA"), ("device_joined", "page")}
    await ward.does("HOA", SignOut("others"))
    due = await ward.db.read(lambda conn: notices.due(conn, ward.now, 10))
    assert [one.chats[0].address for one in due] == ["HOA"]
    await ward.does("HOA", Reachable(False))
    assert await ward.db.read(lambda conn: notices.due(conn, ward.now, 10)) == []


async def test_a_stranger_with_a_linking_code_says_so(ward: Ward) -> None:
    await ward.join("HOA")
    code = await link(ward, "HOA")
    await ward.does("a stranger", RefuseInvitation(code.id))
    assert await ward.sees("HOA", lambda facts: facts.reach.linking()) is None


async def test_a_chat_that_passes_on_leaves_nothing_of_the_first_person(ward: Ward) -> None:
    sid, token = await in_browser(ward, "HOA")
    page = await account(ward, sid, "web")
    await ward.does(sid, TakeNoticesHere(page), LinkAnother(), channel="web")
    code = await ward.sees(sid, lambda facts: facts.reach.linking(), "web")
    assert code
    await ward.db.write(
        lambda conn: notices.plan_many(
            conn, [Planned(ward.ids["HOA"], "device_joined", "x", ward.now, account_id=page)], ward.now
        )
    )
    await ward.join("NAM", "web", sid)
    assert await owner(ward, sid, "web") == "NAM"
    assert await holds(ward, sid, token), "the browser goes on, for another person"
    assert await ward.sees(sid, lambda facts: facts.reach.linking(), "web") is None
    found = await ward.db.read(lambda conn: invitations.by_id(conn, code.id, ward.now))
    assert found
    assert found.state == "used"
    chats = await ward.sees(sid, lambda facts: facts.reach.chats(), "web")
    assert [(chat.id, chat.reminded) for chat in chats] == [(page, True)]
    assert await ward.db.read(lambda conn: conn.scalar(select(accounts_table.c.takes_notices))) is False
    assert await ward.db.read(lambda conn: notices.due(conn, ward.now, 10)) == []
    assert await audited(ward, "sign_out") == [(f"person:{ward.ids['HOA']}", f"person:{ward.ids['HOA']}")]
    assert await ward.db.read(audit.verify) is None


async def test_a_lost_phone_is_ended_by_the_secretary_or_an_officer(ward: Ward) -> None:
    for who, unit in (("CHI", "secretary"), ("CAN", "officer")):
        await ward.join(who)
        sid, token = await in_browser(ward, "HOA")
        await ward.join("HOA")
        [(_, slip)] = await ward.db.write(lambda conn: invitations.issue(conn, [ward.ids["HOA"]], ward.now, 30))
        await ward.does(who, RevokeAccess(ward.ids["HOA"]))
        assert await owner(ward, "HOA") is None, unit
        assert not await holds(ward, sid, token)
        found = await ward.db.read(lambda conn, slip=slip: invitations.by_code(conn, slip, ward.now))
        assert found
        assert found.state == "used"
        assert not await ward.sees(who, lambda facts: facts.reach.has_chat(ward.ids["HOA"]))
        assert await owner(ward, who) == who
    assert {actor for actor, _ in await audited(ward, "revoke_access")} == {
        f"person:{ward.ids['CHI']}",
        f"person:{ward.ids['CAN']}",
    }


async def test_nobody_else_ends_it(ward: Ward) -> None:
    await ward.join("HOA")
    for who in ("NAM", "TAM", "MAT", "HOA"):
        await ward.join(who, address=f"{who} there")
        with pytest.raises(Refused):
            await ward.does(f"{who} there", RevokeAccess(ward.ids["HOA"]))
    with pytest.raises(Refused):
        await ward.does("TAM there", RevokeAccess(0))
    assert await owner(ward, "HOA") == "HOA"


async def test_the_operator_ends_it_too(ward: Ward) -> None:
    await in_browser(ward, "HOA")
    await ward.join("HOA")
    ended = await ward.db.write(lambda conn: leaving.revoke_access(conn, ward.ids["HOA"], ward.now, audit.OPERATOR))
    assert ended == (2, 0)
    open_sessions = select(web_sessions.c.sid).where(web_sessions.c.revoked_at.is_(None))
    assert await ward.db.read(lambda conn: conn.execute(open_sessions).all()) == []
    assert await audited(ward, "revoke_access") == [("operator", f"person:{ward.ids['HOA']}")]
