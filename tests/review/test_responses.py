"""Receipts, and until when a response may still be changed."""

from datetime import UTC, datetime

import pytest

from review.responses import Response, receipt_number


def test_a_receipt_can_be_read_out_and_tells_responses_apart():
    sent = datetime(2026, 12, 2, 20, 31, tzinfo=UTC)
    receipts = {receipt_number(number, sent) for number in range(200)}
    assert len(receipts) == 200
    assert all(len(receipt) == 7 and receipt[2] == "-" and not set("01IO") & set(receipt) for receipt in receipts)


@pytest.mark.parametrize(
    ("status", "is_open"), [("draft", True), ("returned", True), ("submitted", False), ("accepted", False)]
)
def test_what_its_writer_may_still_change(status, is_open):
    assert Response(1, "self_review", "2C", 1, 1, status).is_open is is_open
