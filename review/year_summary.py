"""The numbers of a year, computed from nothing but its export and the few rules they need.

The dossier carries export, rules and summary; whoever receives it computes the summary again and compares.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from review.forms import Question
from review.pack import Pack
from review.responses import GRADES, Grade
from review.tallies import Tally, tallies, tally

RULES_FORMAT, SUMMARY_FORMAT = "tusoi-rules/1", "tusoi-summary/1"
STAGES = ("self", "cell", "committee")
CLOSED = ("submitted", "accepted")
WHOLE = "Tổng cộng"
Record = Mapping[str, Any]


def rules_of(pack: Pack) -> dict[str, Any]:
    """What the numbers need of a pack: names of grades and groups, and to which points each criterion belongs."""
    return {
        "format": RULES_FORMAT,
        "name": pack.name,
        "version": pack.version,
        "grades": {grade: pack.grades[grade].short for grade in GRADES},
        "peer_groups": dict(pack.peer_groups),
        "points": {form.id: _points_groups(pack, form.id) for form in pack.forms.values()},
    }


def _points_groups(pack: Pack, form_id: str) -> dict[str, str]:
    blocks = (block for section in pack.forms[form_id].sections for block in section.blocks)
    return {one.id: one.points_group for one in blocks if isinstance(one, Question) and one.kind == "score"}


def summarise(export: Record, rules: Record) -> dict[str, Any]:
    """Per member: points, the three stages and the votes. Per stage: counts and shares by peer group and by cell."""
    members = [person for person in export["people"] if person["unit"] is not None]
    return {
        "format": SUMMARY_FORMAT,
        "year": export["year"],
        "people": [_person(person, export, rules) for person in members],
        "stages": {stage: _stage(stage, members, export, rules) for stage in STAGES},
    }


def _person(person: Record, export: Record, rules: Record) -> dict[str, Any]:
    code = person["code"]
    said = {one["stage"]: one for one in export["decisions"] if one["subject"] == code}
    return {
        "code": code,
        "points": _points(code, export["responses"], rules),
        **{stage: said[stage]["grade"] if stage in said else None for stage in STAGES},
        "votes": (said.get("cell") or {}).get("votes"),
    }


def _points(code: str, responses: Iterable[Record], rules: Record) -> dict[str, float] | None:
    """The sum by group of criteria and of all; None without a closed self-review with points."""
    for one in responses:
        if one["kind"] == "self_review" and one["subject"] == code and one["status"] in CLOSED and one["scores"]:
            groups = rules["points"][one["form"]]
            found: dict[str, float] = {}
            for criterion, points in one["scores"].items():
                found[groups[criterion]] = found.get(groups[criterion], 0.0) + points
            return {
                **{group: round(points, 2) for group, points in found.items()},
                "total": round(sum(found.values()), 2),
            }
    return None


def _stage(stage: str, members: list[Record], export: Record, rules: Record) -> dict[str, Any]:
    whole, by_group, by_unit = stage_tallies(stage, members, export, rules)
    return {
        "total": _told(whole),
        "by_peer_group": [_told(one) for one in by_group],
        "by_unit": [_told(one) for one in by_unit],
    }


def stage_tallies(
    stage: str, members: Iterable[Record], export: Record, rules: Record
) -> tuple[Tally, tuple[Tally, ...], tuple[Tally, ...]]:
    """Everybody, by peer group, by cell."""
    grades: dict[str, Grade | None] = {
        one["subject"]: one["grade"] for one in export["decisions"] if one["stage"] == stage
    }
    rows = [(one["peer_group"], one["unit"], grades.get(one["code"])) for one in members]
    units = {one["code"]: one["name"] for one in export["units"]}
    return (
        tally(WHOLE, [grade for _, _, grade in rows]),
        tallies(((group, grade) for group, _, grade in rows), rules["peer_groups"]),
        tallies(((unit, grade) for _, unit, grade in rows), units),
    )


def _told(one: Tally) -> dict[str, Any]:
    return {
        "code": one.code,
        "members": one.members,
        "graded": one.graded,
        "not_graded": one.not_graded,
        "counts": dict(one.counts),
        "shares": {grade: one.share(grade) for grade in GRADES},
        "excellent_of_good": one.excellent_of_good,
        "excellent_of_good_or_better": one.excellent_of_good_or_better,
    }
