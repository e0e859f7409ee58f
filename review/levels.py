"""The four levels by which criteria were judged before points came (132-QĐ/TW 2018, 124-QĐ/TW 2023)."""

from collections.abc import Mapping
from typing import Literal

Level = Literal["excellent", "good", "average", "poor"]
LEVEL_LABELS: Mapping[Level, str] = {
    "excellent": "Xuất sắc",
    "good": "Tốt",
    "average": "Trung bình",
    "poor": "Kém",
}
"""From the highest to the lowest."""
