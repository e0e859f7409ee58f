"""Options and fixtures of the whole suite."""

from pathlib import Path

import pytest

BROWSER = Path(__file__).parent / "browser"

pytest_plugins = ["tests.databases"]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the golden transcripts anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One browser at a time: these tests take turns in one worker."""
    for item in items:
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("browser"))
