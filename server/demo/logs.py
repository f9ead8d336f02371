"""The work logs of the demo company: what the sales team handed in yesterday and last week, what its manager thinks of it, who is missing."""

from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import select

from feed import publishing
from feed.inputs import AudienceInput, NewPost
from feed.log import scoring, seeds
from feed.log.models import LogTemplate
from server.demo.company import Cast, actor
from server.work.company import Company
from server.work.work import Work


class HandedIn(NamedTuple):
    """`days` ago the period was; `score` from the manager (0: none yet). What stands in the fields of the template, in their order."""

    author: str
    code: str
    days: int
    score: int
    zh: tuple[str, ...]
    en: tuple[str, ...]


HANDED_IN = [
    HandedIn(
        "1005",
        "weekly",
        7,
        5,
        (
            "拜访 6 家客户，蓝湖二期口头同意续约，合同草稿已发。",
            "青松的到期提醒晚了两天，下周一补上门拜访。",
            "1. 蓝湖合同盖章\n2. 青松上门\n3. 整理四季度到期名单",
            "蓝湖要求预付改分期，请 {1017} 下周二前给个口径。",
        ),
        (
            "Visited 6 customers. Bluelake agreed to renew; the draft contract is with them.",
            "Greenpine's renewal reminder went out two days late. I will visit them on Monday.",
            "1. Bluelake's signature\n2. Visit Greenpine\n3. List what ends in the fourth quarter",
            "Bluelake wants to pay in parts. {1017}, please say by Tuesday what we can offer.",
        ),
    ),
    HandedIn(
        "1006",
        "daily",
        1,
        4,
        ("完成两份报价，回访三家老客户。", "", "跟进报价反馈，约周四演示。"),
        (
            "Two quotes out, three existing customers called.",
            "",
            "Hear about the quotes, fix Thursday's demo.",
        ),
    ),
    HandedIn(
        "1005",
        "daily",
        1,
        0,
        (
            "蓝湖合同走完内部审核。\n下午陪客户看了样板间。",
            "样板间的灯坏了一半，已报修。",
            "送合同；准备周会数据。",
        ),
        (
            "Bluelake's contract has passed our own review.\nShowed a customer round in the afternoon.",
            "Half of the lights in the showroom are broken; reported.",
            "Deliver the contract; figures for the weekly meeting.",
        ),
    ),
]


def hand_in_logs(company: Company, cast: Cast) -> None:
    def turn(work: Work) -> None:
        seeds.plant(work.conn)
        templates = {row.code: row.id for row in work.conn.execute(select(LogTemplate.code, LogTemplate.id))}
        for one in HANDED_IN:
            _hand_in(work, cast, one, templates[one.code])

    company.write_now(turn)


def _hand_in(work: Work, cast: Cast, one: HandedIn, template: int) -> None:
    said = one.en if cast.script.language == "en" else one.zh
    details = {
        "template": template,
        "period": str(work.company.today() - timedelta(days=one.days)),
        "values": {str(key): cast.written(text) for key, text in enumerate(said, 1) if text},
    }
    new = NewPost("log", "", AudienceInput(), details=details)
    post = publishing.publish(work, actor(work, cast.ids[one.author]), new)
    for recipient in (post.details or {}).get("recipients", []):
        if one.score:
            scoring.give(work, actor(work, recipient), post.id, one.score)
