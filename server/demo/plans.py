"""What stands in the calendars of the demo company, in both languages."""

from datetime import datetime, time, timedelta
from functools import partial
from typing import Any, Literal, NamedTuple

from feed import publishing
from feed.inputs import AudienceInput, NewPost
from feed.schedule import answering
from feed.schedule.inputs import InvitationAnswer
from server.demo.company import Cast, actor
from server.work.company import Company
from server.work.work import Work

Answer = Literal["accepted", "tentative", "declined"]


class Planned(NamedTuple):
    """In how many days, from when until when (none: the whole day); who is invited and what they answered; how it repeats."""

    author: str
    days: int
    hours: tuple[time, time] | None
    people: tuple[str, ...]
    answers: tuple[tuple[str, Answer], ...]
    repeat: dict[str, Any] | None
    zh: tuple[str, str]
    en: tuple[str, str]


# The text and the place.
PLANNED = [
    Planned(
        "1003",
        1,
        (time(9, 30), time(10, 15)),
        ("1004", "1008"),
        (("1004", "accepted"), ("1008", "tentative")),
        {"every": "week"},
        ("销售周会\n每个团队三分钟：本周签了什么，下周要谁帮忙。", "三楼会议室"),
        (
            "Weekly sales meeting\nThree minutes for each team: what was signed, whose help is needed.",
            "Room 3",
        ),
    ),
    Planned(
        "1005",
        2,
        (time(14), time(15, 30)),
        (),
        (),
        None,
        ("拜访蓝湖，谈二期付款方式", "蓝湖科技园 A 座 1203"),
        ("Visit to Bluelake about paying for phase two", "Bluelake Park, building A, 1203"),
    ),
    Planned(
        "1004",
        6,
        None,
        ("1005", "1006"),
        (("1006", "accepted"),),
        None,
        ("新产品培训", "总部培训室"),
        ("Training on the new product", "Training room, head office"),
    ),
]


def live_through_plans(company: Company, cast: Cast) -> None:
    for one in PLANNED:
        post = company.write_now(partial(_plan, cast=cast, one=one))
        for number, said in one.answers:
            company.write_now(partial(_answer, cast=cast, post=post, by=number, said=said))


def _plan(work: Work, cast: Cast, one: Planned) -> int:
    day = (work.now.astimezone(work.company.zone) + timedelta(days=one.days)).date()
    text, place = cast.script.says(one.zh[0], one.en[0]), cast.script.says(one.zh[1], one.en[1])
    people = [cast.ids[number] for number in one.people]
    when: dict[str, Any] = {"first_day": str(day), "last_day": str(day)}
    if one.hours is not None:
        begins, ends = (datetime.combine(day, at, work.company.zone).isoformat() for at in one.hours)
        when = {"begins_at": begins, "ends_at": ends}
    details = {**when, "place": place, "people": people, "repeat": one.repeat}
    new = NewPost("schedule", text, AudienceInput(people=people), details=details)
    return publishing.publish(work, actor(work, cast.ids[one.author]), new).id


def _answer(work: Work, cast: Cast, post: int, by: str, said: Answer) -> None:
    answering.answer(work, actor(work, cast.ids[by]), post, InvitationAnswer(said, 0))
