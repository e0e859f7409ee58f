"""Whether the numbers of a dossier follow from the answers and decisions in it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any
from zipfile import BadZipFile

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from documents.dossier import EXPORT, MANIFEST, REPORT_BOOK, RESULTS_BOOK, RULES, SUMMARY
from documents.grade_report import report_rows
from documents.results_workbook import results_workbook
from review.year_summary import CLOSED, stage_tallies, summarise

Rows = Sequence[Sequence[object]]
HEADER_ROWS = 3  # title, an empty line, the header


def number_faults(files: Mapping[str, bytes], manifest: Mapping[str, Any]) -> Iterator[str]:
    """One line a number that does not follow, or one for data that cannot be read."""
    try:
        export, rules, summary = (json.loads(files[path]) for path in (EXPORT, RULES, SUMMARY))
        if export["year"] != manifest["year"]:
            yield f"{MANIFEST}: year is {manifest['year']}, {EXPORT} says {export['year']}"
        yield from (f"{EXPORT}: {fault}" for fault in _self_grades(export))
        yield from (f"{EXPORT}: {fault}" for fault in _votes(export))
        yield from (f"{SUMMARY}: {fault}" for fault in differences(summarise(export, rules), summary))
        rebuilt = _sheets(results_workbook(export))
        yield from (f"{RESULTS_BOOK}: {fault}" for fault in _sheet_faults(rebuilt, _sheets(files[RESULTS_BOOK])))
        yield from (f"{REPORT_BOOK}: {fault}" for fault in _report_faults(export, rules, files[REPORT_BOOK]))
    except (KeyError, TypeError, ValueError, AttributeError, BadZipFile, InvalidFileException) as error:
        yield f"{EXPORT}: the data are not of their format ({type(error).__name__}: {error})"


def differences(expected: Any, found: Any, path: str = "") -> Iterator[str]:
    """Where two JSON values part, each place once."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in dict.fromkeys([*expected, *found]):
            yield from differences(expected.get(key), found.get(key), f"{path}.{key}".lstrip("."))
    elif isinstance(expected, list) and isinstance(found, list):
        for nth, (one, other) in enumerate(zip_longest(expected, found)):
            yield from differences(one, other, f"{path}[{_name(one, nth)}]")
    elif expected != found or isinstance(expected, bool) != isinstance(found, bool):
        yield f"{path} is {_shown(found)}, the answers and decisions give {_shown(expected)}"


def _name(one: Any, nth: int) -> str:
    return str(one["code"]) if isinstance(one, dict) and one.get("code") else str(nth)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _self_grades(export: Mapping[str, Any]) -> Iterator[str]:
    """The first stage is what each person wrote in the own review."""
    written = {
        one["subject"]: one["self_grade"]
        for one in export["responses"]
        if one["kind"] == "self_review" and one["status"] in CLOSED and one["self_grade"]
    }
    told = {one["subject"]: one["grade"] for one in export["decisions"] if one["stage"] == "self"}
    for code in dict.fromkeys([*written, *told]):
        if written.get(code) != told.get(code):
            yield f"the own grade of {code} is {_shown(told.get(code))}, the answer says {_shown(written.get(code))}"


def _votes(export: Mapping[str, Any]) -> Iterator[str]:
    for one in export["decisions"]:
        for grade, count in (one["votes"] or {}).items():
            if not isinstance(count, int) or count < 0:
                yield f"votes on {one['subject']}: {grade} is {_shown(count)}, no number of votes"


def _report_faults(export: Mapping[str, Any], rules: Mapping[str, Any], content: bytes) -> Iterator[str]:
    """Only the rows: the titles come from the pack."""
    members = [one for one in export["people"] if one["unit"] is not None]
    rows = report_rows(*stage_tallies("committee", members, export, rules))
    held = {name: found[HEADER_ROWS:] for name, found in _sheets(content).items()}
    yield from _sheet_faults(rows, held, first=HEADER_ROWS + 1)


def _sheet_faults(expected: Mapping[str, Rows], found: Mapping[str, Rows], first: int = 1) -> Iterator[str]:
    """`first`: the number of the first row that is given."""
    for name in dict.fromkeys([*expected, *found]):
        pairs: Iterable[tuple[Any, Any]] = zip_longest(expected.get(name, ()), found.get(name, ()), fillvalue=())
        for nth, (row, other) in enumerate(pairs, first):
            for column, (value, said) in enumerate(zip_longest(row, other), 1):
                if _blank(value) != _blank(said):
                    place = f"sheet {name}, cell {get_column_letter(column)}{nth}"
                    yield f"{place} is {_shown(said)}, the answers and decisions give {_shown(value)}"


def _blank(value: object) -> object:
    return None if value == "" else value


def _sheets(content: bytes) -> dict[str, Rows]:
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
