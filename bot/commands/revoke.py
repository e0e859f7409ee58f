"""`tusoi revoke`: a phone is lost, and no secretary is there to say so in the chat."""

import typer
from sqlalchemy import Connection, select

from bot.commands.opening import change, checked_settings, local_now
from bot.refusal import Refused
from storage import audit, leaving
from storage.tables import people


def revoke_person(code: str) -> None:
    """Every chat of the person ends and every open invitation is void; drafts stay."""
    settings = checked_settings()
    now = local_now(settings)

    def work(conn: Connection) -> tuple[int, int]:
        person_id = conn.scalar(select(people.c.id).where(people.c.code == code))
        if person_id is None:
            raise Refused(f"--person {code}: nobody has this code")
        return leaving.revoke_access(conn, person_id, now, audit.OPERATOR)

    chats, open_invitations = change(settings, work)
    typer.echo(
        f"{code}: {chats} chats signed out, {open_invitations} invitations void. "
        f"A new one: tusoi invite --person {code} --format docx --out FILE.docx"
    )
