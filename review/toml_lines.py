"""On which line of a TOML file a key stands: tomllib does not tell, and a fault without its line is hard to mend."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]")
_KEY = re.compile(r"""\s*([A-Za-z0-9_\-."']+)\s*=""")


def syntax_fault(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """Line and reason of a TOML mistake; at the end of the file the last line is meant."""
    found = re.search(r"at line (\d+)", str(error))
    line = int(found[1]) if found else max(len(text.splitlines()), 1)
    return line, f"sai cú pháp TOML: {error}"


def key_lines(text: str) -> Iterator[tuple[KeyPath, int]]:
    """The path and line of every table, key and element of a list that opens on a line of its own."""
    counts: Counter[KeyPath] = Counter()
    table: KeyPath = ()
    lines = iter(_outside_long_text(text))
    for number, line in lines:
        if header := _HEADER.match(line):
            table = _table_path(header[2], header[1] == "[[", counts)
            yield table, number
        elif key := _KEY.match(line):
            path = (*table, *_parts(key[1]))
            yield path, number
            if line.split("#")[0].rstrip().endswith("["):
                yield from _elements(path, lines)


def _outside_long_text(text: str) -> Iterator[tuple[int, str]]:
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if not inside:
            yield number, line
        inside ^= bool(line.count('"""') % 2)


def _elements(path: KeyPath, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[KeyPath, int]]:
    nth = 0
    for number, line in lines:
        said = line.strip()
        if said.startswith("]"):
            return
        if said and not said.startswith("#"):
            yield (*path, nth), number
            nth += 1


def _table_path(dotted: str, is_list: bool, counts: Counter[KeyPath]) -> KeyPath:
    *around, last = _parts(dotted)
    path: KeyPath = ()
    for part in around:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path] - 1)
    path = (*path, last)
    if is_list:
        counts[path] += 1
        path = (*path, counts[path] - 1)
    return path


def _parts(dotted: str) -> list[str]:
    return [part.strip().strip("\"'") for part in dotted.split(".")]
