"""What the readers of Zalo's updates share: both interfaces number little and name fields freely."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

_LARGEST_ORDER = 2**63 - 1
LONGEST_ID = 200


def order_of(moment: object) -> int:
    """Milliseconds; nothing is numbered, but what was sent later carries a later time. 0 = no time is given."""
    if isinstance(moment, str) and moment.isascii() and moment.isdigit() and len(moment) < 20:
        moment = int(moment)
    return moment if isinstance(moment, int) and 0 < moment <= _LARGEST_ORDER else 0


def id_of(given: object) -> str:
    """An id as text; empty for what can be none: neither a number nor words that can be kept and written to."""
    if isinstance(given, bool) or not isinstance(given, str | int):
        return ""
    text = str(given)[:LONGEST_ID]
    return text if text.isprintable() else ""


def digest(update: Mapping[str, Any]) -> str:
    """Names a delivery without a number of its own: the same update is the same delivery."""
    try:
        content = json.dumps(update, sort_keys=True, default=str)
    except RecursionError:  # deeper than anything a channel sends: its fields have to do
        content = " ".join(sorted(update))
    return hashlib.sha256(content.encode("utf-8", "replace")).hexdigest()
