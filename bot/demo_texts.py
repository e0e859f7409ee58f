"""The bank of texts of the sample ward (demo_texts.toml)."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def texts() -> Mapping[str, Any]:
    return tomllib.loads(files("bot").joinpath("demo_texts.toml").read_text("utf-8"))
