"""Looking at what is there, in the company of `archive`: pages of history, the list of conversations, cards in a batch."""

import random
from collections.abc import Callable, Sequence

from tests.load.archive import CONVERSATIONS, MINE, POSTS, Archive
from tests.load.asking import Request, asked
from tests.load.report import Section
from tests.load.world import World

REQUESTS = 100  # in a window
PAGE, LONGEST = 50, 100


def history(world: World) -> Section:
    """Pages of messages in any of one person's conversations and in the largest one, one request at a time."""
    archive, dice = world.archive(), world.dice
    title = f"pages of {PAGE}, {world.plan.history:,} messages in {CONVERSATIONS:,} conversations, {{}} in the largest"
    section = Section(
        "history",
        title.format(f"{archive.counts[archive.mine[0]]:,}"),
        world.kind,
        "issue C: a page anywhere in 10,000,000 ≤ 15 ms",
    )
    section.remarks.append(archive.seeded)
    largest = archive.mine[:1]
    subjects: dict[str, Callable[[], list[Request]]] = {
        "tenfour, anywhere": lambda: _pages(archive, dice, archive.mine),
        "tenfour, anywhere in the largest": lambda: _pages(archive, dice, largest),
        "tenfour, the newest": lambda: [_page(dice.choice(archive.mine), "") for _ in range(REQUESTS)],
        "tenfour, the oldest of the largest": lambda: [_page(largest[0], "&after=0")] * REQUESTS,
    }
    for _ in range(world.plan.windows):
        for name, requests in subjects.items():
            section.add(name, asked(archive.product, archive.company, archive.person, requests()))
    return section


def _pages(archive: Archive, dice: random.Random, among: Sequence[int]) -> list[Request]:
    chosen = [dice.choice(among) for _ in range(REQUESTS)]
    return [_page(one, f"&before={dice.randint(2, archive.counts[one] + 1)}") for one in chosen]


def _page(conversation: int, where: str) -> Request:
    return Request(f"/api/conversations/{conversation}/messages?limit={PAGE}{where}", items=1)


def conversations(world: World) -> Section:
    """The list of somebody who is in very many: its first page, any page, and all of them one after the other."""
    archive, dice = world.archive(), world.dice
    title = f"somebody in {MINE:,} of {CONVERSATIONS:,} conversations, {world.plan.history:,} messages"
    section = Section("conversations", title, world.kind, "issue C: the list of 2,000 ≤ 30 ms")
    starts = _cursors(archive)
    for _ in range(world.plan.windows):
        for name, paths in {
            f"tenfour, first {PAGE}": ["limit=50"] * 20,
            f"tenfour, first {LONGEST}": ["limit=100"] * 20,
            f"tenfour, any {LONGEST}": [f"limit={LONGEST}&cursor={dice.choice(starts)}" for _ in range(20)],
        }.items():
            requests = [Request(f"/api/conversations?{path}", items=PAGE) for path in paths]
            section.add(name, asked(archive.product, archive.company, archive.person, requests))
        first = [Request("/api/bootstrap")] * 20
        section.add("tenfour, bootstrap", asked(archive.product, archive.company, archive.person, first))
    return section


def _cursors(archive: Archive) -> list[str]:
    """Where each page but the first begins."""
    http = archive.product.http(archive.company, archive.person)
    found: list[str] = []
    following = ""
    while True:
        page = http.ask("GET", f"/api/conversations?limit={LONGEST}&cursor={following}")
        following = str(page["next"] or "")
        if not following:
            http.close()
            return found
        found.append(following)


def cards(world: World) -> Section:
    """Batches of 50: a fifth of each kind, of things anywhere, of which many are not the viewer's to see; and of one kind alone."""
    archive, dice = world.archive(), world.dice
    title = f"50 in a batch, {world.plan.history:,} messages, {POSTS:,} posts, {len(archive.company.people):,} people"
    section = Section("cards", title, world.kind, "issue C: 50 in a batch ≤ 30 ms")
    ids = {
        "person": archive.company.people,
        "conversation": range(archive.mine[0], archive.mine[0] + CONVERSATIONS),
        "message": range(1, world.plan.history + 1),
        "post": range(1, POSTS + 1),
        "comment": range(1, 1_000),
    }
    seen = {**ids, "conversation": archive.mine}
    mixtures = {"tenfour, mixed": list(ids), **{f"tenfour, {kind}s": [kind] for kind in list(ids)[:4]}}
    for _ in range(world.plan.windows):
        for name, kinds in mixtures.items():
            requests = [_batch(dice, seen, kinds) for _ in range(40)]
            section.add(name, asked(archive.product, archive.company, archive.person, requests))
    return section


def _batch(dice: random.Random, ids: dict[str, Sequence[int]], kinds: list[str]) -> Request:
    refs = [
        {"kind": kinds[at % len(kinds)], "id": dice.choice(ids[kinds[at % len(kinds)]])} for at in range(50)
    ]
    return Request("/api/cards", {"refs": refs}, items=50)
