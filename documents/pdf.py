"""Papers that are only read, as .pdf: pages in `documents/pages`, with fonts that come along.

typst takes the texts as data, so nothing a person typed is ever a command; a sign that no font has is drawn as an empty
box and not silently left out.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

HERE = Path(__file__).parent
PAGES, FONTS = HERE / "pages", HERE / "fonts"


def pdf(page: str, fields: Mapping[str, object]) -> bytes:
    """The page "report" or "result" filled. The same fields give the same bytes."""
    content: bytes = typst.compile(
        PAGES / f"{page}.typ",
        root=PAGES,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(fields, ensure_ascii=False)},
        timestamp=0,
    )
    return content
