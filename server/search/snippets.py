"""A line of the text around the first hit, with the places of all hits in it."""

import re

import msgspec

from server.search.terms import fold, spellings

BEFORE = 24
LENGTH = 120


class Mark(msgspec.Struct, frozen=True):
    """Characters `start` to `end`, the last one not included."""

    start: int
    end: int


class Snippet(msgspec.Struct, frozen=True):
    """`marks` are places in `text`; `…` stands where something was left out."""

    text: str
    marks: list[Mark]


def snippet(text: str, q: str) -> Snippet:
    """Line breaks become spaces. Without a hit in the text (a name was sought, say) the beginning."""
    line = re.sub(r"\s+", " ", text).strip()
    folded = fold(line)
    words = sorted(spellings(q), key=len, reverse=True)
    if len(folded) != len(line) or not words:
        # Folding changed the length (ligatures): places would be wrong, so nothing is marked.
        return Snippet(line[:LENGTH] + ("…" if len(line) > LENGTH else ""), [])
    hits = [match.span() for match in re.finditer("|".join(map(re.escape, words)), folded)]
    start = max(0, hits[0][0] - BEFORE) if hits else 0
    end = min(len(line), start + LENGTH)
    head, tail = "…" if start else "", "…" if end < len(line) else ""
    moved = len(head) - start
    marks = [Mark(a + moved, b + moved) for a, b in hits if a >= start and b <= end]
    return Snippet(head + line[start:end] + tail, marks)
