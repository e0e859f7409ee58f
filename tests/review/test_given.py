"""What a form is opened with: who may be named, what is asked first, faults of the collective, what was taken back."""

from datetime import date

from review.answers import read_answer
from review.forms import COLLECTIVE_PART, Form, Given, Group, Item, Option, Question, Section, assemble, missing, walk
from review.given import people_options
from review.pack import load
from review.people import Person
from tests.conversations.small_pack import COLLECTIVE, SMALL_PACK

PEOPLE = (Option("4", "Phạm Thị Chi"), Option("7", "Trần Văn Nam"))
PART = Question(COLLECTIVE_PART, "text", "Trách nhiệm với hạn chế của tập thể", "Có phần nào?", required=False)
FIXED = Group("fixed", (Question("status", "text", "Kết quả", "Sao?"),), "carried")
FORM = Form(
    "2C",
    "Mẫu thử",
    "self_review",
    (
        Section("i", "I", "Ưu điểm", (Question("conduct", "text", "Phẩm chất", "Thế nào?"),)),
        Section("iii", "III", "Khắc phục", (FIXED,), asked_first=True),
        Section("v", "V", "Trách nhiệm", (PART,)),
    ),
)


def keys(given: Given, **answers: str) -> list[str]:
    return [asked.key for asked in walk(FORM, answers, given)]


def test_a_section_may_be_asked_before_those_the_paper_prints_first() -> None:
    walked = walk(FORM, {}, Given(carried=(Item("7", "Hứa"),)))
    assert [asked.key for asked in walked] == ["fixed.7.status", "conduct", COLLECTIVE_PART]
    assert [asked.number for asked in walked] == [1, 2, 3]
    assert [section.id for section in FORM.sections] == ["i", "iii", "v"]


def test_without_faults_of_the_collective_section_v_may_be_left_out() -> None:
    assert keys(Given()) == ["conduct", COLLECTIVE_PART]
    assert [asked.key for asked in missing(FORM, {"conduct": "Tốt"})] == []


def test_each_fault_of_the_collective_must_be_answered_for() -> None:
    given = Given(collective=(Item("3", "Họp chậm"), Item("5", "Thu chậm")))
    assert keys(given) == ["conduct", "collective_part.3.own_part", "collective_part.5.own_part"]
    lacking = missing(FORM, {"conduct": "Tốt", "collective_part.3.own_part": "Tôi không nhắc."}, given)
    assert [asked.key for asked in lacking] == ["collective_part.5.own_part"]
    assert lacking[0].item == Item("5", "Thu chậm")


def test_what_was_written_before_the_fault_came_is_not_lost() -> None:
    given = Given(collective=(Item("3", "Họp chậm"),))
    answers = {COLLECTIVE_PART: "Tôi vắng.", "collective_part.3.own_part": "Tôi không nhắc."}
    assert keys(given, **answers)[1:] == ["collective_part.3.own_part", COLLECTIVE_PART]
    assert assemble(FORM, answers, given).answers[COLLECTIVE_PART] == "Tôi không nhắc.\nTôi vắng."
    assert assemble(FORM, {COLLECTIVE_PART: "Tôi vắng."}).answers[COLLECTIVE_PART] == "Tôi vắng."


def test_nothing_is_owed_to_what_was_taken_back() -> None:
    given = Given(collective=(Item("3", "Họp chậm", withdrawn=True),))
    assert keys(given)[1:] == ["collective_part.3.own_part"]
    assert not missing(FORM, {"conduct": "Tốt"}, given)


def test_a_collective_fault_names_who_answers_for_it() -> None:
    answers = {"results": "Đủ.", "shortcomings.1.text": "Họp chậm.", "shortcomings.1.cause": "Trùng lịch."}
    lacking = [asked.key for asked in missing(COLLECTIVE, answers, Given(people=PEOPLE))]
    assert "shortcomings.1.owners" in lacking
    for owners, is_missing in ((["7"], False), (["7", "4"], False), ([], True), (["99"], True)):
        named = {**answers, "shortcomings.1.owners": owners}
        lacking = [asked.key for asked in missing(COLLECTIVE, named, Given(people=PEOPLE))]
        assert ("shortcomings.1.owners" in lacking) is is_missing
    done = assemble(COLLECTIVE, {**answers, "shortcomings.1.owners": ["7"]}, Given(people=PEOPLE))
    assert done.answers["shortcomings"] == [{"text": "Họp chậm.", "cause": "Trùng lịch.", "owners": ["7"]}]


def test_names_typed_apart_by_commas_are_read() -> None:
    question = Question("owners", "people", "Ai", "Ai?", options=PEOPLE)
    assert read_answer(question, "trần văn nam, Phạm Thị Chi", date(2026, 12, 1)) == ["7", "4"]


def test_people_of_one_name_are_told_apart() -> None:
    people = [Person(1, "A", "Lê Nam", birth_date=date(1970, 1, 1)), Person(2, "B", "Lê Nam"), Person(3, "C", "Lê Hoa")]
    assert [option.label for option in people_options(people)] == ["Lê Nam (1970)", "Lê Nam (B)", "Lê Hoa"]
    assert [option.id for option in people_options(people)] == ["1", "2", "3"]


def test_a_pack_tells_which_form_is_the_collective_one() -> None:
    assert SMALL_PACK.form_of("collective_review") is COLLECTIVE
    assert load("hd43-2025").form_of("self_review")


def test_the_shipped_forms_ask_last_years_promises_first() -> None:
    for name in ("2A", "2B", "2C"):
        assert load("hd43-2025").forms[name].asking_order[0].blocks[0].id == "fixed"
