"""Whether every paper of a rule pack can be made: its template is there, and asks for no unknown field."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from documents.collective_review import CollectiveReview, collective_review_docx
from documents.remark_slip import AreaSheet, RemarkSlip, area_sheet_docx, remark_slip_docx
from documents.self_review import SelfReview, self_review_docx
from documents.template import TemplateFault
from review.calendar import Cycle
from review.faults import Fault
from review.forms import Asked, Form, Given, Item, walk
from review.pack import Pack
from review.people import FORM_NAMES, Person, Unit
from review.responses import Response, Value

Make = Callable[[bytes], bytes]

AREA_SHEET = "residence_area"
_CELL = Unit(1, "C", "Chi bộ", "cell")
_PERSON = Person(1, "P", "Họ và tên", _CELL, birth_date=date(1970, 1, 31), residence=_CELL)
_GIVEN = Given(carried=(Item("1", "Việc cũ"),), suggested=(Item("2", "Việc được gợi ý"),))


def template_faults(pack: Pack, template: Callable[[str], bytes]) -> Iterator[Fault]:
    """`template` reads a paper's .docx by name. Every paper is made filled and blank, so that each field is asked."""
    for form in pack.forms.values():
        for name, makes in _papers(pack, form).items():
            if reason := _fault(name, makes, template):
                yield Fault(f"templates/{name}.docx", 0, reason)


def _fault(name: str, makes: list[Make], template: Callable[[str], bytes]) -> str:
    try:
        page = template(name)
        for make in makes:
            make(page)
    except OSError:
        return "không có tệp này trong gói, hoặc không đọc được"
    except TemplateFault as fault:
        return str(fault)
    return ""


def _papers(pack: Pack, form: Form) -> dict[str, list[Make]]:
    """By the name of the template: everything that is printed with it."""
    cycle, responses = Cycle(1, 2026, pack.name), (_filled(form), None)
    if form.kind == "self_review":
        served = next((name for name in FORM_NAMES if pack.form_for.get(name, name) == form.id), None)
        person = replace(_PERSON, form=served)
        reviews = [SelfReview(pack, cycle, person, "Đảng bộ", one, _GIVEN) for one in responses if one or served]
        return {form.id: [partial(self_review_docx, review) for review in reviews]}
    if form.kind == "collective_review":
        reports = [CollectiveReview(pack, cycle, _CELL, "Đảng bộ", form, one, _GIVEN) for one in responses]
        return {form.id: [partial(collective_review_docx, report) for report in reports]}
    slips = [RemarkSlip(pack, cycle, _PERSON, _CELL, "Đảng bộ", one) for one in responses]
    sheet = AreaSheet(pack, cycle, _CELL, "Đảng bộ", [_PERSON])
    return {
        form.id: [partial(remark_slip_docx, slip) for slip in slips],
        AREA_SHEET: [partial(area_sheet_docx, sheet)],
    }


def _filled(form: Form) -> Response:
    """Every question that can stand answered, a deduction explained."""
    answers: dict[str, Value] = {}
    while asked := next((one for one in walk(form, answers, _GIVEN) if one.key not in answers), None):
        answers[asked.key] = _sample(asked)
    return Response(
        1, "self_review", form.id, 1, 1, "submitted", answers, submitted_at=datetime(2026, 12, 1, tzinfo=UTC)
    )


def _sample(asked: Asked) -> Value:
    match asked.question.kind:
        case "score":
            return asked.question.max_points - 1
        case "number":
            return 1
        case "date":
            return "2026-12-31"
        case "choice":
            return asked.question.options[-1 if asked.question.id != "more" else 0].id
        case "many" | "people":
            return [option.id for option in asked.question.options]
        case _:
            return "Một câu."
