"""A rule pack: what a Party office may change every year without a programmer, loaded and checked."""

from functools import cache
from pathlib import Path

from review.faults import Fault
from review.pack_build import build
from review.pack_files import PackFaults
from review.pack_layers import PACKS, layers, pack_names
from review.pack_model import (
    CeilingRule,
    Exemption,
    GradeCondition,
    GradeRule,
    HintRule,
    Pack,
    PointsGroup,
    Unverified,
)
from review.pack_settings import (
    Document,
    LevelGroup,
    MeetingRule,
    RemedyRule,
    TypicalDate,
)

__all__ = [
    "PACKS",
    "CeilingRule",
    "Document",
    "Exemption",
    "Fault",
    "GradeCondition",
    "GradeRule",
    "HintRule",
    "LevelGroup",
    "MeetingRule",
    "Pack",
    "PackFaults",
    "PointsGroup",
    "RemedyRule",
    "TypicalDate",
    "Unverified",
    "load",
    "pack_names",
    "template",
]  # fmt: skip


def load(name_or_path: str | Path) -> Pack:
    """A built-in pack by name, or a pack folder by path. Raises PackFaults with everything that is wrong with it."""
    if str(name_or_path) in pack_names():
        return _built_in(str(name_or_path))
    folder = Path(name_or_path)
    if not folder.is_dir():
        known = ", ".join(pack_names())
        raise PackFaults([Fault(str(name_or_path), 0, f"không có gói quy tắc này; các gói có sẵn: {known}")])
    return build(folder)


def template(name_or_path: str | Path, name: str) -> bytes:
    """The .docx of a paper ("2A", "residence_remark"): the pack's own, else that of the pack it extends.

    Raises FileNotFoundError when neither has one.
    """
    folder = PACKS / name_or_path if str(name_or_path) in pack_names() else Path(name_or_path)
    files = [layer / "templates" / f"{name}.docx" for layer in layers(folder, [])]
    return next((file for file in files if file.is_file()), files[0]).read_bytes()


@cache
def _built_in(name: str) -> Pack:
    return build(PACKS / name)
