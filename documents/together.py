"""Several papers in one .docx, each on a page of its own: to be printed in one go."""

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as Doc
from docx.enum.text import WD_BREAK
from docx.opc.packuri import PackURI

_LINKS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SECTION = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}sectPr"


def together(papers: Sequence[bytes]) -> bytes:
    """At least one paper. Page, styles and foot of the first one hold for all: they are papers of one pack."""
    whole = docx.Document(BytesIO(papers[0]))
    for nth, content in enumerate(papers[1:], 1):
        _append(whole, docx.Document(BytesIO(content)), nth)
    out = BytesIO()
    whole.save(out)
    return out.getvalue()


def _append(whole: Doc, more: Doc, nth: int) -> None:
    whole.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    end = whole.element.body[-1]
    for element in more.element.body:
        if element.tag != _SECTION:
            copied = deepcopy(element)
            _relink(copied, whole, more, nth)
            end.addprevious(copied)


def _relink(copied: Any, whole: Doc, more: Doc, nth: int) -> None:
    """Pictures and links come along under names of their own."""
    for element in copied.iter():
        for name, link in element.attrib.items():
            if name.startswith(_LINKS) and link in more.part.rels:
                element.set(name, _carried(whole, more.part.rels[link], nth))


def _carried(whole: Doc, link: Any, nth: int) -> str:
    if link.is_external:
        return whole.part.relate_to(link.target_ref, link.reltype, is_external=True)
    part, mark = link.target_part, f"-{nth}."
    if mark not in part.partname:
        part.partname = PackURI(f"{part.partname.baseURI}/{mark.join(part.partname.filename.rsplit('.', 1))}")
    return whole.part.relate_to(part, link.reltype)
