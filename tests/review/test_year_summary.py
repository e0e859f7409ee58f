"""The numbers of a year from its export: points by group, the three stages, votes, counts and shares."""

from typing import Any

from review.pack import load
from review.year_summary import rules_of, stage_tallies, summarise

RULES = {
    "peer_groups": {"g": "Đảng viên không giữ chức vụ"},
    "points": {"2A": {"c01": "common", "c02": "common", "t01": "tasks"}},
}


def said(subject: str, stage: str, grade: str | None, votes: dict[str, int] | None = None) -> dict[str, Any]:
    return {"subject": subject, "stage": stage, "grade": grade, "votes": votes}


def filled(subject: str, status: str = "submitted", scores: dict[str, float] | None = None) -> dict[str, Any]:
    return {"kind": "self_review", "form": "2A", "subject": subject, "status": status, "scores": scores or {}}


EXPORT: dict[str, Any] = {
    "year": 2026,
    "units": [{"code": "K1", "name": "Chi bộ Khối 1"}, {"code": "K2", "name": "Chi bộ Khối 1"}],
    "people": [
        {"code": "1", "unit": "K1", "peer_group": "g"}, {"code": "2", "unit": "K2", "peer_group": "g"},
        {"code": "3", "unit": "K2", "peer_group": "h"}, {"code": "MT", "unit": None, "peer_group": ""},
    ],
    "responses": [
        filled("1", scores={"c01": 9.5, "c02": 10, "t01": 60.25}), filled("2", "draft", {"c01": 5}), filled("3"),
        {"kind": "residence_remark", "form": "r", "subject": "3", "status": "submitted", "scores": {}},
    ],
    "decisions": [
        said("1", "self", "excellent"), said("1", "cell", "good", {"good": 9, "invalid": 1}),
        said("1", "committee", "good"), said("2", "committee", "excellent"), said("3", "cell", None),
    ],
}  # fmt: skip


def test_each_member_with_points_stages_and_votes() -> None:
    one, two, three = summarise(EXPORT, RULES)["people"]
    assert one == {
        "code": "1", "points": {"common": 19.5, "tasks": 60.25, "total": 79.75}, "self": "excellent", "cell": "good",
        "committee": "good", "votes": {"good": 9, "invalid": 1},
    }  # fmt: skip
    assert two["points"] is None, "a draft belongs to its writer"
    assert (three["points"], three["cell"], three["votes"]) == (None, None, None)


def test_each_stage_in_all_by_group_and_by_cell() -> None:
    stages = summarise(EXPORT, RULES)["stages"]
    total = stages["committee"]["total"]
    assert (total["members"], total["graded"], total["not_graded"]) == (3, 2, 1)
    assert total["shares"] == {"excellent": 50.0, "good": 50.0, "completed": 0.0, "not_completed": 0.0}
    assert (total["excellent_of_good"], total["excellent_of_good_or_better"]) == (100.0, 50.0)
    assert [(one["code"], one["members"]) for one in stages["cell"]["by_peer_group"]] == [("g", 2), ("h", 1)]
    assert [(one["code"], one["members"]) for one in stages["self"]["by_unit"]] == [("K1", 1), ("K2", 2)]


def test_groups_have_their_names_and_cells_of_one_name_stay_apart() -> None:
    members = [one for one in EXPORT["people"] if one["unit"]]
    whole, groups, cells = stage_tallies("committee", members, EXPORT, RULES)
    assert whole.name == "Tổng cộng"
    assert [one.name for one in groups] == ["Đảng viên không giữ chức vụ", "h"]
    assert [one.name for one in cells] == ["Chi bộ Khối 1", "Chi bộ Khối 1"]


def test_the_rules_of_a_pack_are_what_the_numbers_need() -> None:
    rules = rules_of(load("hd43-2025"))
    assert rules["name"] == "hd43-2025"
    assert rules["grades"]["excellent"] == "Xuất sắc"
    assert set(rules["points"]["2C"].values()) == {"common", "tasks"}
    assert "conduct" not in rules["points"]["2C"]
