"""Plain records as a document to read: a heading for each kind, a line for each field that says something."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from documents.party_layout import CENTER, footer, line, new_page
from documents.template import printable

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of records; `intro` stands below its heading."""

    title: str
    records: Sequence[Record]
    intro: str = ""


def labelled_docx(title: str, below: str, parts: Iterable[Part], labels: Mapping[str, str], foot: str) -> bytes:
    """`labels` names the fields; one without a label keeps its own name. Parts without records are left out."""
    document = new_page(size=12)
    line(document, printable(title), align=CENTER, bold=True, size=14)
    line(document, printable(below), align=CENTER, italic=True)
    for part in parts:
        if not part.records:
            continue
        line(document, printable(f"{part.title} ({len(part.records)})"), before=12, bold=True, size=13)
        if part.intro:
            line(document, printable(part.intro), italic=True)
        for nth, record in enumerate(part.records, 1):
            for first, text in enumerate(_lines(record, labels)):
                line(document, printable(f"{nth}. {text}" if not first else f"    {text}"), before=0 if first else 4)
    footer(document, printable(foot))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(record: Record, labels: Mapping[str, str]) -> Iterable[str]:
    for name, value in record.items():
        if value in (None, "", {}, []):
            continue
        yield f"{labels.get(name, name)}: {_said(value)}"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_said(item)}" for key, item in value.items())
    return str(value)
