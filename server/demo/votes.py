"""What the demo company votes on today and its official topics, in both languages: one vote openly, one without names."""

from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import NamedTuple

from feed import publishing
from feed.inputs import AudienceInput, NewPost
from feed.poll.inputs import PollInput
from feed.poll.voting import Vote, vote_many
from feed.topic import officials
from server.demo.company import Cast, actor
from server.people.founding import make_departments
from server.work.company import Company
from server.work.work import Work


class VotedOn(NamedTuple):
    """`to`: departments by their Chinese paths (none: everyone). `hours` until it closes (0: never). `chosen`: who chose which places."""

    author: str
    to: tuple[str, ...]
    several: bool
    anonymous: bool
    hours: int
    chosen: dict[str, Sequence[int]]
    zh: tuple[str, ...]
    en: tuple[str, ...]


# The text, then the options.
VOTED_ON = [
    VotedOn(
        "1025",
        (),
        False,
        True,
        96,
        {"1003": [1], "1005": [1], "1006": [0], "1008": [1], "1009": [2], "1013": [1], "1017": [0]},
        (
            "#[团建](topic) 今年去哪里？不记名，周四晚上截止。",
            "莫干山徒步",
            "千岛湖两天",
            "留在城里，聚餐加电影",
        ),
        (
            "Where do we go for this year's #[outing](topic)? No names; open until Thursday evening.",
            "Walking in the hills",
            "Two days at the lake",
            "Staying in town: dinner and a film",
        ),
    ),
    VotedOn(
        "1004",
        ("华东/销售一部",),
        True,
        False,
        0,
        {"1004": [0, 1], "1005": [0], "1006": [1, 2], "1007": [1]},
        ("#[客户复盘](topic) 下周的会，哪几个时间你方便？都选上。", "周二上午", "周三下午", "周五上午"),
        (
            "Next week's #[customer review](topic): which times suit you? Choose all of them.",
            "Tuesday morning",
            "Wednesday afternoon",
            "Friday morning",
        ),
    ),
]


OFFICIAL = [
    ("客户复盘", "customer review"),
    ("团建", "outing"),
    ("质量月", "quality month"),
    ("新员工", "newcomers"),
]


def live_through_votes(company: Company, cast: Cast) -> None:
    for names in OFFICIAL:
        company.write_now(partial(_offer, cast=cast, names=names))
    for one in VOTED_ON:
        post = company.write_now(partial(_ask, cast=cast, one=one))
        company.write_now(partial(_vote, cast=cast, one=one, post=post))


def _offer(work: Work, cast: Cast, names: tuple[str, str]) -> None:
    officials.make(work, actor(work, cast.ids["1002"]), cast.script.says(*names))


def _ask(work: Work, cast: Cast, one: VotedOn) -> int:
    text, *options = one.en if cast.script.language == "en" else one.zh
    departments = make_departments(work, [cast.script.path(path) for path in one.to])
    to = AudienceInput(not one.to, [departments[cast.script.path(path)] for path in one.to])
    closes = work.now + timedelta(hours=one.hours) if one.hours else None
    poll = PollInput(options, one.several, one.anonymous, closes)
    new = NewPost("share", text, to, poll=poll)
    return publishing.publish(work, actor(work, cast.ids[one.author]), new).id


def _vote(work: Work, cast: Cast, one: VotedOn, post: int) -> None:
    vote_many(work, [Vote(cast.ids[who], post, 1, tuple(chosen)) for who, chosen in one.chosen.items()])
