"""`tusoi pack`: checking a rule pack, and trying its rules from the command line."""

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path

import typer

from bot.commands.opening import pack_by_name, read_text
from bot.refusal import Refused
from review.ceilings import ceiling
from review.grade_facts import BadFact, Fact, parse_fact
from review.grades import propose_grade
from review.hints import hint_for
from review.pack_model import FactName

_BLANK_LINE = re.compile(r"\n\s*\n")


def check(name: str) -> None:
    pack = pack_by_name(name)
    typer.echo(f"{pack.name}: without fault. {len(pack.forms)} forms, {len(pack.unverified)} values not verified yet.")


def try_hints(name: str, question: str, previous: Path | None, others: Path | None) -> None:
    """The answer comes on stdin."""
    pack = pack_by_name(name)
    if pack.question(question) is None:
        raise Refused(f"{question}: no form of {pack.name} has this question")
    try:
        answer = sys.stdin.buffer.read().decode()
    except UnicodeDecodeError:
        raise Refused("stdin: is not UTF-8 text") from None
    hint = hint_for(pack, question, answer, others=_paragraphs(others), previous=_paragraphs(previous))
    _print([asdict(hint)] if hint else [])


def try_ceiling(name: str, excellent: int, good: int, *, outstanding: bool) -> None:
    pack = pack_by_name(name)
    if pack.ceiling is None:
        raise Refused(f"{pack.name}: this pack has no ceiling")
    _print(asdict(ceiling(pack.ceiling, excellent, good, outstanding=outstanding)))


def try_grade(name: str, form: str, score: float, given: list[str]) -> None:
    pack = pack_by_name(name)
    faults, facts = _facts(given)
    if form not in pack.forms or pack.forms[form].kind != "self_review":
        reviews = ", ".join(known for known in pack.forms if pack.forms[known].kind == "self_review")
        faults.insert(0, f"--form {form}: {pack.name} has {reviews}")
    if faults:
        raise Refused.because(faults)
    proposal = propose_grade(pack, form, score, facts)
    _print({"grade": proposal.grade, "reasons": proposal.reasons, "needs_human": proposal.needs_human})


def _facts(given: list[str]) -> tuple[list[str], dict[FactName, Fact]]:
    faults, facts = [], {}
    for text in given:
        try:
            name, value = parse_fact(text)
        except BadFact as fault:
            faults.append(f"--fact {text}: {fault}")
        else:
            facts[name] = value
    return faults, facts


def _paragraphs(path: Path | None) -> list[str]:
    """What an answer is compared with: the paragraphs of a file, or its lines where no blank line parts them."""
    if path is None:
        return []
    text = read_text(path).strip()
    parts = _BLANK_LINE.split(text)
    return [text, *(parts if len(parts) > 1 else text.splitlines())]


def _print(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))
