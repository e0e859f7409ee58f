"""The JSON export of a year, as the contract has it."""

import json
from typing import Any

import pytest
from sqlalchemy import Connection

from conversations.effects import Submit
from review.responses import Value
from storage import notices
from storage.errors import CycleConflict
from storage.export import export_year
from storage.notices import Planned
from tests.conversations.small_pack import SMALL_PACK
from tests.storage.collective import FAULT, submit_collective
from tests.storage.filling import complete, remark
from tests.storage.ward import Ward

TOP = ["format", "year", "pack", "exported_at", "units", "people", "responses", "decisions", "remedies", "reminders"]
KEYS = {
    "units": ["code", "name", "kind", "parent"],
    "people": ["code", "name", "unit", "form", "peer_group", "residence", "status"],
    "decisions": ["subject", "stage", "grade", "votes", "decided_at", "by"],
    "reminders": ["person", "kind", "due_at", "sent_at", "channel", "state"],
}


async def exported(ward: Ward) -> Any:
    done = await ward.db.read(lambda conn: export_year(conn, 2026, ward.now, lambda _: SMALL_PACK))
    return json.loads(json.dumps(done))


async def test_a_year_as_the_contract_has_it(ward: Ward) -> None:
    hoa, mat = await ward.join("HOA"), await ward.join("MAT")
    given: dict[str, Value] = {
        "conduct": "Gương mẫu, «thẳng».\nHai dòng",
        "scores__c01": 1,
        "self_grade": "good",
        "unions": ["nd", "pn"],
    }
    await ward.does(hoa, *complete(ward.ids["HOA"], **given))
    response = await ward.sees(hoa, lambda facts: facts.response("self_review", ward.ids["HOA"]))
    assert response
    await ward.does(hoa, Submit(response.id))
    await ward.does(mat, remark(ward.ids["NAM"], "meetings", "often"))

    def plan(conn: Connection) -> None:
        planned = Planned(ward.ids["NAM"], "digest", "T-3", ward.now, cycle_id=ward.cycle.id)
        notices.plan_many(conn, [planned], ward.now)

    await ward.db.write(plan)
    year = await exported(ward)
    assert list(year) == TOP
    assert all(list(record) == keys for part, keys in KEYS.items() for record in year[part])
    assert (year["format"], year["year"], year["pack"]) == ("tusoi-export/1", 2026, "small")
    assert {unit["code"]: unit["parent"] for unit in year["units"]} == {"K5": "P", "P": None, "TH": "P"}
    [review, open_remark] = year["responses"]
    assert (review["kind"], review["form"], review["subject"], review["respondent"]) == (
        "self_review",
        "2C",
        "HOA",
        "HOA",
    )
    assert (review["status"], review["submitted_at"]) == ("submitted", "2026-12-01T02:30:00+00:00")
    assert review["answers"]["conduct"] == "Gương mẫu, «thẳng».\nHai dòng"
    assert review["answers"]["unions"] == ["nd", "pn"]
    assert review["answers"]["shortcomings"] == [{"text": "Đủ.", "cause": "Đủ.", "own_part": "Đủ."}]
    assert review["scores"] == {"c01": 1, "t01": 20}
    assert review["score_reasons"] == {"c01": "Đủ."}
    assert review["self_grade"] == "good"
    assert "self_grade" not in review["answers"]
    assert (open_remark["subject"], open_remark["respondent"], open_remark["status"]) == ("NAM", "MAT", "draft")
    assert (open_remark["submitted_at"], open_remark["self_grade"]) == (None, None)
    [decision] = year["decisions"]
    assert (decision["subject"], decision["stage"], decision["grade"]) == ("HOA", "self", "good")
    assert year["reminders"][0]["state"] == "planned"


async def test_a_year_without_a_review_is_refused(ward: Ward) -> None:
    with pytest.raises(CycleConflict, match="2025"):
        await ward.db.read(lambda conn: export_year(conn, 2025, ward.now, lambda _: SMALL_PACK))


async def test_people_a_collective_review_names_stand_by_their_codes(ward: Ward) -> None:
    chi = await ward.join("CHI")
    await submit_collective(ward, chi, "NAM", "HOA")
    [review] = (await exported(ward))["responses"]
    assert (review["kind"], review["subject"], review["respondent"]) == ("collective_review", "TH", "CHI")
    [fault] = review["answers"]["shortcomings"]
    assert fault == {"text": FAULT, "cause": "Trùng lịch.", "owners": ["NAM", "HOA"]}
