"""Invitations used once, wrong codes counted, consent row by row, wrong persons reported."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from conversations.effects import CountWrongCode, RefuseInvitation, SetConsent, UseInvitation
from conversations.facts import Invitation
from storage import accounts, invitations, outbox
from storage.errors import Refused
from storage.tables import consents, notices
from storage.tables import invitations as invitations_table
from storage.tables import outbox as outbox_table
from tests.storage.ward import Ward


async def invite(ward: Ward, code: str) -> tuple[str, Invitation]:
    def issuing(conn: Connection) -> tuple[str, Invitation]:
        [(_, secret)] = invitations.issue(conn, [ward.ids[code]], ward.now, 30)
        found = invitations.by_code(conn, secret, ward.now)
        assert found
        return secret, found

    return await ward.db.write(issuing)


async def state_of(ward: Ward, secret: str) -> str | None:
    found = await ward.db.read(lambda conn: invitations.by_code(conn, secret, ward.now))
    return found.state if found else None


async def person_of(ward: Ward, address: str) -> str | None:
    person = await ward.sees(address, lambda facts: facts.me)
    return person.code if person else None


async def test_codes_are_easy_to_read_out_and_not_kept(ward: Ward) -> None:
    issued = await ward.db.write(lambda conn: invitations.issue(conn, list(ward.ids.values()), ward.now, 30))
    assert {person.code for person, _ in issued} == set(ward.ids)
    secrets = {secret for _, secret in issued}
    assert len(secrets) == len(issued)
    assert all(len(secret) == 10 and set(secret) <= set(invitations.ALPHABET) for secret in secrets)
    kept = await ward.db.read(lambda conn: str(conn.execute(select(invitations_table)).all()))
    assert not any(secret in kept for secret in secrets)


async def test_typed_carelessly_a_code_still_fits(ward: Ward) -> None:
    secret, _ = await invite(ward, "HOA")
    careless = f" {secret[:5].lower()} - {secret[5:]} "
    assert await state_of(ward, careless) == "open"
    assert await state_of(ward, "") is None
    assert await state_of(ward, "KHONGCO") is None


async def test_an_invitation_is_used_once(ward: Ward) -> None:
    secret, invitation = await invite(ward, "HOA")
    came = await asyncio.gather(
        *(ward.does(f"chat{n}", UseInvitation(invitation.id)) for n in range(5)), return_exceptions=True
    )
    assert [type(outcome) for outcome in came].count(type(None)) == 1
    assert all(outcome is None or isinstance(outcome, Refused) for outcome in came)
    assert [await person_of(ward, f"chat{n}") for n in range(5)].count("HOA") == 1
    assert await state_of(ward, secret) == "used"


async def test_an_expired_invitation_is_good_for_nothing(ward: Ward) -> None:
    secret, invitation = await invite(ward, "HOA")
    ward.passes(days=30)
    assert await state_of(ward, secret) == "expired"
    for effect in (UseInvitation(invitation.id), RefuseInvitation(invitation.id), UseInvitation(0)):
        with pytest.raises(Refused):
            await ward.does("chat", effect)


async def test_the_wrong_person_is_reported_to_the_secretary(ward: Ward) -> None:
    secret, invitation = await invite(ward, "HOA")
    await ward.does("chat", RefuseInvitation(invitation.id))
    assert await state_of(ward, secret) == "used"
    assert await person_of(ward, "chat") is None
    [row] = await ward.db.read(lambda conn: conn.execute(select(notices)).all())
    assert (row.kind, row.person_id, row.params) == (
        "wrong_person",
        ward.ids["CHI"],
        {"person_id": str(ward.ids["HOA"])},
    )


async def test_a_secretarys_own_wrong_invitation_goes_to_nobody_below(ward: Ward) -> None:
    """There is no leader above in this ward, so nobody is told and nothing fails."""
    _, invitation = await invite(ward, "CHI")
    await ward.does("chat", RefuseInvitation(invitation.id))
    assert await ward.db.read(lambda conn: conn.execute(select(notices)).all()) == []


async def test_wrong_codes_lock_the_account_longer_each_time(ward: Ward) -> None:
    locks = []
    for _ in range(15):
        await ward.does("chat", CountWrongCode())
        locks.append(await ward.sees("chat", lambda facts: facts.account.locked_until))
    minutes = [(until - ward.now) / timedelta(minutes=1) if until else 0 for until in locks]
    assert minutes == [0] * 4 + [15] * 5 + [30] * 5 + [60]
    _, invitation = await invite(ward, "HOA")
    await ward.does("chat", UseInvitation(invitation.id))
    assert await ward.sees("chat", lambda facts: facts.account.locked_until) is None


async def test_a_lock_never_lasts_more_than_a_day(ward: Ward) -> None:
    def many(conn: Connection) -> timedelta:
        account = accounts.find_or_create(conn, "web", "robot", ward.now).account
        longest = timedelta()
        for _ in range(100):
            until = accounts.count_wrong_code(conn, account.id, ward.now)
            longest = max(longest, until - ward.now if until else timedelta())
        return longest

    assert await ward.db.write(many) == timedelta(days=1)


async def test_every_consent_is_a_row_and_the_last_one_counts(ward: Ward) -> None:
    hoa = await ward.join("HOA", consent=False)
    for given in (True, False, True):
        await ward.does(hoa, SetConsent(given, "2026-11"))
        assert await ward.sees(hoa, lambda facts: facts.consented) is given
    rows = await ward.db.read(lambda conn: conn.execute(select(consents).order_by(consents.c.id)).all())
    assert [(row.given, row.text_version) for row in rows] == [(True, "2026-11"), (False, "2026-11"), (True, "2026-11")]


async def test_who_takes_over_a_chat_does_not_get_its_mail(ward: Ward) -> None:
    hoa = await ward.join("HOA", address="shared phone")

    def write(conn: Connection) -> None:
        account = accounts.find_or_create(conn, "telegram", hoa, ward.now).account
        outbox.put(conn, account.id, "notice", 1, {"text": "Việc của Hoa"}, ward.now)

    await ward.db.write(write)
    await ward.join("NAM", address="shared phone")
    [row] = await ward.db.read(lambda conn: conn.execute(select(outbox_table)).all())
    assert (row.state, row.payload) == ("failed", None)
