"""The templates that a new company begins with, in its language: a day's, a week's, a month's."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from feed.log.models import LogTemplate
from feed.log.periods import Rhythm
from feed.log.present import TemplateField
from feed.log.templates import stored
from server.events.envelope import Event
from server.kit.clock import real_now
from server.people.founding import has_people
from server.work.company import CompanyRow, profile_of
from server.work.work import Work

# code, rhythm, working days until it is late, its name, its fields: title, hint, whether it must be filled in.
Field = tuple[str, str, bool]
Seed = tuple[str, Rhythm, int, str, list[Field]]

CHINESE: list[Seed] = [
    ("daily", "day", 0, "工作日报", [
        ("今日完成", "做了哪些事，结果怎样", True),
        ("遇到的问题", "卡在哪里，需要谁帮忙", False),
        ("明日计划", "明天先做哪几件", True),
    ]),
    ("weekly", "week", 1, "工作周报", [
        ("本周完成", "和计划比，完成了哪些", True),
        ("没有完成的", "原因是什么，什么时候补上", False),
        ("下周计划", "最要紧的三件事", True),
        ("需要的支持", "要谁在什么时候做什么", False),
    ]),
    ("monthly", "month", 3, "工作月报", [
        ("本月成果", "用数字说话", True),
        ("不足和改进", "哪里没做好，打算怎么改", True),
        ("下月目标", "做到什么程度算完成", True),
        ("建议", "对团队和公司的想法", False),
    ]),
]  # fmt: skip
ENGLISH: list[Seed] = [
    ("daily", "day", 0, "Daily log", [
        ("Done today", "What you did and how it went", True),
        ("Problems", "Where you are stuck, who could help", False),
        ("Plan for tomorrow", "What comes first", True),
    ]),
    ("weekly", "week", 1, "Weekly log", [
        ("Done this week", "Compared with what was planned", True),
        ("Not done", "Why, and when it will be", False),
        ("Plan for next week", "The three things that matter most", True),
        ("Support needed", "Who should do what by when", False),
    ]),
    ("monthly", "month", 3, "Monthly log", [
        ("Results this month", "In numbers where you can", True),
        ("What to improve", "What went badly and what you will change", True),
        ("Goals for next month", "When each counts as reached", True),
        ("Suggestions", "For the team or the company", False),
    ]),
]  # fmt: skip


def plant(conn: Connection) -> None:
    """At a start, where people are and no template ever was."""
    if has_people(conn):
        _sow(conn, real_now())


def with_the_company(work: Work, event: Event) -> None:
    """As soon as the company has its name and language."""
    _sow(work.conn, work.now)


def _sow(conn: Connection, now: datetime) -> None:
    # Two processes that start at one moment: the second waits here, and finds what the first has sown.
    conn.execute(select(CompanyRow.id).with_for_update()).all()
    if conn.execute(select(LogTemplate.id).limit(1)).first() is not None:
        return
    seeds = ENGLISH if profile_of(conn).language == "en" else CHINESE
    for code, rhythm, due_days, name, fields in seeds:
        asked = [
            TemplateField(key, title, "text", required, [], "", hint)
            for key, (title, hint, required) in enumerate(fields, 1)
        ]
        conn.execute(
            insert(LogTemplate).values(
                code=code,
                rhythm=rhythm,
                name=name,
                due_days=due_days,
                fields=stored(asked),
                last_key=len(asked),
                is_active=True,
                version=1,
                changed_at=now,
            )
        )
