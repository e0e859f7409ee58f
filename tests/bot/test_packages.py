"""What is installed is all of the program: every folder of code is named in pyproject.toml."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_folder_of_code_is_installed():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    tops = project["importlinter"]["root_packages"]
    found = {
        ".".join(init.parent.relative_to(ROOT).parts) for top in tops for init in (ROOT / top).rglob("__init__.py")
    }
    assert set(project["setuptools"]["packages"]) == found
