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


def digest(update: Mapping[str, Any]) -> str:
    """Names a delivery without a number of its own: the same update is the same delivery."""
    return hashlib.sha256(json.dumps(update, sort_keys=True, default=str).encode()).hexdigest()
