"""A form short enough to be killed at every step of it: one question of each kind and a group of the writer's own."""

from dataclasses import replace

from review.forms import Section
from tests.conversations.small_pack import MEASURES, SELF_REVIEW, SMALL_PACK

_SECTIONS = {section.id: section for section in SELF_REVIEW.sections}
_KEPT = ("conduct", "meetings", "abroad")
FORM = replace(
    SELF_REVIEW,
    sections=(
        replace(_SECTIONS["s1"], blocks=tuple(b for b in _SECTIONS["s1"].blocks if b.id in _KEPT)),
        Section("s6", "VI", "Biện pháp khắc phục", (replace(MEASURES, most=1),)),
        replace(_SECTIONS["points"], blocks=_SECTIONS["points"].blocks[:1]),
        _SECTIONS["s7"],
    ),
)
PACK = replace(SMALL_PACK, forms={**SMALL_PACK.forms, "2C": FORM})
