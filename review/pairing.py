"""Which measure mends which shortcoming: by the words that name it, else by its place."""

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process

from review.likeness import folded

LIKE_ENOUGH = 60
"""From how many percent on a measure's words name a shortcoming."""


def paired(named: Iterable[str], shortcomings: Sequence[str]) -> tuple[int | None, ...]:
    """For each measure the index of the shortcoming it mends, None where none is left.

    `named`: which shortcoming a measure mends, in the writer's words. Those that name none go in their order to the
    shortcomings that no measure names.
    """
    known = [folded(text) for text in shortcomings]
    found = [_named(folded(words), known) for words in named]
    free = iter([nth for nth in range(len(known)) if nth not in found])
    return tuple(next(free, None) if nth is None else nth for nth in found)


def _named(said: str, known: Sequence[str]) -> int | None:
    found = process.extractOne(said, known, scorer=fuzz.token_set_ratio, score_cutoff=LIKE_ENOUGH) if said else None
    return found[2] if found else None
