"""To whom a post is addressed, as readers see it."""

from collections.abc import Iterable

import msgspec


class AudienceView(msgspec.Struct, frozen=True):
    everyone: bool
    departments: list[int]
    people: list[int]


def audience_view(subjects: Iterable[str]) -> AudienceView:
    """From the rows of `post_audience`, without the author's own."""
    named: dict[str, list[int]] = {"department": [], "person": [], "author": []}
    everyone = False
    for subject in subjects:
        kind, _, number = subject.partition(":")
        if number:
            named[kind].append(int(number))
        else:
            everyone = True
    return AudienceView(everyone, sorted(named["department"]), sorted(named["person"]))
