"""The dossier of a year: every paper in folders by cell, the data, and a manifest with the hash of every file.

Papers are made and written one at a time. The same papers and instant give the same bytes.
"""

import gc
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from documents.steady import plain_info, steady
from documents.template import TemplateFault

FORMAT = "tusoi-dossier/1"
MANIFEST = "manifest.json"
EXPORT, RULES, SUMMARY = "du-lieu/ket-qua.json", "du-lieu/quy-tac.json", "du-lieu/tong-hop.json"
COMMITTEE_FOLDER = "00-dang-uy"
RESULTS_BOOK, REPORT_BOOK = "du-lieu/ket-qua.xlsx", f"{COMMITTEE_FOLDER}/bao-cao.xlsx"
COLLECT_EVERY = 25
"""Papers. python-docx leaves each document in reference cycles; uncollected they take more than the papers."""
_OFFICE = (".docx", ".xlsx")
_PACKED = (*_OFFICE, ".pdf")


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of the dossier: `make` is called when its turn has come."""

    path: str
    make: Callable[[], bytes]


class PaperFault(Exception):
    """A paper cannot be made; the message names it and says why."""


def write_dossier(out: IO[bytes], entries: Iterable[Entry], about: Mapping[str, Any], at: datetime) -> str:
    """Returns the SHA-256 of the manifest. `about` goes into the manifest. Raises PaperFault at the first bad paper."""
    files: list[dict[str, Any]] = []
    with ZipFile(out, "w") as archive:
        for nth, entry in enumerate(entries):
            content = _made(entry, at)
            if nth % COLLECT_EVERY == 0:
                gc.collect()
            files.append({"path": entry.path, "size": len(content), "sha256": sha256(content).hexdigest()})
            _write(archive, entry.path, content)
        manifest = as_json({"format": FORMAT, **about, "exported_at": at.isoformat(), "files": files})
        _write(archive, MANIFEST, manifest)
    return sha256(manifest).hexdigest()


def as_json(data: Mapping[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=2).encode()


def _made(entry: Entry, at: datetime) -> bytes:
    try:
        content = entry.make()
    except TemplateFault as fault:
        raise PaperFault(f"{entry.path}: {fault}") from fault
    except FileNotFoundError as fault:
        raise PaperFault(f"{entry.path}: gói quy tắc không có tệp mẫu {fault.filename}") from fault
    return steady(content, at) if entry.path.endswith(_OFFICE) else content


def _write(archive: ZipFile, path: str, content: bytes) -> None:
    """What is packed already is only stored: packing it once more costs time and gains nothing."""
    archive.writestr(plain_info(path), content, ZIP_STORED if path.endswith(_PACKED) else ZIP_DEFLATED)
