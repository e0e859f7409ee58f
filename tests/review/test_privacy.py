"""Working days, the dates of the personal data law, and the texts people agree to."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review.consents import CURRENT, FOLDER, ChangedText, consent_text, digest
from review.privacy_rules import FILE, PrivacyFaults, privacy_rules
from review.requests import KINDS, DataRequest, RequestKind, by_date
from review.working_days import Holidays

RULES = privacy_rules()
OFF = RULES.days_off
DAYS = st.dates(date(2026, 1, 1), date(2031, 12, 31))


@pytest.mark.parametrize(
    ("after", "count", "last"),
    [
        (date(2026, 12, 1), 2, date(2026, 12, 3)),
        (date(2026, 12, 3), 2, date(2026, 12, 7)),  # over a weekend
        (date(2026, 12, 5), 1, date(2026, 12, 7)),  # from a Saturday
        (date(2026, 12, 31), 2, date(2027, 1, 5)),  # over New Year's Day
        (date(2026, 2, 13), 2, date(2026, 2, 24)),  # over Tết Bính Ngọ
        (date(2026, 4, 24), 2, date(2026, 4, 29)),  # Giỗ Tổ on a Sunday, the Monday is off
        (date(2026, 4, 29), 1, date(2026, 5, 4)),  # 30/4, 1/5, a weekend
        (date(2026, 8, 31), 1, date(2026, 9, 3)),  # 1/9 and 2/9
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_working_days(after: date, count: int, last: date) -> None:
    assert OFF.after(after, count) == last


@pytest.mark.parametrize(
    ("kind", "acknowledged", "answered"),
    [
        ("access", date(2026, 12, 3), date(2026, 12, 11)),
        ("correct", date(2026, 12, 3), date(2026, 12, 11)),
        ("delete", date(2026, 12, 3), date(2026, 12, 21)),
        ("restrict", date(2026, 12, 3), date(2026, 12, 16)),
        ("object", date(2026, 12, 3), date(2026, 12, 16)),
        ("withdraw", date(2026, 12, 3), date(2026, 12, 16)),
    ],
)
def test_the_dates_of_each_kind(kind: RequestKind, acknowledged: date, answered: date) -> None:
    assert RULES.due_dates(kind, date(2026, 12, 1)) == (acknowledged, answered)


def test_a_last_day_off_moves_to_the_next_working_day() -> None:
    assert RULES.due_dates("access", date(2026, 2, 8))[1] == date(2026, 2, 23)
    assert RULES.extended(date(2026, 12, 21)) == date(2027, 1, 5)


@given(DAYS, st.integers(0, 30))
def test_working_days_are_never_before_and_always_working(day: date, count: int) -> None:
    last = OFF.after(day, count)
    assert last >= day + timedelta(days=count)
    assert not count or OFF.is_working(last)
    between = [day + timedelta(days=one) for one in range(1, (last - day).days + 1)]
    assert sum(map(OFF.is_working, between)) == count


@given(DAYS, st.integers(0, 60), st.sampled_from(KINDS))
def test_dates_are_after_the_request_monotone_and_working(day: date, later: int, kind: RequestKind) -> None:
    acknowledged, answered = RULES.due_dates(kind, day)
    assert day < acknowledged
    assert day + timedelta(days=10) <= answered
    assert OFF.is_working(acknowledged)
    assert OFF.is_working(answered)
    next_ones = RULES.due_dates(kind, day + timedelta(days=later))
    assert (acknowledged, answered) <= next_ones
    assert answered <= next_ones[1]
    assert RULES.extended(answered) >= answered + timedelta(days=RULES.extension.count)


@given(DAYS)
def test_an_unknown_year_comes_earlier_never_later(day: date) -> None:
    fixed = Holidays(OFF.fixed)
    assert fixed.after(day, 5) <= OFF.after(day, 5)


def test_what_nobody_confirmed_is_named() -> None:
    unverified = list(RULES.unverified())
    assert len(unverified) == 2 + len(KINDS) + len(RULES.holidays.years)
    assert any(line.startswith("limits.delete: 20 days (") for line in unverified)


def test_a_confirmed_number_is_not_named_and_a_fault_is(tmp_path: Path) -> None:
    text = (FOLDER / FILE).read_text("utf-8")
    (tmp_path / FILE).write_text(text.replace("verified = false", "verified = true"), "utf-8")
    assert list(privacy_rules(tmp_path).unverified()) == []
    for before, after, said in (
        ("count = 20", "count = 0", "«count» phải từ 1 trở lên"),
        ("[limits.delete]", "[limits.deleted]", "chỉ nhận: 'access'"),
        ("[limits.withdraw]", "[other]", "không có mục nào tên «other»"),
    ):
        folder = tmp_path / after.strip("[]").replace(" ", "")
        folder.mkdir()
        (folder / FILE).write_text(text.replace(before, after), "utf-8")
        with pytest.raises(PrivacyFaults) as faults:
            privacy_rules(folder)
        assert said in str(faults.value)
    with pytest.raises(PrivacyFaults, match="không có tệp"):
        privacy_rules(tmp_path / "none")


def test_a_kind_without_its_limit_is_a_fault(tmp_path: Path) -> None:
    text = (FOLDER / FILE).read_text("utf-8")
    start, end = text.index("[limits.object]"), text.index("[limits.access]")
    (tmp_path / FILE).write_text(text[:start] + text[end:], "utf-8")
    with pytest.raises(PrivacyFaults, match=r"thiếu bảng \[limits.object\]"):
        privacy_rules(tmp_path)


def test_the_words_of_a_version_never_change(tmp_path: Path) -> None:
    text = consent_text()
    assert text
    assert text.version == CURRENT
    shipped = (FOLDER / f"consent-{CURRENT}.toml").read_text("utf-8")
    (tmp_path / f"consent-{CURRENT}.toml").write_text(shipped.replace("bất cứ lúc nào", "sau một tháng"), "utf-8")
    with pytest.raises(ChangedText, match=CURRENT):
        consent_text(CURRENT, tmp_path)
    assert consent_text("1999-01") is None


def test_every_version_there_ever_was_is_whole() -> None:
    for file in FOLDER.glob("consent-*.toml"):
        assert consent_text(file.stem.removeprefix("consent-"))


def test_a_text_is_filled_with_what_is_known() -> None:
    text = consent_text()
    assert text
    filled = text.filled("Đảng ủy phường Mẫu", 2026, 5)
    assert "máy chủ của Đảng ủy phường Mẫu, dùng cho việc kiểm điểm, xếp loại năm 2026 và lưu 5 năm." in filled.summary
    assert "xếp loại. Người xem được" in text.filled("cấp ủy", None, None).summary
    assert filled.digest == digest(filled.whole) != text.digest


def test_the_nearest_date_comes_first() -> None:
    at = datetime(2026, 12, 1, tzinfo=UTC)
    one = DataRequest(1, 1, "delete", "", at, date(2026, 12, 3), date(2026, 12, 21))
    taken = DataRequest(2, 1, "access", "", at, date(2026, 12, 3), date(2026, 12, 11), acknowledged_at=at)
    moved = DataRequest(
        3, 1, "access", "", at, date(2026, 12, 3), date(2026, 12, 11), at, extended_until=date(2027, 1, 5)
    )
    assert [r.id for r in by_date([moved, taken, one])] == [1, 2, 3]
    assert one.reminder_slot(date(2026, 12, 2)) == "2026-12-03 T-1"
    assert one.reminder_slot(date(2026, 12, 3)) == "2026-12-03 T"
    assert one.reminder_slot(date(2026, 12, 9)) is None
