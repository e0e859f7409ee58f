"""The command line: `tusoi`, also `python -m bot`. Each command loads only what it needs."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.refusal import Refused

_PLAIN = {"no_args_is_help": True, "rich_markup_mode": None, "add_completion": False, "pretty_exceptions_enable": False}

app = typer.Typer(help="Tự Soi: the yearly self-review of Party cells, as a chat.", **_PLAIN)  # type: ignore[arg-type]
roster = typer.Typer(help="The workbook with units, members and roles.", **_PLAIN)  # type: ignore[arg-type]
cycle = typer.Typer(help="The yearly review.", **_PLAIN)  # type: ignore[arg-type]
pack = typer.Typer(help="Rule packs: check one, try its rules.", **_PLAIN)  # type: ignore[arg-type]
audit = typer.Typer(help="The audit chain.", **_PLAIN)  # type: ignore[arg-type]
zalo_oa = typer.Typer(help="The Zalo Official Account.", **_PLAIN)  # type: ignore[arg-type]
key = typer.Typer(help="The keys that seal free text at rest (DATA_KEY).", **_PLAIN)  # type: ignore[arg-type]
consent = typer.Typer(help="What people agreed to.", **_PLAIN)  # type: ignore[arg-type]
app.add_typer(roster, name="roster")
app.add_typer(cycle, name="cycle")
app.add_typer(pack, name="pack")
app.add_typer(audit, name="audit")
app.add_typer(zalo_oa, name="zalo-oa")
app.add_typer(key, name="key")
app.add_typer(consent, name="consent")

OutFile = Annotated[Path, typer.Option("--out", help="Where to write.")]
PackName = Annotated[str, typer.Argument(help="A shipped pack's name, or a folder.")]


class Part(StrEnum):
    """What one process of several does."""

    WEB = "web"
    WORKER = "worker"
    COURIER = "courier"


class InviteFormat(StrEnum):
    """How invitations are handed over."""

    JSON = "json"
    CSV = "csv"
    DOCX = "docx"


class ExportFormat(StrEnum):
    """What results are written as."""

    JSON = "json"
    XLSX = "xlsx"
    ZIP = "zip"


class ProofFormat(StrEnum):
    """How consent is proved."""

    JSON = "json"
    DOCX = "docx"


class RegisterFormat(StrEnum):
    """What the register of requests is written as."""

    JSON = "json"
    XLSX = "xlsx"


@app.command()
def demo(fresh: Annotated[bool, typer.Option("--fresh", help="Start over with new sample data.")] = False) -> None:
    """A sample committee on this machine, one link per persona. Needs no token and no server."""
    from bot.demo import start

    start(fresh=fresh)


@app.command()
def run(only: Annotated[Part | None, typer.Option("--only", help="One part, for several processes.")] = None) -> None:
    """The bot as the environment and .env configure it."""
    from bot.commands.running import run_bot

    run_bot(only.value if only else None)


@roster.command("template")
def roster_template(file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")]) -> None:
    """Write an empty roster workbook with notes and drop-downs."""
    from bot.commands.roster import write_template

    write_template(file)


@roster.command("import")
def roster_import(
    file: Annotated[Path, typer.Argument(metavar="FILE.xlsx")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be imported.")] = False,
) -> None:
    """Import a filled workbook, all or nothing; every bad row is reported."""
    from bot.commands.roster import import_roster

    import_roster(file, dry_run=dry_run)


@cycle.command("open")
def cycle_open(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100)],
    pack_name: Annotated[str, typer.Option("--pack", help="The rule pack of this review.")],
    calendar: Annotated[Path, typer.Option("--calendar", metavar="FILE.toml")],
) -> None:
    """Open the yearly review."""
    from bot.commands.cycle import open_cycle

    open_cycle(year, pack_name, calendar)


@cycle.command("close")
def cycle_close(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100)],
    force: Annotated[bool, typer.Option("--force", help="Even if something is unfinished.")] = False,
) -> None:
    """Close the yearly review; what is unfinished is named."""
    from bot.commands.cycle import close_cycle

    close_cycle(year, force=force)


@cycle.command("redate")
def cycle_redate(
    calendar: Annotated[Path, typer.Option("--calendar", metavar="FILE.toml")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what it would do.")] = False,
) -> None:
    """Give the open review another calendar; says who becomes late and whose own dates give way."""
    from bot.commands.cycle import redate

    redate(calendar, dry_run=dry_run)


@app.command()
def invite(
    format_: Annotated[InviteFormat, typer.Option("--format")],
    unit: Annotated[str, typer.Option("--unit", metavar="CODE", help="Only this unit and those below it.")] = "",
    person: Annotated[str, typer.Option("--person", metavar="CODE", help="Only this person.")] = "",
    valid_days: Annotated[int, typer.Option("--valid-days", min=1, max=3650)] = 30,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; stdout otherwise.")] = None,
) -> None:
    """Make one-time invitations. docx: a sheet of QR codes to cut."""
    from bot.commands.invite import invite_people

    invite_people(unit, person, valid_days, format_.value, out)


@app.command()
def tick(at: Annotated[str, typer.Option("--at", metavar="ISO8601", help="As 2026-12-03T08:00:00+07:00.")]) -> None:
    """Plan, send and record everything due at an instant, then exit."""
    from bot.commands.running import tick_at

    tick_at(at)


@app.command()
def outbox(
    ids: Annotated[list[int] | None, typer.Argument(metavar="[ID]...", help="With --retry: which messages.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Send these again.")] = False,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Send again all that surely failed.")] = False,
    even_in_doubt: Annotated[
        bool, typer.Option("--even-in-doubt", help="With --retry: also what may have arrived; it may come twice.")
    ] = False,
) -> None:
    """What has not gone out, and what needs somebody to look at it."""
    from bot.commands.outbox import retry_all_failed, retry_these, show

    if retry != bool(ids) or (retry and retry_failed) or (even_in_doubt and not retry):
        raise typer.BadParameter("write --retry ID..., --retry-failed, or nothing; --even-in-doubt goes with --retry")
    if retry:
        retry_these(ids or [], even_in_doubt=even_in_doubt)
    elif retry_failed:
        retry_all_failed()
    else:
        show()


@app.command()
def export(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100)],
    format_: Annotated[ExportFormat, typer.Option("--format")],
    out: OutFile,
) -> None:
    """Write the results of a year."""
    from bot.commands.export import export_year

    export_year(year, format_.value, out)


@app.command()
def verify(dossier: Annotated[Path, typer.Argument(metavar="DOSSIER.zip")]) -> None:
    """Check a dossier: every file, and every number. Needs no database."""
    from bot.commands.verify import verify_dossier

    verify_dossier(dossier)


@pack.command("check")
def pack_check(name: PackName) -> None:
    """Load a rule pack and report every fault."""
    from bot.commands.pack import check

    check(name)


@pack.command("try-hints")
def pack_try_hints(
    name: PackName,
    question: Annotated[str, typer.Argument(help="A question id, such as shortcomings.text.")],
    previous: Annotated[Path | None, typer.Option("--previous", help="Last year's answer.")] = None,
    others: Annotated[Path | None, typer.Option("--others", help="Others' answers, blank lines between.")] = None,
) -> None:
    """Read an answer on stdin, print the hints it would get."""
    from bot.commands.pack import try_hints

    try_hints(name, question, previous, others)


@pack.command("try-ceiling")
def pack_try_ceiling(
    name: PackName,
    excellent: Annotated[int, typer.Option("--excellent", min=0)],
    good: Annotated[int, typer.Option("--good", min=0)],
    outstanding: Annotated[bool, typer.Option("--outstanding", help="A body with outstanding results.")] = False,
) -> None:
    """How many may be graded excellent."""
    from bot.commands.pack import try_ceiling

    try_ceiling(name, excellent, good, outstanding=outstanding)


@pack.command("try-grade")
def pack_try_grade(
    name: PackName,
    form: Annotated[str, typer.Option("--form", help="2A, 02A, 01 and so on.")],
    score: Annotated[float, typer.Option("--score", min=0, max=100)],
    fact: Annotated[list[str] | None, typer.Option("--fact", metavar="NAME=VALUE")] = None,
) -> None:
    """The grade a score and facts lead to, with the reasons."""
    from bot.commands.pack import try_grade

    try_grade(name, form, score, fact or [])


@app.command()
def replay(
    year: Annotated[int, typer.Option("--year", min=2000, max=2100)],
    pack_name: Annotated[str, typer.Option("--pack", help="The other rule pack: a name or a folder.")],
) -> None:
    """What the answers of a year would give under other rules."""
    from bot.commands.replay import replay_year

    replay_year(year, pack_name)


@app.command()
def doctor() -> None:
    """Check settings, database, tokens, clock and disk; say what to do about each fault."""
    from bot.doctor import examine

    examine()


@app.command()
def revoke(person: Annotated[str, typer.Option("--person", metavar="CODE", help="Whose phone is lost.")]) -> None:
    """Sign a person out everywhere and void the open invitations; drafts stay."""
    from bot.commands.revoke import revoke_person

    revoke_person(person)


@app.command()
def backup(path: Path) -> None:
    """Copy the database, consistent, while the bot runs."""
    from bot.commands.keeping import back_up

    back_up(path)


@app.command()
def restore(path: Path) -> None:
    """Restore a copy into an empty database."""
    from bot.commands.keeping import restore as restore_copy

    restore_copy(path)


@app.command()
def purge(dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be deleted.")] = False) -> None:
    """Delete reviews that have been kept as long as the rule pack says, and the last bytes of granted deletions."""
    from bot.commands.keeping import purge as purge_old

    purge_old(dry_run=dry_run)


@key.command("new")
def key_new() -> None:
    """Print a fresh key for DATA_KEY."""
    from bot.commands.key import make

    make()


@key.command("rotate")
def key_rotate(
    off: Annotated[bool, typer.Option("--off", help="Open everything again, to do without DATA_KEY.")] = False,
) -> None:
    """Seal all free text anew under the first key of DATA_KEY; what was written before any key too."""
    from bot.commands.key import rotate

    rotate(off=off)


@audit.command("verify")
def audit_verify() -> None:
    """Check that no record of the audit chain was changed or removed."""
    from bot.commands.keeping import verify_audit

    verify_audit()


@consent.command("proof")
def consent_proof(
    person: Annotated[str, typer.Option("--person", metavar="CODE", help="Whose consent.")],
    format_: Annotated[ProofFormat, typer.Option("--format")] = ProofFormat.JSON,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; JSON on stdout otherwise.")] = None,
) -> None:
    """Who agreed to which words, when, on which channel, and took it back when."""
    from bot.commands.privacy import prove_consent

    prove_consent(person, format_.value, out)


@app.command("requests")
def data_requests(
    format_: Annotated[RegisterFormat, typer.Option("--format")] = RegisterFormat.JSON,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write; JSON on stdout otherwise.")] = None,
) -> None:
    """The register of requests about personal data, with their dates and answers."""
    from bot.commands.privacy import show_requests

    show_requests(format_.value, out)


@zalo_oa.command("connect")
def zalo_oa_connect() -> None:
    """Read the account's refresh token on stdin and fetch the first pair of tokens with it."""
    from bot.commands.zalo_oa import connect

    connect()


def main(argv: Sequence[str] | None = None) -> None:
    """Exit status: 0 done, 1 refused or failed with the reason on stderr, 2 wrong usage."""
    try:
        app(argv, prog_name="tusoi")
    except Refused as refusal:
        for line in refusal.lines:
            print(line, file=sys.stderr)  # noqa: T201
        sys.exit(1)
