"""`tusoi pack`: checking a rule pack, and trying its rules from the command line."""

import json
import re
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import typer

from bot.commands.opening import pack_by_name, read_text
from bot.refusal import Refused
from documents.template_check import template_faults
from review.ceilings import ceiling
from review.grade_facts import BadFact, Fact, parse_fact, parse_level
from review.grades import GRADED, propose_grade
from review.hints import hint_for
from review.levels import Level, level_questions
from review.pack import template
from review.pack_model import FactName

_BLANK_LINE = re.compile(r"\n\s*\n")


def check(name: str) -> None:
    """The rules as they are loaded, then whether every paper can be made."""
    pack = pack_by_name(name)
    if faults := list(template_faults(pack, partial(template, name))):
        raise Refused.because(faults)
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
    if outstanding and pack.ceiling.outstanding_share is None:
        raise Refused(f"--outstanding: {pack.name} knows no larger share for outstanding results")
    _print(asdict(ceiling(pack.ceiling, excellent, good, outstanding=outstanding)))


def try_grade(name: str, form: str, score: float, given: list[str]) -> None:
    """In a pack that goes by levels, a fact may also be the level of a criterion: duties_level=excellent."""
    pack = pack_by_name(name)
    graded = [known.id for known in pack.forms.values() if known.kind in GRADED]
    faults = [] if form in graded else [f"--form {form}: {pack.name} has {', '.join(graded)}"]
    criteria = {question.id for question in level_questions(pack.forms[form])} if form in graded else set()
    facts: dict[FactName, Fact] = {}
    levels: dict[str, Level] = {}
    for text in given:
        try:
            if text.partition("=")[0].strip() in criteria:
                levels.update([parse_level(text)])
            else:
                facts.update([parse_fact(text)])
        except BadFact as fault:
            faults.append(f"--fact {text}: {fault}")
    if faults:
        raise Refused.because(faults)
    proposal = propose_grade(pack, form, score, facts, levels)
    _print({"grade": proposal.grade, "reasons": proposal.reasons, "needs_human": proposal.needs_human})


def _paragraphs(path: Path | None) -> list[str]:
    """What an answer is compared with: the paragraphs of a file, or its lines where no blank line parts them."""
    if path is None:
        return []
    text = read_text(path).strip()
    parts = _BLANK_LINE.split(text)
    return [text, *(parts if len(parts) > 1 else text.splitlines())]


def _print(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False))
