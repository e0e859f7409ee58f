"""A pack may build on another: what its files do not say comes from there (`extends` in pack.toml)."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from review.faults import Fault
from review.pack_files import Source, read

PACKS = Path(__file__).with_name("packs")
MAIN = "pack.toml"
NOT_BELOW = "gói gốc không có «{}»"


@cache
def pack_names() -> tuple[str, ...]:
    """The packs that come with the program."""
    return tuple(sorted(path.parent.name for path in PACKS.glob(f"*/{MAIN}")))


def layers(folder: Path, faults: list[Fault]) -> tuple[Path, ...]:
    """The pack's folder, then that of the pack it extends, and so on down to one that stands alone.

    `extends` names a shipped pack, or a folder as seen from the pack that names it.
    """
    found = [folder.resolve()]
    while (name := read(found[-1], MAIN, []).data.get("extends")) is not None:
        below = PACKS / str(name) if name in pack_names() else (found[-1] / str(name)).resolve()
        if below in found or not (below / MAIN).is_file():
            reason = "gói này dựa vòng quanh vào chính nó" if below in found else f"không có gói «{name}» để dựa vào"
            faults.append(read(found[-1], MAIN, []).fault(("extends",), reason))
            break
        found.append(below)
    return tuple(found)


def layered(folders: Sequence[Path], name: str, faults: list[Fault], *, is_base: bool = False) -> Source:
    """A file of the pack put together with the same file of the packs below: tables line by line, lists as a whole."""
    nearest, *below = folders
    shown = f"{nearest.name}/{name}" if is_base else name
    own = read(nearest, name, faults, shown=shown, may_lack=bool(below))
    if not below:
        return own
    base = layered(below, name, faults, is_base=True)
    if name == MAIN:
        base.data, unknown = _without(base.data, _dropped(own))
        faults += [own.fault(("without",), NOT_BELOW.format(dotted)) for dotted in unknown]
    return Source(own.name, _merged(base.data, own.data), own.text, own.data, base)


def form_sources(folders: Sequence[Path], faults: list[Fault]) -> list[Source]:
    """The form files of the pack and of the packs below, but for those it goes without ("forms.2A")."""
    by_layer = [{f"forms/{path.name}" for path in (folder / "forms").glob("*.toml")} for folder in folders]
    main, names, below = read(folders[0], MAIN, []), set().union(*by_layer), set().union(*by_layer[1:])
    missing = [dotted for dotted in _dropped(main) if dotted.startswith("forms.") and _form_file(dotted) not in below]
    faults += [main.fault(("without",), NOT_BELOW.format(dotted)) for dotted in missing]
    having = ((name, _having(folders, name)) for name in sorted(names))
    return [layered(found, name, faults) for name, found in having if found]


def _having(folders: Sequence[Path], name: str) -> list[Path]:
    """The layers that make up this form: down to the one that drops what lies below, or that has it as the last."""
    found: list[Path] = []
    for folder in folders:
        found.append(folder)
        if name in map(_form_file, _dropped(read(folder, MAIN, []))):
            break
    while found and not (found[-1] / name).is_file():
        found.pop()
    return found


def _form_file(dotted: str) -> str:
    """ "forms.2A" -> "forms/2A.toml"."""
    return f"{dotted.replace('.', '/', 1)}.toml"


def _dropped(own: Source) -> tuple[str, ...]:
    names = own.data.get("without", ())
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _without(data: Mapping[str, Any], names: Iterable[str]) -> tuple[dict[str, Any], list[str]]:
    """The data without these tables or lines ("points", "peer_groups.outside"), and the names that are not there."""
    kept, unknown = deepcopy(dict(data)), []
    for dotted in names:
        *around, last = dotted.split(".")
        table: Any = kept
        for part in around:
            table = table.get(part) if isinstance(table, dict) else None
        if isinstance(table, dict) and last in table:
            del table[last]
        elif around != ["forms"]:
            unknown.append(dotted)
    return kept, unknown


def _merged(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        key: _merged(base[key], own[key])
        for key in base.keys() & own.keys()
        if isinstance(base[key], dict) and isinstance(own[key], dict)
    }
    return {**base, **own, **both}
