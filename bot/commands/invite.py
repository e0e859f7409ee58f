"""`tusoi invite`: one-time invitations, as data or as a sheet of QR codes to cut."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

import typer
from sqlalchemy import Connection

from bot.commands.opening import change, checked_settings, finished, local_now, write_file
from bot.refusal import Refused
from bot.settings import Settings
from conversations.reach_facts import Doors
from documents.qr_sheet import InvitationCard, qr_sheet_docx
from review.people import Person, Unit
from storage import invitations
from storage.people import below, find_people, find_units
from storage.tables import people, units


@dataclass(frozen=True, slots=True)
class Invited:
    """One line of the public interface. `telegram` and `zalo` are None while that channel is off."""

    person: str
    name: str
    unit: str | None
    roles: list[str]
    code: str
    telegram: str | None
    zalo: str | None
    web: str


def invite_people(unit: str, person: str, valid_days: int, format_: str, out: Path | None) -> None:
    """Without `unit` and `person`: every reviewed member and everybody who holds a role."""
    if format_ == "docx" and out is None:
        raise typer.BadParameter("a docx cannot be shown here; add --out FILE.docx", param_hint="--out")
    if out is not None and not out.parent.is_dir():
        raise Refused(f"{out}: there is no folder {out.parent}")
    settings = checked_settings()
    now = local_now(settings)
    doors = Doors(settings.public_url, _bot_name(settings), bool(settings.zalo_bot_token or settings.zalo_oa_app_id))

    def work(conn: Connection) -> list[tuple[Person, str]]:
        chosen = [one.id for one in _chosen(conn, unit, person)]
        return invitations.issue(conn, chosen, now, valid_days)

    issued = change(settings, work)
    invited = [_invited(one, code, doors) for one, code in issued]
    expires_on = (now + timedelta(days=valid_days)).date()
    if format_ == "docx":
        cards = [
            InvitationCard(
                one.name, _place(person), one.code, one.web, one.telegram or "", one.zalo is not None, expires_on
            )
            for (person, _), one in zip(issued, invited, strict=True)
        ]
        content = qr_sheet_docx(cards)
    else:
        content = (_csv(invited) if format_ == "csv" else _json(invited)).encode()
    _hand_over(content, out, len(invited))


def _chosen(conn: Connection, unit: str, code: str) -> Sequence[Person]:
    if code:
        found = find_people(conn, people.c.code == code)
        if not found:
            raise Refused(f"--person {code}: nobody has this code")
    else:
        found = tuple(one for one in find_people(conn) if one.is_reviewed or one.roles)
    if unit:
        top = next(iter(find_units(conn, units.c.code == unit)), None)
        if top is None:
            raise Refused(f"--unit {unit}: no unit has this code")
        reach = {one.id for one in find_units(conn, below(top.id))}
        found = tuple(one for one in found if reach & {place.id for place in _places(one)})
    if not found:
        raise Refused("There is nobody to invite: import a roster first, or choose another unit.")
    return found


def _places(person: Person) -> list[Unit]:
    return [place for place in (person.unit, *(role.unit for role in person.roles)) if place]


def _place(person: Person) -> str:
    return next((place.name for place in _places(person)), "")


def _invited(person: Person, code: str, doors: Doors) -> Invited:
    return Invited(
        person=person.code,
        name=person.name,
        unit=next((place.code for place in _places(person)), None),
        roles=sorted({role.name for role in person.roles}),
        code=code,
        telegram=doors.telegram_link(code) or None,
        zalo=f"DK {code}" if doors.zalo else None,
        web=doors.web_link(code),
    )


def _bot_name(settings: Settings) -> str:
    """The Telegram bot's own name; empty, and a line on stderr, when Telegram does not tell it now."""
    if not settings.telegram_token:
        return ""
    from bot.telegram_name import bot_name

    name, reason = finished(bot_name(settings))
    if reason:
        typer.echo(f"TELEGRAM_TOKEN: {reason}; these invitations have no Telegram link", err=True)
    return name or ""


def _json(invited: Sequence[Invited]) -> str:
    return json.dumps([asdict(one) for one in invited], ensure_ascii=False, indent=2) + "\n"


def _csv(invited: Sequence[Invited]) -> str:
    """With a byte order mark, so that Excel reads Vietnamese names."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*Invited.__dataclass_fields__], lineterminator="\n")
    writer.writeheader()
    writer.writerows({**asdict(one), "roles": " ".join(one.roles)} for one in invited)
    return f"\ufeff{text.getvalue()}"


def _hand_over(content: bytes, out: Path | None, count: int) -> None:
    if out is None:
        typer.echo(content, nl=False)
        return
    write_file(out, content)
    typer.echo(f"{out}: {count} invitations. They are keys: hand each one only to its person.")
