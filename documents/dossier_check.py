"""A dossier checked by whoever received it, with nothing but the file: is it whole, do its numbers add up?"""

import json
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import IO, Any
from zipfile import BadZipFile, ZipFile

from documents.dossier import EXPORT, FORMAT, MANIFEST, REPORT_BOOK, RESULTS_BOOK, RULES, SUMMARY
from documents.dossier_numbers import number_faults

_CHUNK = 1 << 16
_UNREADABLE = (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError)
"""What zipfile raises for a damaged, encrypted or cut entry."""


class NoDossier(Exception):
    """The file cannot be checked at all; the message says why."""


class Dossier:
    """An open dossier. Raises NoDossier for what is none."""

    def __init__(self, stream: IO[bytes]) -> None:
        try:
            self._archive = ZipFile(stream)
            content = self._archive.read(MANIFEST)
            self.manifest: Mapping[str, Any] = json.loads(content)
            self.files = {one["path"]: (int(one["size"]), str(one["sha256"])) for one in self.manifest["files"]}
        except KeyError as error:
            raise NoDossier(f"there is no {MANIFEST}, or it is incomplete: {error}") from error
        except (*_UNREADABLE, TypeError) as error:
            raise NoDossier(f"not a dossier, or damaged: {error}") from error
        if self.manifest.get("format") != FORMAT:
            raise NoDossier(f"{MANIFEST} is not of the format {FORMAT}")
        self.seal = sha256(content).hexdigest()

    def faults(self) -> Iterator[str]:
        """One line a fault: "FILE: reason". Numbers are only compared where the files they stand in are whole."""
        broken = dict(self._file_faults())
        yield from (f"{path}: {reason}" for path, reason in broken.items())
        wanted = (EXPORT, RULES, SUMMARY, RESULTS_BOOK, REPORT_BOOK)
        if broken.keys().isdisjoint(wanted):
            yield from (f"{path}: is not in the manifest" for path in wanted if path not in self.files)
        if all(path in self.files and path not in broken for path in wanted):
            yield from number_faults({path: self._archive.read(path) for path in wanted}, self.manifest)

    def _file_faults(self) -> Iterator[tuple[str, str]]:
        held = Counter(self._archive.namelist())
        for path, (size, digest) in self.files.items():
            if path not in held:
                yield path, "is missing"
            elif reason := self._content_fault(path, size, digest):
                yield path, reason
        for path, times in held.items():
            if path != MANIFEST and path not in self.files:
                yield path, "was added: the manifest does not name it"
            elif times > 1:
                yield path, f"is there {times} times"

    def _content_fault(self, path: str, size: int, digest: str) -> str:
        """Read in pieces and never further than the manifest says, whatever the entry unpacks to."""
        found, seen = sha256(), 0
        try:
            with self._archive.open(path) as content:
                while seen <= size and (piece := content.read(_CHUNK)):
                    seen += len(piece)
                    found.update(piece)
        except _UNREADABLE as error:
            return f"cannot be read: {error}"
        if seen != size:
            return f"has another size than the {size} bytes of the manifest"
        return "" if found.hexdigest() == digest else "was changed: its SHA-256 is not that of the manifest"
