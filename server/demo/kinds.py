"""What is announced, instructed and set as a task in the demo company today, in both languages."""

from datetime import timedelta
from functools import partial
from typing import Any, NamedTuple

from feed import publishing
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from feed.instruction import instructions
from feed.task import tasks
from server.demo.company import Cast, actor
from server.demo.logs import hand_in_logs
from server.people.founding import make_departments
from server.work.company import Company
from server.work.work import Work


class Announced(NamedTuple):
    """`to` and `asked`: departments by their Chinese paths (none: everyone, nobody). Days from now: takes effect, expires (0: none)."""

    author: str
    to: tuple[str, ...]
    asked: tuple[str, ...]
    pinned: bool
    effective: float
    expires: float
    zh: tuple[str, str]
    en: tuple[str, str]


ANNOUNCED = [
    Announced(
        "1002",
        (),
        (),
        False,
        0,
        40,
        (
            "门禁卡换新安排",
            "旧门禁卡本月底停用。\n\n1. 到前台找 {1025} 换卡，带上旧卡\n2. 外地办事处由各自行政统一寄回\n3. 换卡时核对一下手机号",
        ),
        (
            "New door cards",
            "The old door cards stop working at the end of the month.\n\n1. Bring yours to {1025} at the front desk\n"
            "2. Other offices send theirs together\n3. Check your phone number when you change it",
        ),
    ),
    Announced(
        "1001",
        (),
        ("华东/销售一部", "华东/销售二部"),
        True,
        5,
        35,
        (
            "差旅住宿标准调整",
            "下个月起执行新标准：\n\n- 一线城市每晚不超过 **480 元**\n- 其他城市每晚不超过 **360 元**\n- 超出部分事先由部门负责人同意\n\n"
            "之前已经订好的不受影响。发票抬头不变，有疑问找 {1017}。",
        ),
        (
            "Hotel allowance changes",
            "From next month:\n\n- at most **120 a night** in the largest cities\n- at most **90 a night** elsewhere\n"
            "- anything above is agreed with the head of department first\n\nWhat is booked already stays. Questions go to {1017}.",
        ),
    ),
]


class Told(NamedTuple):
    """`hours` until it is due. `received`, `done`: who has answered so far."""

    author: str
    people: tuple[str, ...]
    hours: int
    received: tuple[str, ...]
    done: tuple[str, ...]
    zh: str
    en: str


TOLD = [
    Told(
        "1004",
        ("1005", "1006", "1007"),
        26,
        ("1006",),
        (),
        "明天下班前把名下客户的续约日期补全，缺联系人的一并补上。补完按「完成」。",
        "By tomorrow evening fill in the renewal date of each of your customers, and the contact where it is missing. Then press Done.",
    ),
    Told(
        "1001",
        ("1002", "1003", "1017"),
        6,
        ("1003",),
        ("1017",),
        "把三季度的数字各自核对一遍，今天下班前给我一个准数。",
        "Each of you check the figures of the third quarter and give me a firm number before the end of today.",
    ),
    Told(
        "1002",
        ("1025", "1026"),
        50,
        ("1025", "1026"),
        ("1026",),
        "周五断电前关掉会议室的投影和饮水机，拍照留底。",
        "Before the power cut on Friday switch off the projectors and water heaters in the meeting rooms, and take a picture.",
    ),
]


class Set(NamedTuple):
    """A task: who is to do it, hours until it is due, how many lines of its list are ticked off."""

    author: str
    people: tuple[str, ...]
    hours: int
    ticked: int
    zh: tuple[str, ...]
    en: tuple[str, ...]


# The text, then the lines of the list.
SET = [
    Set(
        "1004",
        ("1005", "1006"),
        74,
        1,
        (
            "整理蓝湖二期的报价和实施计划，周四例会要用。",
            "向采购确认付款方式",
            "按新口径出报价",
            "把实施天数写进合同草稿",
        ),
        (
            "Prepare the quote and the plan for Bluelake's phase two, needed at Thursday's meeting.",
            "Confirm with the buyer how they pay",
            "Quote by the new rule",
            "Put the consulting days into the draft contract",
        ),
    ),
    Set(
        "1003",
        ("1004", "1008"),
        30,
        0,
        ("各团队报一份四季度走访名单，按客户到期日排序。", "列出十二月前到期的客户", "定好每周走访数量"),
        (
            "Each team hands in its list of visits for the fourth quarter, by the date contracts end.",
            "List the customers whose contracts end before December",
            "Say how many visits a week",
        ),
    ),
]


def live_through_kinds(company: Company, cast: Cast) -> None:
    hand_in_logs(company, cast)
    for one in ANNOUNCED:
        company.write_now(partial(_announce, cast=cast, one=one))
    for told in TOLD:
        company.write_now(partial(_tell, cast=cast, told=told))
    for one_set in SET:
        post = company.write_now(partial(_set, cast=cast, one=one_set))
        for number in range(1, one_set.ticked + 1):
            company.write_now(partial(_tick, cast=cast, by=one_set.people[0], post=post, number=number))


def _set(work: Work, cast: Cast, one: Set) -> int:
    text, *items = one.en if cast.script.language == "en" else one.zh
    people = [cast.ids[number] for number in one.people]
    details = {
        "people": people,
        "due_at": (work.now + timedelta(hours=one.hours)).isoformat(),
        "items": items,
    }
    new = NewPost("task", text, AudienceInput(people=people), details=details)
    return publishing.publish(work, actor(work, cast.ids[one.author]), new).id


def _tick(work: Work, cast: Cast, by: str, post: int, number: int) -> None:
    tasks.tick(work, actor(work, cast.ids[by]), post, number, True)


def _tell(work: Work, cast: Cast, told: Told) -> None:
    due = {"due_at": (work.now + timedelta(hours=told.hours)).isoformat()}
    people = AudienceInput(people=[cast.ids[one] for one in told.people])
    new = NewPost("instruction", cast.script.says(told.zh, told.en), people, details=due)
    post = publishing.publish(work, actor(work, cast.ids[told.author]), new).id
    for state, answered in (("received", told.received), ("done", told.done)):
        for one in answered:
            instructions.reply(work, actor(work, cast.ids[one]), post, state)


def _announce(work: Work, cast: Cast, one: Announced) -> None:
    title, text = cast.script.says(one.zh[0], one.en[0]), cast.script.says(one.zh[1], one.en[1])
    departments = make_departments(work, [cast.script.path(path) for path in (*one.to, *one.asked)])
    asked = [departments[cast.script.path(path)] for path in one.asked]
    details: dict[str, Any] = {"pinned": one.pinned}
    for name, days in (("effective_at", one.effective), ("expires_at", one.expires)):
        if days:
            details[name] = (work.now + timedelta(days=days)).isoformat()
    new = NewPost(
        "announcement",
        cast.written(text),
        AudienceInput(not one.to, [departments[cast.script.path(path)] for path in one.to]),
        receipts=ReceiptsInput(departments=asked, due_at=work.now + timedelta(days=2)) if asked else None,
        title=title,
        details=details,
    )
    publishing.publish(work, actor(work, cast.ids[one.author]), new)
