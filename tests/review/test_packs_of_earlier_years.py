"""hd21-2019 and hd25-2023 as they ship, and what every pack has in common: forms, sources, doubts, settings."""

from datetime import date

import pytest

from review.exemptions import exemption_of
from review.forms import Given, Group, Item, walk
from review.levels import LEVEL_LABELS
from review.pack import Pack, load, pack_names, template
from review.people import FORM_NAMES, Person, Unit
from review.responses import GRADES

PACKS = [load(name) for name in ("hd21-2019", "hd25-2023", "hd43-2025")]
HD21, HD25, HD43 = PACKS
CELL = Unit(1, "C1", "Chi bộ Khối 5", "cell")
LEADERS = ["leadership", "leadership_level", "initiative", "initiative_level", "example", "example_level"]
REST = ["shortcomings", "fixed", "fixed_level", "explanations", "collective_part", "measures", "official_self_grade"]


def blocks(pack, form):
    return [block for section in pack.forms[form].sections for block in section.blocks]


def ids(pack, form):
    return [block.id for block in blocks(pack, form)]


def test_three_packs_ship():
    assert pack_names() == ("hd21-2019", "hd25-2023", "hd43-2025")
    assert [sorted(pack.forms) for pack in PACKS] == [
        ["01", "02", "residence_remark"],
        ["01", "02A", "02B", "residence_remark"],
        ["01", "2A", "2B", "2C", "residence_remark"],
    ]


@pytest.mark.parametrize(
    ("pack", "served"), [(HD21, ("02", "02", "02")), (HD25, ("02A", "02B", "02A")), (HD43, ("2A", "2B", "2C"))]
)
def test_who_fills_which_form(pack, served):
    """HD 21: one form for all; HD 25: leaders apart; HD 43: a third one for those outside the political system."""
    people = [Person(nth, "", "", CELL, form=name) for nth, name in enumerate(FORM_NAMES)]
    assert tuple(form.id for person in people if (form := pack.own_form(person))) == served
    assert pack.own_form(Person(9, "", "", CELL)) is None


@pytest.mark.parametrize(
    ("pack", "form", "first"),
    [
        (HD21, "02", ["conduct", "conduct_level", "duties", "duties_level", "leads", *LEADERS, "pledge"]),
        (HD25, "02A", ["conduct", "conduct_level", "duties", "duties_level", "pledge"]),
        (HD25, "02B", ["conduct", "conduct_level", "duties", "duties_level", *LEADERS, "pledge"]),
    ],
)
def test_the_sections_and_questions_of_the_forms_by_level(pack, form, first):
    """The heading numbers and order of the 2019-2024 family; ids as the contract has them, no points."""
    sections = pack.forms[form].sections
    assert [section.numeral for section in sections] == ["I", "II", "III", "IV", "V", "VI", "VII"]
    assert ids(pack, form) == [*first, *REST, "self_grade"]
    assert not any(asked.question.kind == "score" for asked in walk(pack.forms[form], {}))


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_the_report_of_the_collective(pack):
    sections = pack.forms["01"].sections
    points = [""] if pack is HD43 else []
    assert [section.numeral for section in sections] == ["I", "II", "III", "IV", "V", "VI", *points, "VII"]
    assert pack.forms["01"].kind == "collective_review"
    shortcomings = next(block for block in blocks(pack, "01") if block.id == "shortcomings")
    assert isinstance(shortcomings, Group)
    assert [(question.id, question.kind) for question in shortcomings.questions] == [
        ("text", "text"), ("cause", "text"), ("owners", "people"),
    ]  # fmt: skip


def test_the_collectives_points_and_levels():
    """366: 6 × 5 common points, 50 + 20 for tasks (local guide of 2026); before that a level under each item."""
    scores = [block for block in blocks(HD43, "01") if not isinstance(block, Group) and block.kind == "score"]
    assert [block.max_points for block in scores] == [5] * 6 + [50, 20]
    assert all(block.unverified for block in scores)
    levels = [block.id for block in blocks(HD25, "01") if not isinstance(block, Group) and block.level_group]
    assert levels == ["principles_level", "results_level", "building_level", "lead_level", "fixed_level"]


def test_leaders_are_asked_more_in_the_one_form_of_2019():
    form = HD21.forms["02"]
    plain = [asked.key for asked in walk(form, {"leads": "no"})]
    leading = [asked.key for asked in walk(form, {"leads": "yes"})]
    assert [key for key in leading if key not in plain] == LEADERS


def test_a_level_is_one_of_four_and_that_of_mending_needs_something_to_mend():
    form = HD25.forms["02A"]
    levels = [block for block in blocks(HD25, "02A") if not isinstance(block, Group) and block.level_group]
    for question in levels:
        assert [(option.id, option.label) for option in question.options] == list(LEVEL_LABELS.items())
        assert question.title == "Tự đánh giá về cấp độ thực hiện"
    assert "fixed_level" not in {asked.key for asked in walk(form, {})}
    assert "fixed_level" in {asked.key for asked in walk(form, {}, Given(carried=(Item("1", "Việc cũ"),)))}


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_the_settings_of_meeting_and_remedies(pack):
    assert pack.meeting
    assert pack.remedies
    assert (pack.meeting.secret_ballot, pack.meeting.more_than, pack.meeting.complaint_days) == (True, 50, 14)
    assert pack.remedies.check_days == (30, 60, 90)
    assert pack.remedies.compulsory_for == ("completed", "not_completed")
    where = {gap.where for gap in pack.unverified}
    assert {f"meeting.{value}" for value in pack.meeting.sources} <= where
    assert {"remedies.check_days", "remedies.compulsory_for", "ceiling.rounding", "forms.01"} <= where


@pytest.mark.parametrize(
    ("pack", "reviewed"),
    [(HD21, True), (HD25, False), (HD43, True)],  # HD 21: reviewed, not graded; QĐ 124 Art. 5.2: not reviewed
)
def test_new_members(pack: Pack, reviewed):
    new = Person(1, "", "", CELL, joined_on=date(2023, 9, 1))
    exemption = exemption_of(pack, new, date(2023, 12, 15))
    assert exemption
    assert (exemption.id, exemption.reviewed, exemption.graded) == ("under_6_months", reviewed, False)


def test_what_was_read_is_not_in_doubt_and_what_was_not_is():
    sure, doubts = ({gap.where for gap in pack.unverified} for pack in (HD21, HD25))
    assert not {"grades.excellent", "knock_outs.disciplined", "ceiling.share", "exemptions.under_6_months"} & sure
    assert {"grades.good", "grades.completed", "levels.tasks", "ceiling.rounding", "forms.02"} <= sure
    assert {"grades.excellent", "knock_outs.disciplined", "ceiling.share", "exemptions.under_6_months"} <= doubts


def test_the_ceiling_of_2019_counts_the_base_organisation():
    assert HD21.ceiling
    assert HD25.ceiling
    assert HD43.ceiling
    assert [pack.ceiling.within for pack in PACKS if pack.ceiling] == ["base_organisation", "peer_group", "peer_group"]
    assert [pack.ceiling.outstanding_share for pack in PACKS if pack.ceiling] == [None, None, 25]
    assert HD43.ceiling.counted_apart == ("head",)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_everything_names_its_source_and_every_paper_is_there(pack):
    assert all(rule.source and all(line.source for line in rule.rules) for rule in pack.grades.values())
    assert tuple(pack.grades) == GRADES
    assert all(line.source for line in (*pack.knock_outs, *pack.exemptions, *pack.levels.values()))
    assert all(template(pack.name, name).startswith(b"PK") for name in (*pack.forms, "residence_area"))
    assert bool(pack.points) is not bool(pack.levels)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.name)
def test_people_are_asked_in_plain_words_and_long_answers_have_an_example(pack):
    for form in pack.forms.values():
        for block in (block for section in form.sections for block in section.blocks):
            for question in block.questions if isinstance(block, Group) else (block,):
                assert "!" not in question.ask + question.example
                assert question.ask[0].isupper()
                assert question.ask[-1] in ".?"
                assert question.example or question.kind not in ("text", "date"), question.id
