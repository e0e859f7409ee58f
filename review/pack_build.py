"""From the files of a pack to the Pack: every piece is read, put together and checked; every fault is named."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from review.faults import Fault
from review.form_build import FormReader
from review.form_check import BuiltForm, form_faults, questions_of
from review.hint_build import Hints, read_hints
from review.pack_check import rule_faults
from review.pack_files import PackFaults, shaped
from review.pack_layers import MAIN, form_sources, layered, layers
from review.pack_model import Pack, Unverified
from review.pack_shapes import PACK, PackRow


def build(folder: Path) -> Pack:
    """Raises PackFaults with every fault of every file."""
    faults: list[Fault] = []
    folders = layers(folder, faults)
    main, hints_file, questions, criteria = (
        layered(folders, name, faults) for name in (MAIN, "hints.toml", "questions.toml", "criteria.toml")
    )
    sources = form_sources(folders, faults)
    if not sources:
        faults.append(Fault("forms", 0, "thư mục này chưa có mẫu nào (*.toml)"))
    if faults:
        raise PackFaults(faults)
    rules = shaped(PACK, main.data, main.fault, faults)
    hints = read_hints(hints_file, faults)
    used: set[str] = set()
    readers = [FormReader(source, questions, criteria, faults, used) for source in sources]
    forms = [form for reader in readers if (form := reader.read())]
    for source in (questions, criteria):
        faults += [source.fault((name,), f"không mẫu nào dùng «{name}»") for name in source.own if name not in used]
    faults += _doubled(forms)
    for form in forms:
        faults += form_faults(form, hints.rules, rules)
    kinds = {str(source.data.get("id")): str(source.data.get("kind")) for source in sources}
    faults += [main.fault(path, reason) for path, reason in (rule_faults(rules, kinds) if rules else ())]
    if faults or rules is None:
        raise PackFaults(sorted(dict.fromkeys(faults), key=lambda fault: (fault.file, fault.line)))
    return _pack(folder.resolve().name, rules, forms, hints)


def _doubled(forms: Sequence[BuiltForm]) -> Iterator[Fault]:
    times = Counter(built.form.id for built in forms)
    for built in forms:
        if times[built.form.id] > 1:
            yield built.source.fault(("id",), f"mẫu «{built.form.id}» có ở hai tệp")


def _pack(name: str, rules: PackRow, forms: Sequence[BuiltForm], hints: Hints) -> Pack:
    pack = Pack(
        name,
        rules.title,
        version="",
        retention_years=rules.retention_years,
        forms={built.form.id: built.form for built in forms},
        grades={rule.grade: rule for rule in rules.grades},
        peer_groups={code: group.label for code, group in rules.peer_groups.items()},
        unverified=(*_unverified_rules(rules), *_unverified_forms(forms)),
        documents=rules.documents,
        points=rules.points,
        knock_outs=rules.knock_outs,
        ceiling=rules.ceiling,
        exemptions=rules.exemptions,
        calendar=rules.calendar,
        hints=hints.rules,
        signs=hints.signs,
        form_for=rules.form_for,
        levels=rules.levels,
        group_forms={code: group.forms for code, group in rules.peer_groups.items()},
        meeting=rules.meeting,
        remedies=rules.remedies,
    )
    return replace(pack, version=sha256(repr(pack).encode()).hexdigest()[:4])


def _unverified_rules(rules: PackRow) -> Iterator[Unverified]:
    marks = [
        *((f"grades.{rule.grade}", rule.label, rule.unverified) for rule in rules.grades),
        *(
            (f"grades.{rule.grade}.{line.fact}", line.text, line.unverified)
            for rule in rules.grades
            for line in rule.rules
        ),
        *((f"knock_outs.{line.fact}", line.text, line.unverified) for line in rules.knock_outs),
        *((f"exemptions.{line.id}", line.text, line.unverified) for line in rules.exemptions),
        *((f"points.{code}", part.label, part.unverified) for code, part in rules.points.items()),
        *((f"levels.{code}", part.label, part.unverified) for code, part in rules.levels.items()),
        ("retention_years", f"retention_years = {rules.retention_years}", rules.retention_unverified),
        *((f"peer_groups.{code}", group.label, group.unverified) for code, group in rules.peer_groups.items()),
        *((f"calendar.{name}", f"{day.day}/{day.month}", day.unverified) for name, day in rules.calendar.items()),
    ]
    yield from (Unverified(where, what) for where, what, is_unverified in marks if is_unverified)
    for name, table in (("ceiling", rules.ceiling), ("meeting", rules.meeting), ("remedies", rules.remedies)):
        for value in table.unverified:
            yield Unverified(f"{name}.{value}", f"{value} = {getattr(table, value)}")


def _unverified_forms(forms: Sequence[BuiltForm]) -> Iterator[Unverified]:
    for built in forms:
        if built.unverified:
            yield Unverified(f"forms.{built.form.id}", built.form.title)
        for section in built.form.sections:
            for question in (question for block in section.blocks for question in questions_of(block)):
                if question.unverified:
                    yield Unverified(f"forms.{built.form.id}.{question.id}", question.title)
