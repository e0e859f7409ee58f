"""What the browsers of cheap phones (Chrome and WebView 64, of 2018) would not understand stays out of our files."""

import re

import pytest

from handlers.web.pages import HERE

STATIC = HERE / "static"
SKIPPED = re.compile(
    r"//[^\n]*|/\*.*?\*/"  # comments
    r"|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|`(?:\\.|[^`\\])*`"  # strings
    r"|(?<=[(=,:&|] )/(?:\\.|[^/\n\\])+/|(?<=\()/(?:\\.|[^/\n\\])+/",  # patterns
    re.DOTALL,
)
NEWER_SYNTAX = {
    "optional chaining": r"\?\.(?!\d)",
    "nullish": r"\?\?",
    "logical assignment": r"(\|\||&&)=",
    "private field": r"[.{;\s]#\w",
    "catch without a name": r"catch\s*\{",
    "spread into an object": r"[{]\s*\.\.\.|,\s*\.\.\.[^\])]*\}",
    "async loop": r"for\s+await",
    "number": r"\b\d+n\b|\d_\d",
    "class field": r"\bstatic\s+\w+\s*=",
    "module": r"^\s*(import|export)\b|\bimport\(",
}
NEWER_METHODS = (
    r"\.(flat|flatMap|at|replaceAll|matchAll|finally|trimStart|trimEnd|replaceChildren|toggleAttribute|allSettled|any"
    r"|fromEntries|randomUUID|findLast|hasOwn|toSorted|requestSubmit)\("
    r"|\b(globalThis|queueMicrotask|structuredClone|BigInt|WeakRef|ResizeObserver|navigator\.locks|reportError)\b"
)
NEWER_STYLE = {
    # what it is: how it is written, and what must stand before it in the same rule
    "max(), min(), clamp()": (r"([\w-]+): [^;]*\b(?:max|min|clamp)\(", r"{0}: (?![^;]*\b(?:max|min|clamp|env)\()"),
    "env()": (r"([\w-]+): [^;]*\benv\(", r"{0}: (?![^;]*\b(?:max|min|clamp|env)\()"),
    "small and dynamic heights": (r"([\w-]+): [^;]*\d[sdl]v[hw]\b", r"{0}: [^;]*v[hw]"),
    "inset": (r"\b(inset)(?:-\w+)*: ", r"(top|left): "),
    "unprefixed mask": (r" (mask[\w-]*): ", r"-webkit-{0}: "),
    "unprefixed appearance": (r" (appearance): ", r"-webkit-{0}: "),
    "clip-path": (r" (clip-path): ", r"clip: "),
    "aspect-ratio": (r"\b(aspect-ratio): ", r"height: "),
    "gap between flexible boxes": (r"(?<!grid-)\b(gap): (?!.*grid)", r"$never"),
}
NEVER_IN_STYLE = (
    r"rgba?\([^),]*/|rgb\(\d+ \d+|color-mix|oklch|\) 0 0\)"  # colours
    r"|@layer|@container|@property|&\s*[{:.>]|:is\(|:where\("
    r"|(border|margin|padding)-(block|inline)|overflow-wrap: anywhere"
)
ADDED = ":has("  # only in rules without which all can be read and used


@pytest.mark.parametrize("name", ["kept.js", "chat.js", "worker.js"])
def test_scripts_speak_the_language_of_old_browsers(name: str) -> None:
    code = SKIPPED.sub("''", (STATIC / name).read_text(encoding="utf-8"))
    found = {what: re.findall(pattern, code, re.MULTILINE) for what, pattern in NEWER_SYNTAX.items()}
    assert {what: where for what, where in found.items() if where} == {}
    assert re.findall(NEWER_METHODS, code) == []


def rules() -> list[tuple[str, str]]:
    css = re.sub(r"/\*.*?\*/", "", (STATIC / "chat.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.findall(r"([^{}]+)\{([^{}]*)\}", css)


def test_styles_have_something_older_before_what_is_newer() -> None:
    for selector, body in rules():
        if ADDED in selector:
            continue
        for what, (newer, older) in NEWER_STYLE.items():
            for found in re.finditer(newer, body):
                before = older.format(found[1])
                assert re.search(before, body[: found.start()] + " "), f"{what} without an older way in {selector}"
        assert not re.search(NEVER_IN_STYLE, body), selector


def test_no_rule_is_lost_with_a_newer_selector() -> None:
    """An old browser drops a whole rule for one selector it does not know."""
    for selector, _ in rules():
        parts = [part.strip() for part in selector.split(",")]
        newer = [part for part in parts if re.search(r":has\(|:is\(|:where\(|:focus-visible|::marker", part)]
        assert not newer or newer == parts, selector


def test_the_checks_see_what_they_are_for() -> None:
    for code in ("a?.b", "a ?? b", "a ||= b", "try {} catch {}", "({ ...a })", "f({ a, ...b })", "1_000"):
        assert any(re.search(pattern, code, re.MULTILINE) for pattern in NEWER_SYNTAX.values()), code
    assert re.search(NEWER_METHODS, "list.at(-1)")
    assert not any(re.search(pattern, "[...a, ...b]; f(...a); a ? .5 : 1") for pattern in NEWER_SYNTAX.values())
