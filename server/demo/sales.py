"""The demo company's sales records of the last weeks: what sellers did with their own customers, told to their department."""

import random
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from crm_objects.engine.followups import Sort
from crm_objects.sales_record.inputs import SalesRecordInput
from crm_objects.templates.base import CUSTOMER
from feed import publishing
from feed.inputs import AudienceInput, NewPost
from server.cards.inputs import RefInput
from server.demo.company import Cast, actor
from server.work.work import Work

A_DAY = 2


@dataclass(frozen=True)
class Done:
    """What was done, in both languages."""

    sort: Sort
    zh: str
    en: str


DONE = [
    Done(
        "visit",
        "上午拜访，见到采购和信息部两位负责人。痛点是各地分公司各用各的表格，汇总一次要三天。下周三之前给一版方案，带实施计划。",
        "Visited this morning, met purchasing and IT. Every branch keeps its own sheets; adding them up takes three days."
        " A proposal with a rollout plan by next Wednesday.",
    ),
    Done(
        "call",
        "电话聊了二十分钟预算：今年还剩一笔，超过二十万要走招标。先按十八万报，服务分两期。",
        "Twenty minutes on the phone about the budget: some is left this year, above 200,000 it goes to tender. Quoting 180,000, service in two parts.",
    ),
    Done(
        "training",
        "给客户二十二位同事做了上门培训，分两场。手机录入讲得最细，现场每人都录了一条。还要补一份常见问题。",
        "Trained twenty-two of their people on site in two sessions, mostly entering on the phone; everybody made one entry. A list of common questions is to follow.",
    ),
    Done(
        "installation",
        "今天完成现场安装调试，跑通了三条产线，客户王工签字确认。遗留一个扫码枪驱动问题，周五前解决。",
        "Installed and set up on site today; three lines run, their engineer signed. One scanner driver is left, to be solved by Friday.",
    ),
    Done(
        "online",
        "线上演示一小时，销售总监全程在。最关心移动端和权限，问了能不能按大区看。答应给一个试用账号。",
        "An hour's demonstration online, the sales director stayed throughout. Mobile and rights matter most to them. Promised a trial account.",
    ),
    Done(
        "visit",
        "陪客户验收，现场提了三个小问题，都不影响上线，本周改完。顺便聊到二期，对方希望年底前签。",
        "Acceptance together with the customer; three small findings, none in the way, fixed this week. They would like to sign the second part before the year ends.",
    ),
    Done(
        "call",
        "对方换了负责人，新来的陈经理约了周四下午重新介绍。前任的承诺要一条条核对，先把合同和会议纪要整理出来。",
        "They have a new person in charge, who wants an introduction on Thursday afternoon. Contract and minutes have to be gone through first.",
    ),
    Done(
        "visit",
        "回访老客户，用得不错，上个月活跃八成。他们隔壁园区有两家想了解，已经要到联系方式。",
        "Visited an old customer: going well, four in five active last month. Two companies next door are interested; I have their contacts.",
    ),
    Done(
        "other",
        "样品和报价单今天寄出，顺丰，预计后天到。对方要内部评审，大概一周。",
        "Samples and quotation went out today, there the day after tomorrow. Their own review takes about a week.",
    ),
    Done(
        "online",
        "视频会议过了一遍接口清单，他们的系统比较老，只能每天夜里同步。技术上可行，工期加五天。",
        "Went through the interfaces on a video call. Their system is old and can only synchronise at night. Feasible, five more days.",
    ),
]


def record_one(work: Work, cast: Cast, number: int) -> None:
    """Somebody's customer of whom nothing newer is known. Nothing where there is none."""
    dice = random.Random(number)  # noqa: S311 - a story, not a secret
    t = CUSTOMER.table
    quiet = select(t.c.id, t.c.owner_id, t.c.department_id).where(
        t.c.updated_at < work.now, t.c.owner_id.is_not(None)
    )
    rows = work.conn.execute(quiet.order_by(t.c.id)).all()
    if not rows:
        return
    row, done = dice.choice(rows), DONE[number % len(DONE)]
    details = SalesRecordInput(RefInput(CUSTOMER.kind, row.id), done.sort)
    text = done.en if cast.script.language == "en" else done.zh
    new = NewPost(
        "sales_record",
        text,
        AudienceInput(departments=[row.department_id]),
        details=msgspec.to_builtins(details),
    )
    publishing.publish(work, actor(work, row.owner_id), new)
