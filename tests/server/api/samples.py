"""One good request for every route and one good frame for every command: what the attacks are grown from."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from server.background.reactions import catch_up
from tests.house import Client, House
from tests.server.api.people import ADMINISTRATOR, MANAGER, department_id, enter, person_id
from tests.server.files.sending import picture as small_picture
from tests.server.files.sending import upload as upload_file

_numbers = itertools.count(1)


@dataclass
class Things:
    """Rows that the attacked person may act on, so that nothing is refused for the wrong reason."""

    me: Client
    colleague: int
    stranger: int
    department: int
    my_post: int
    asked_post: int
    group: int
    direct: int
    role: int
    reminder: int = 0
    upload: int = 1
    import_id: int = 1
    invitation: str = "no-such-token"
    join_request: int = 1
    leaver: int = 24
    absence: int = 1
    delegation: int = 1
    comment: int = 1
    announcement: int = 1
    instruction: int = 1
    task: int = 1
    bare_post: int = 1
    schedule: int = 1
    my_schedule: int = 1
    feed: str = "no-such-feed"
    poll: int = 1
    topic: int = 1
    prepared_table: int = 1
    sticker: int = 1
    sticker_file: int = 1
    table_post: int = 1
    table_row: int = 1
    my_log: int = 1
    log_to_me: int = 1
    log_template: int = 1
    customer: int = 1
    voided_customer: int = 1
    contact: int = 1
    hidden_customer: int = 1
    twins: tuple[int, int] = (1, 2)
    merged: tuple[int, int] = (1, 2)
    access_request: int = 1
    record_view: int = 1
    record_field: int = 1
    pool: int = 1
    relation: int = 1
    dialled: int = 1
    message: int = 1


TABLE_COLUMNS = [
    {"title": "品名", "type": "text", "required": True, "choices": [], "unit": ""},
    {"title": "金额", "type": "number", "unit": "元"},
    {"title": "级别", "type": "choice", "choices": ["急", "缓"]},
]
LOG_VALUES = {"1": "报价", "3": "合同"}
LOG_FIELDS = [
    {
        "title": "完成",
        "type": "text",
        "key": None,
        "required": True,
        "choices": [],
        "unit": "",
        "hint": "写清楚",
    },
    {"title": "状态", "type": "choice", "choices": ["好", "一般"]},
]
QUESTION = {"type": "choice", "text": "哪天?", "choices": ["周一", "周二"], "several": True}


@dataclass(frozen=True)
class Sample:
    """What fills the path, and a body that would be carried out."""

    path: dict[str, int | str] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)


def tomorrow() -> str:
    return (datetime.now(UTC) + timedelta(days=1)).isoformat()


def in_an_hour() -> dict[str, str]:
    begins = datetime.now(UTC) + timedelta(hours=1)
    return {"begins_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}


def day_from_now(days: int) -> str:
    return str((datetime.now(UTC) + timedelta(days=days)).date())


async def prepare(house: House) -> Things:
    """The administrator: author of a post that asks, asked by another, owner of a group."""
    me, other = await enter(house, ADMINISTRATOR), await enter(house, MANAGER)
    colleague = await person_id(house, "1025")
    department = await department_id(house, "总部/行政部")
    audience = {"departments": [department], "people": [other.id]}
    my_post = await me.post(
        "/api/posts",
        {
            "kind": "share",
            "text": "请确认",
            "audience": audience,
            "receipts": {"people": [colleague]},
            "poll": {"options": ["山", "海"]},
        },
    )
    boss = await enter(house, "1001")
    asked = await boss.post(
        "/api/posts",
        {
            "kind": "share",
            "text": "请确认",
            "audience": audience,
            "receipts": {"people": [me.id], "question": QUESTION},
        },
    )
    group = await me.post(
        "/api/conversations", {"kind": "group", "name": "值班", "people": [other.id, colleague]}
    )
    direct = await me.post("/api/conversations", {"kind": "direct", "people": [other.id]})
    message = {"client_id": f"sample-{next(_numbers)}", "text": "蓝湖要续约"}
    said = await me.post(f"/api/conversations/{group['id']}/messages", message)
    role = await me.post("/api/roles", {"name": f"值班员 {next(_numbers)}"})
    path = f"/api/people/{me.id}/absences"
    entered = (await me.get(path))["items"]  # of an earlier preparation of the same company
    days = {"from_day": day_from_now(10), "to_day": day_from_now(11)}
    absence = entered[0] if entered else await me.post(path, days)
    delegation = await me.post(
        f"/api/people/{me.id}/delegations",
        {"deputy_id": colleague, "kinds": ["todos"], "from_day": day_from_now(1)},
    )
    about = {"kind": "post", "id": my_post["id"]}
    reminder = await me.post("/api/reminders", {"about": about, "at": tomorrow()})
    upload = await me.post("/api/files", {"name": "报价.pdf", "size": 10, "type": "application/pdf"})
    comment = await me.post(f"/api/posts/{my_post['id']}/comments", {"text": "补充一句"})
    told = {"kind": "announcement", "title": "放假", "text": "周五放假", "audience": audience}
    announcement = await me.post("/api/posts", told)
    told = {"kind": "instruction", "text": "请今天报数", "audience": {"people": [me.id]}}
    instruction = await boss.post("/api/posts", told)
    job = {"people": [me.id], "items": ["报价", "合同"]}
    task = await boss.post(
        "/api/posts", {"kind": "task", "text": "续约", "audience": {"people": [me.id]}, "details": job}
    )
    meeting = {"kind": "schedule", "text": "周会", "audience": {"people": [me.id, other.id]}}
    each_day = {**in_an_hour(), "repeat": {"every": "day"}, "reminders": [15], "people": [me.id]}
    schedule = await boss.post("/api/posts", {**meeting, "details": each_day})
    mine = {**in_an_hour(), "repeat": {"every": "day"}, "people": [other.id]}
    my_schedule = await me.post("/api/posts", {**meeting, "details": mine})
    feed = await me.post("/api/me/calendar-feed")
    bare = await me.post("/api/posts", {"kind": "share", "text": "周知", "audience": audience})
    voted = {"kind": "share", "text": "去哪里?", "audience": audience, "poll": {"options": ["山", "海"]}}
    poll = await me.post("/api/posts", voted)
    topic = await me.post("/api/topics", {"name": f"季度目标 {next(_numbers)}"})
    pictures = [
        (await upload_file(me, f"cheers-{at}.png", small_picture("PNG", (64, 64))))["id"] for at in range(2)
    ]
    sticker = await me.post("/api/stickers", {"name": "干杯", "file": pictures[0]})
    prepared = await me.post("/api/tables", {"name": "采购申请", "columns": TABLE_COLUMNS})
    carried = {"table": prepared["id"], "version": 1, "rows": [["打印纸", "12.5", "急"]], "by_readers": True}
    table_post = await me.post(
        "/api/posts", {"kind": "share", "text": "请填", "audience": audience, "table": carried}
    )
    table_row = (await me.get(f"/api/posts/{table_post['id']}/table/rows"))["items"][0]["id"]
    log_template = (await me.get("/api/log-templates"))["items"][0]["id"]
    n = next(_numbers)  # nothing of it is recognised as what another call prepared
    customer = await me.post(
        "/api/records/customer", {"fields": {"name": f"远帆科技 {n}", "phone": f"1380001{n:04}"}}
    )
    voided = await me.post("/api/records/customer", {"fields": {"name": f"已停业的客户 {n}"}})
    await me.put(f"/api/records/customer/{voided['item']['id']}/void", {"reason": "停业"})
    at_customer = {
        "name": "钱多多",
        "customer": customer["item"]["id"],
        "id_number": f"31010119900101{n:04}",
    }
    contact = await me.post("/api/records/contact", {"fields": at_customer})
    colleague_there = await me.post(
        "/api/records/contact", {"fields": {"name": "钱少少", "customer": customer["item"]["id"]}}
    )
    other_end = colleague_there["item"]["id"]
    relation = await me.post(
        f"/api/records/contact/{contact['item']['id']}/relations", {"to": other_end, "sort": "knows"}
    )
    dialled = await me.post(f"/api/records/customer/{customer['item']['id']}/calls", {"field": "phone"})
    same = [
        (await me.post("/api/records/customer", {"fields": {"name": f"同一家 {n} {at}"}}))["item"]["id"]
        for at in range(4)
    ]
    await me.put(
        f"/api/records/customer/{same[2]}/merge", {"other": same[3], "version": 1, "other_version": 1}
    )
    hidden, access_request = await asked_for_access(me, other, customer["item"]["id"])
    kept = await me.post("/api/records/customer/views", {"name": "重点", "filter": [], "columns": ["name"]})
    added = await me.post("/api/record-fields", {"kind": "customer", "type": "text", "words": {"en": "Nick"}})
    pool = await me.post("/api/pools", {"kind": "customer", "name": f"样本公海 {n}"})
    my_log, log_to_me = await handed_in(me, [other.id]), await handed_in(other, [me.id])
    await catch_up(house.company)  # whom they were handed in to is told
    return Things(
        me,
        colleague,
        await person_id(house, "1013"),
        department,
        my_post["id"],
        asked["id"],
        group["id"],
        direct["id"],
        role["id"],
        reminder=reminder["id"],
        leaver=await person_id(house, "1024"),
        absence=absence["id"],
        delegation=delegation["id"],
        upload=upload["id"],
        comment=comment["id"],
        announcement=announcement["id"],
        instruction=instruction["id"],
        task=task["id"],
        bare_post=bare["id"],
        schedule=schedule["id"],
        my_schedule=my_schedule["id"],
        feed=feed["address"].rpartition("/")[2],
        poll=poll["id"],
        topic=topic["id"],
        prepared_table=prepared["id"],
        sticker=sticker["id"],
        sticker_file=pictures[1],
        table_post=table_post["id"],
        table_row=table_row,
        my_log=my_log,
        log_to_me=log_to_me,
        log_template=log_template,
        customer=customer["item"]["id"],
        voided_customer=voided["item"]["id"],
        contact=contact["item"]["id"],
        hidden_customer=hidden,
        twins=(same[0], same[1]),
        merged=(same[2], same[3]),
        access_request=access_request,
        record_view=kept["id"],
        record_field=added["id"],
        pool=pool["item"]["id"],
        relation=relation["id"],
        dialled=dialled["id"],
        message=said["id"],
    )


async def asked_for_access(me: Client, other: Client, customer: int) -> tuple[int, int]:
    """A customer of which I see only the stub of its card, and somebody's question for one of mine."""
    theirs = await other.post("/api/records/customer", {"fields": {"name": f"看不见的客户 {next(_numbers)}"}})
    hidden = int(theirs["item"]["id"])
    for author, reader, shown in ((other, me, hidden), (me, other, customer)):
        card = {"kind": "customer", "id": shown}
        body = {"kind": "share", "text": "看看", "audience": {"people": [reader.id]}, "cards": [card]}
        await author.post("/api/posts", body)
    request = await other.put(f"/api/records/customer/{customer}/access-request")
    return hidden, int(request["id"])


def _customer(things: Things, body: dict[str, Any] | None = None) -> Sample:
    return Sample({"kind": "customer", "id": things.customer}, body or {})


async def handed_in(author: Client, recipients: list[int]) -> int:
    """The log of today; also where an earlier preparation of the same company handed it in."""
    found = await author.get("/api/log-templates")
    template, today = found["items"][0], found["today"]
    for one in found["mine"]:
        if (one["template_id"], one["period"]) == (template["id"], today):
            return int(one["post_id"])
    details = {
        "template": template["id"],
        "period": today,
        "values": LOG_VALUES,
        "recipients": recipients,
    }
    body = {"kind": "log", "text": "", "audience": {}, "details": details}
    return int((await author.post("/api/posts", body))["id"])


# By the route's name (method and path). A route that is missing here fails the suite.
SAMPLES: dict[str, Callable[[Things], Sample]] = {
    "POST /api/session": lambda t: Sample({}, {"login": "1002", "password": "wrong"}),
    "POST /api/session/second": lambda t: Sample({}, {"step": "no-such-step", "code": "123456"}),
    "DELETE /api/session": lambda t: Sample(),
    "GET /api/session/openid": lambda t: Sample(),
    "GET /api/session/openid/start": lambda t: Sample(),
    "GET /api/session/openid/callback": lambda t: Sample(),
    "GET /api/session/step-up": lambda t: Sample(),
    "PUT /api/session/step-up": lambda t: Sample({}, {"password": "shoudao-2026", "code": ""}),
    "GET /api/me/devices": lambda t: Sample(),
    "DELETE /api/me/devices": lambda t: Sample(),
    "DELETE /api/me/devices/{id:int}": lambda t: Sample({"id": 1}),
    "GET /api/me/second-factor": lambda t: Sample(),
    "POST /api/me/second-factor": lambda t: Sample(),
    "PUT /api/me/second-factor": lambda t: Sample({}, {"code": "123456"}),
    "DELETE /api/me/second-factor": lambda t: Sample(),
    "POST /api/me/second-factor/recovery-codes": lambda t: Sample(),
    "GET /api/people/{id:int}/access": lambda t: Sample({"id": t.colleague}),
    "DELETE /api/people/{id:int}/devices": lambda t: Sample({"id": t.stranger}),
    "DELETE /api/people/{id:int}/tokens": lambda t: Sample({"id": t.stranger}),
    "DELETE /api/people/{id:int}/second-factor": lambda t: Sample({"id": t.stranger}),
    "GET /api/company/sign-in": lambda t: Sample(),
    "PUT /api/company/sign-in": lambda t: Sample({}, {"second_factor": "nobody"}),
    "GET /api/token-scopes": lambda t: Sample(),
    "GET /api/me/tokens": lambda t: Sample(),
    "POST /api/me/tokens": lambda t: Sample({}, {"name": "报表", "scopes": ["post.read"], "days": 30}),
    "DELETE /api/me/tokens/{id:int}": lambda t: Sample({"id": 1}),
    "GET /api/bots": lambda t: Sample(),
    "POST /api/bots": lambda t: Sample(
        {}, {"name": "小助手", "purpose": "每日报表", "owner_id": t.colleague}
    ),
    "DELETE /api/bots/{id:int}": lambda t: Sample({"id": 1}),
    "GET /api/bots/{id:int}/tokens": lambda t: Sample({"id": 1}),
    "POST /api/bots/{id:int}/tokens": lambda t: Sample(
        {"id": 1}, {"name": "报表", "scopes": ["post.read"], "days": 30}
    ),
    "DELETE /api/bots/{id:int}/tokens/{token_id:int}": lambda t: Sample({"id": 1, "token_id": 1}),
    "GET /api/me": lambda t: Sample(),
    "PUT /api/me/language": lambda t: Sample({}, {"language": "en"}),
    "GET /api/invitations/{token:str}": lambda t: Sample({"token": t.invitation}),
    "POST /api/invitations/{token:str}": lambda t: Sample(
        {"token": t.invitation}, {"password": "a good one 4"}
    ),
    "GET /api/people": lambda t: Sample(),
    "GET /api/people/{id:int}": lambda t: Sample({"id": t.colleague}),
    "GET /api/departments": lambda t: Sample(),
    "POST /api/people": lambda t: Sample(
        {},
        {
            "name": "新同事",
            "phone": "13712340000",
            "staff_number": "N-1",
            "email": "new@example.com",
            "place": {
                "department_ids": [t.department],
                "manager_id": t.colleague,
                "title": "顾问",
                "kind": "employee",
            },
            "mail": False,
        },
    ),
    "POST /api/people/{id:int}/invitation": lambda t: Sample({"id": t.colleague}, {"mail": False}),
    "POST /api/people/{id:int}/password-reset": lambda t: Sample({"id": t.colleague}),
    "GET /api/password-resets": lambda t: Sample(),
    "POST /api/password-resets": lambda t: Sample({}, {"login": "1002"}),
    "GET /api/password-resets/{token:str}": lambda t: Sample({"token": t.invitation}),
    "POST /api/password-resets/{token:str}": lambda t: Sample(
        {"token": t.invitation}, {"password": "a good one 4"}
    ),
    "PUT /api/me/password": lambda t: Sample({}, {"old_password": "wrong", "password": "a good one 4"}),
    "GET /api/setup/{token:str}": lambda t: Sample({"token": t.invitation}),
    "POST /api/setup/{token:str}": lambda t: Sample(
        {"token": t.invitation},
        {
            "company": "新公司",
            "language": "zh-Hans",
            "time_zone": "Asia/Shanghai",
            "name": "李敏",
            "login": "13712340001",
            "password": "a good one 4",
            "boss": {"name": "王总", "login": "boss@example.com"},
        },
    ),
    "PUT /api/company": lambda t: Sample(
        {}, {"name": "远桥科技 Farbridge", "language": "zh-Hans", "time_zone": "Asia/Shanghai"}
    ),
    "GET /api/start": lambda t: Sample(),
    "PUT /api/start/dismissal": lambda t: Sample(),
    "GET /api/company/join-link": lambda t: Sample(),
    "PUT /api/company/join-link": lambda t: Sample({}, {"is_on": True}),
    "POST /api/company/join-link": lambda t: Sample(),
    "GET /api/company/join-link/picture": lambda t: Sample(),
    "GET /api/join-requests": lambda t: Sample(),
    "PUT /api/join-requests/{id:int}/decision": lambda t: Sample(
        {"id": t.join_request},
        {
            "decision": "approve",
            "place": {"department_ids": [], "manager_id": None, "title": "", "kind": "employee"},
            "reason": "",
        },
    ),
    "GET /api/joining/{token:str}": lambda t: Sample({"token": t.invitation}),
    "POST /api/joining/{token:str}": lambda t: Sample(
        {"token": t.invitation},
        {
            "name": "路人",
            "login": "13712340002",
            "password": "a good one 4",
            "note": "前台",
            "language": "en",
        },
    ),
    "GET /api/joining/requests/{token:str}": lambda t: Sample({"token": t.invitation}),
    "GET /api/people/{id:int}/resignation": lambda t: Sample({"id": t.leaver}),
    "PUT /api/people/{id:int}/resignation": lambda t: Sample(
        {"id": t.leaver}, {"reason": "", "pass_reports_up": True}
    ),
    "DELETE /api/people/{id:int}/resignation": lambda t: Sample({"id": t.leaver}),
    "GET /api/people/{id:int}/absences": lambda t: Sample({"id": t.me.id}),
    "POST /api/people/{id:int}/absences": lambda t: Sample(
        {"id": t.me.id},
        {
            "from_day": day_from_now(3),
            "to_day": day_from_now(5),
            "deputy_id": t.colleague,
            "reason": "travel",
        },
    ),
    "PATCH /api/people/{id:int}/absences/{absence_id:int}": lambda t: Sample(
        {"id": t.me.id, "absence_id": t.absence}, {"to_day": day_from_now(12), "deputy_id": None}
    ),
    "DELETE /api/people/{id:int}/absences/{absence_id:int}": lambda t: Sample(
        {"id": t.me.id, "absence_id": t.absence}
    ),
    "GET /api/people/{id:int}/delegations": lambda t: Sample({"id": t.me.id}),
    "POST /api/people/{id:int}/delegations": lambda t: Sample(
        {"id": t.me.id},
        {
            "deputy_id": t.colleague,
            "kinds": ["post", "todos"],
            "from_day": day_from_now(1),
            "to_day": day_from_now(9),
        },
    ),
    "DELETE /api/people/{id:int}/delegations/{delegation_id:int}": lambda t: Sample(
        {"id": t.me.id, "delegation_id": t.delegation}
    ),
    "GET /api/calendar": lambda t: Sample(),
    "PUT /api/calendar/days/{day:str}": lambda t: Sample(
        {"day": "2027-03-08"}, {"kind": "holiday", "name": "公司日", "until": "2027-03-09"}
    ),
    "DELETE /api/calendar/days/{day:str}": lambda t: Sample({"day": "2027-03-08"}),
    "PUT /api/calendar/week": lambda t: Sample(
        {}, {"days": [1, 2, 3, 4, 5], "begins": "09:00", "ends": "18:00", "version": 0}
    ),
    "PATCH /api/people/{id:int}": lambda t: Sample(
        {"id": t.colleague},
        {
            "version": 1,
            "name": "许愿",
            "title": "行政",
            "staff_number": "1025",
            "phone": "13800010025",
            "email": "xuyuan@farbridge.example",
            "department_ids": [t.department],
            "manager_id": t.me.id,
            "kind": "employee",
        },
    ),
    "PUT /api/people/{id:int}/picture": lambda t: Sample({"id": t.me.id}),
    "DELETE /api/people/{id:int}/picture": lambda t: Sample({"id": t.me.id}),
    "GET /api/people/{id:int}/picture/{hash:str}": lambda t: Sample({"id": t.me.id, "hash": "0" * 32}),
    "PUT /api/me/about": lambda t: Sample({}, {"about": "有事请留言"}),
    "POST /api/departments": lambda t: Sample(
        {}, {"name": "法务部", "parent_id": t.department, "heads": [t.colleague]}
    ),
    "PATCH /api/departments/{id:int}": lambda t: Sample(
        {"id": t.department},
        {"version": 1, "name": "行政中心", "parent_id": None, "position": 0, "heads": [t.colleague]},
    ),
    "DELETE /api/departments/{id:int}": lambda t: Sample({"id": t.department}),
    "PUT /api/departments/{id:int}/people": lambda t: Sample(
        {"id": t.department}, {"people": [t.colleague], "how": "main"}
    ),
    "POST /api/people/imports": lambda t: Sample(),
    "GET /api/people/imports": lambda t: Sample(),
    "GET /api/people/imports/{id:int}": lambda t: Sample({"id": t.import_id}),
    "GET /api/people/imports/{id:int}/rows": lambda t: Sample({"id": t.import_id}),
    "GET /api/people/imports/{id:int}/missing": lambda t: Sample({"id": t.import_id}),
    "GET /api/people/imports/{id:int}/result": lambda t: Sample({"id": t.import_id}),
    "POST /api/people/imports/{id:int}/links": lambda t: Sample({"id": t.import_id}, {"replace": False}),
    "GET /api/capabilities": lambda t: Sample(),
    "GET /api/record-kinds": lambda t: Sample(),
    "GET /api/pools": lambda t: Sample(),
    "POST /api/pools": lambda t: Sample(
        {}, {"kind": "customer", "name": "华东公海", "may_change_owner": False}
    ),
    "PATCH /api/pools/{id:int}": lambda t: Sample(
        {"id": t.pool}, {"version": 1, "name": "改名公海", "may_change_owner": False, "retired": False}
    ),
    "PUT /api/pools/{id:int}/people/{person_id:int}": lambda t: Sample(
        {"id": t.pool, "person_id": t.colleague}, {"role": "admin"}
    ),
    "DELETE /api/pools/{id:int}/people/{person_id:int}": lambda t: Sample(
        {"id": t.pool, "person_id": t.colleague}
    ),
    "PUT /api/pools/{id:int}/departments/{department_id:int}": lambda t: Sample(
        {"id": t.pool, "department_id": t.department}
    ),
    "DELETE /api/pools/{id:int}/departments/{department_id:int}": lambda t: Sample(
        {"id": t.pool, "department_id": t.department}
    ),
    "GET /api/record-fields": lambda t: Sample(),
    "POST /api/record-fields": lambda t: Sample(
        {},
        {
            "kind": "customer",
            "type": "choice",
            "words": {"zh-Hans": "喜好", "en": "Taste"},
            "class": "basic",
            "required": False,
            "choices": [{"words": {"zh-Hans": "茶", "en": "Tea"}}],
        },
    ),
    "PATCH /api/record-fields/{id:int}": lambda t: Sample(
        {"id": t.record_field}, {"version": 1, "words": {"zh-Hans": "昵称"}, "position": 3}
    ),
    "PUT /api/record-callers": lambda t: Sample({}, {"phone": "13800001234"}),
    "GET /api/records/{kind:str}": lambda t: Sample({"kind": "customer"}),
    "POST /api/records/{kind:str}": lambda t: Sample(
        {"kind": "customer"},
        {
            "fields": {"name": "蓝湖", "level": "key"},
            "owner": t.colleague,
            "duplicates": [{"field": "name", "verdict": "different", "reason": "另一家"}],
        },
    ),
    "GET /api/records/{kind:str}/duplicates": lambda t: Sample({"kind": "customer"}),
    "PUT /api/records/{kind:str}/duplicates": lambda t: Sample(
        {"kind": "customer"}, {"fields": {"name": "蓝湖"}, "except": t.customer}
    ),
    "GET /api/duplicate-settings": lambda t: Sample(),
    "PUT /api/duplicate-settings": lambda t: Sample({}, {"names_owner": True, "hard": ["contact.phone"]}),
    "GET /api/records/{kind:str}/board": lambda t: Sample({"kind": "customer"}),
    "POST /api/records/{kind:str}/views": lambda t: Sample(
        {"kind": "customer"},
        {"name": "我的", "filter": [["level", "in", ["key"]]], "sort": "name", "columns": ["name"]},
    ),
    "PUT /api/records/{kind:str}/views/order": lambda t: Sample(
        {"kind": "customer"}, {"ids": [t.record_view]}
    ),
    "PUT /api/records/{kind:str}/columns": lambda t: Sample({"kind": "customer"}, {"columns": ["name"]}),
    "GET /api/records/{kind:str}/totals": lambda t: Sample({"kind": "customer"}),
    "POST /api/records/{kind:str}/bulk": lambda t: Sample(
        {"kind": "customer"},
        {"act": "set", "field": "level", "value": "key", "filter": [["owner", "in", ["me"]]]},
    ),
    "PUT /api/records/{kind:str}/views/{id:int}": lambda t: Sample(
        {"kind": "customer", "id": t.record_view}, {"name": "改名", "filter": [], "columns": []}
    ),
    "DELETE /api/records/{kind:str}/views/{id:int}": lambda t: Sample(
        {"kind": "customer", "id": t.record_view}
    ),
    "GET /api/records/{kind:str}/{id:int}": lambda t: _customer(t),
    "PATCH /api/records/{kind:str}/{id:int}": lambda t: _customer(
        t, {"version": 1, "fields": {"level": "low"}}
    ),
    "DELETE /api/records/{kind:str}/{id:int}": lambda t: Sample(
        {"kind": "customer", "id": t.voided_customer}
    ),
    "PUT /api/records/{kind:str}/{id:int}/owner": lambda t: _customer(
        t, {"owner": t.colleague, "reason": "调岗", "keep": "read"}
    ),
    "GET /api/records/{kind:str}/{id:int}/team": lambda t: _customer(t),
    "PUT /api/records/{kind:str}/{id:int}/team/{person_id:int}": lambda t: Sample(
        {"kind": "customer", "id": t.customer, "person_id": t.colleague},
        {"role": "member", "access": "read"},
    ),
    "DELETE /api/records/{kind:str}/{id:int}/team/{person_id:int}": lambda t: Sample(
        {"kind": "customer", "id": t.customer, "person_id": t.colleague}
    ),
    "PUT /api/records/{kind:str}/{id:int}/stage": lambda t: _customer(t, {"stage": "won", "reason": "x"}),
    "PUT /api/records/{kind:str}/{id:int}/states/{field:str}": lambda t: Sample(
        {"kind": "customer", "id": t.customer, "field": "deal_state"}, {"value": "dealt", "reason": "签约"}
    ),
    "PUT /api/records/{kind:str}/{id:int}/lock": lambda t: _customer(t, {"subordinate": False}),
    "PUT /api/records/{kind:str}/{id:int}/unlock": lambda t: _customer(t, {"subordinate": True}),
    "PUT /api/access-requests/{id:int}/decision": lambda t: Sample(
        {"id": t.access_request}, {"choice": "day", "reason": ""}
    ),
    "PUT /api/records/{kind:str}/{id:int}/access-request": lambda t: Sample(
        {"kind": "customer", "id": t.hidden_customer}
    ),
    "GET /api/records/{kind:str}/{id:int}/changes/{version:int}": lambda t: Sample(
        {"kind": "customer", "id": t.customer, "version": 1}
    ),
    "GET /api/records/{kind:str}/{id:int}/shares": lambda t: _customer(t),
    "PUT /api/records/{kind:str}/{id:int}/shares": lambda t: _customer(
        t, {"days": 7, "people": [t.colleague]}
    ),
    "DELETE /api/records/{kind:str}/{id:int}/shares/{person_id:int}": lambda t: Sample(
        {"kind": "customer", "id": t.customer, "person_id": t.colleague}
    ),
    "GET /api/records/{kind:str}/{id:int}/merge": lambda t: Sample({"kind": "customer", "id": t.twins[0]}),
    "PUT /api/records/{kind:str}/{id:int}/merge": lambda t: Sample(
        {"kind": "customer", "id": t.twins[0]},
        {"other": t.twins[1], "version": 1, "other_version": 1, "fields": {"name": "theirs"}},
    ),
    "PUT /api/records/{kind:str}/{id:int}/unmerge": lambda t: Sample(
        {"kind": "customer", "id": t.merged[0]}, {"other": t.merged[1]}
    ),
    "GET /api/records/{kind:str}/{id:int}/merges": lambda t: Sample({"kind": "customer", "id": t.merged[0]}),
    "PUT /api/records/{kind:str}/{id:int}/void": lambda t: _customer(t, {"reason": "重复"}),
    "PUT /api/records/{kind:str}/{id:int}/restoration": lambda t: Sample(
        {"kind": "customer", "id": t.voided_customer}
    ),
    "PUT /api/records/{kind:str}/{id:int}/star": lambda t: _customer(t),
    "DELETE /api/records/{kind:str}/{id:int}/star": lambda t: _customer(t),
    "GET /api/records/{kind:str}/{id:int}/history": lambda t: _customer(t),
    "GET /api/records/{kind:str}/{id:int}/followups": lambda t: _customer(t),
    "POST /api/records/{kind:str}/{id:int}/followups": lambda t: _customer(
        t, {"sort": "call", "text": "约了周三"}
    ),
    "PUT /api/records/{kind:str}/{id:int}/reveal": lambda t: Sample(
        {"kind": "contact", "id": t.contact}, {"field": "id_number", "reason": "check", "text": ""}
    ),
    "GET /api/records/{kind:str}/{id:int}/related": lambda t: _customer(t),
    "POST /api/records/{kind:str}/{id:int}/calls": lambda t: _customer(t, {"field": "phone"}),
    "PUT /api/records/{kind:str}/{id:int}/calls/{call_id:int}": lambda t: Sample(
        {"kind": "customer", "id": t.customer, "call_id": t.dialled}, {"connected": True, "text": "接通了"}
    ),
    "GET /api/records/{kind:str}/{id:int}/family": lambda t: _customer(t),
    "GET /api/records/{kind:str}/{id:int}/registration": lambda t: _customer(t),
    "PUT /api/records/{kind:str}/{id:int}/registration": lambda t: _customer(
        t, {"provider": "directory", "ref": "name:远帆科技"}
    ),
    "DELETE /api/records/{kind:str}/{id:int}/registration": lambda t: _customer(t),
    "GET /api/records/{kind:str}/{id:int}/relations": lambda t: _customer(t),
    "POST /api/records/{kind:str}/{id:int}/relations": lambda t: Sample(
        {"kind": "contact", "id": t.contact}, {"to": t.contact + 1, "sort": "reports_to", "turned": True}
    ),
    "DELETE /api/records/{kind:str}/{id:int}/relations/{relation_id:int}": lambda t: Sample(
        {"kind": "contact", "id": t.contact, "relation_id": t.relation}
    ),
    "GET /api/followup-rule": lambda t: Sample(),
    "PUT /api/followup-rule": lambda t: Sample({}, {"least": 3}),
    "GET /api/registry": lambda t: Sample(),
    "PUT /api/registry": lambda t: Sample({}, {"provider": "directory"}),
    "GET /api/registry/candidates": lambda t: Sample(),
    "GET /api/registry/company": lambda t: Sample(),
    "GET /api/registry/directories": lambda t: Sample(),
    "PUT /api/registry/directory": lambda t: Sample(),
    "GET /api/roles": lambda t: Sample(),
    "POST /api/roles": lambda t: Sample(
        {}, {"name": "夜班", "copy_of": 1, "capabilities": {"people.read": ["all"]}}
    ),
    "PATCH /api/roles/{id:int}": lambda t: Sample(
        {"id": t.role}, {"version": 1, "name": "早班", "capabilities": {"people.read": ["all"]}}
    ),
    "DELETE /api/roles/{id:int}": lambda t: Sample({"id": t.role}),
    "PUT /api/roles/{id:int}/shipped": lambda t: Sample({"id": 1}, {"version": 1}),
    "GET /api/roles/{id:int}/people": lambda t: Sample({"id": 1}),
    "PUT /api/people/{id:int}/roles": lambda t: Sample(
        {"id": t.colleague}, {"roles": [t.role], "before": None}
    ),
    "GET /api/people/{id:int}/permissions": lambda t: Sample({"id": t.colleague}),
    "GET /api/audit": lambda t: Sample(),
    "POST /api/audit/export": lambda t: Sample({}, {"filter": {}}),
    "GET /api/todos": lambda t: Sample(),
    "GET /api/todos/counts": lambda t: Sample(),
    "POST /api/posts": lambda t: Sample(
        {},
        {
            "kind": "share",
            "text": "周会改到三点",
            "audience": {"everyone": False, "departments": [t.department], "people": [t.colleague]},
            "mentions": {"people": [], "departments": []},
            "cards": [{"kind": "post", "id": t.my_post}],
            "poll": {
                "options": ["三点", "四点"],
                "several": True,
                "anonymous": True,
                "closes_at": tomorrow(),
            },
            "table": {
                "table": t.prepared_table,
                "version": 1,
                "rows": [["打印纸", "12.5", "急"]],
                "by_readers": True,
            },
            "receipts": {
                "everyone": False,
                "departments": [],
                "people": [t.colleague],
                "due_at": tomorrow(),
                "by_deputy": True,
                "question": QUESTION,
                "ladder": True,
            },
            "urgent": False,
        },
    ),
    "POST /api/posts/audience-check": lambda t: Sample(
        body={"audience": {"everyone": True}, "cards": [{"kind": "post", "id": t.my_post}]}
    ),
    "GET /api/posts": lambda t: Sample(),
    "PUT /api/posts/{id:int}/answer": lambda t: Sample({"id": t.instruction}, {"state": "received"}),
    "GET /api/posts/{id:int}/answers": lambda t: Sample({"id": t.instruction}),
    "PUT /api/posts/{id:int}/invitation": lambda t: Sample(
        {"id": t.schedule}, {"answer": "accepted", "sequence": 0, "word": "好"}
    ),
    "GET /api/posts/{id:int}/invitations": lambda t: Sample({"id": t.schedule}),
    "PUT /api/posts/{id:int}/schedule": lambda t: Sample(
        {"id": t.my_schedule},
        {
            "first_day": day_from_now(3),
            "last_day": day_from_now(3),
            "place": "会议室",
            "repeat": {"every": "week"},
        },
    ),
    "PUT /api/posts/{id:int}/cancellation": lambda t: Sample({"id": t.my_schedule}),
    "PUT /api/posts/{id:int}/cancellation/{day:str}": lambda t: Sample(
        {"id": t.my_schedule, "day": day_from_now(5)}
    ),
    "GET /api/schedule": lambda t: Sample(),
    "GET /api/me/calendar-feed": lambda t: Sample(),
    "POST /api/me/calendar-feed": lambda t: Sample(),
    "DELETE /api/me/calendar-feed": lambda t: Sample(),
    "GET /api/calendar/feeds/{token:str}": lambda t: Sample({"token": t.feed}),
    "POST /api/posts/{id:int}/task": lambda t: Sample({"id": t.my_post}, {"people": [t.me.id]}),
    "POST /api/messages/{id:int}/task": lambda t: Sample({"id": t.message}, {"people": [t.me.id]}),
    "PUT /api/posts/{id:int}/progress": lambda t: Sample({"id": t.task}, {"state": "open"}),
    "PUT /api/posts/{id:int}/items/{number:int}": lambda t: Sample({"id": t.task, "number": 1}),
    "DELETE /api/posts/{id:int}/items/{number:int}": lambda t: Sample({"id": t.task, "number": 1}),
    "GET /api/log-templates": lambda t: Sample(),
    "POST /api/log-templates": lambda t: Sample(
        {}, {"name": "拜访日志", "rhythm": "day", "due_days": 1, "fields": LOG_FIELDS}
    ),
    "PUT /api/log-templates/{id:int}": lambda t: Sample(
        {"id": t.log_template},
        {"version": 1, "name": "日报", "due_days": 0, "fields": LOG_FIELDS, "is_active": True},
    ),
    "GET /api/log-templates/{id:int}/periods/{day:str}": lambda t: Sample(
        {"id": t.log_template, "day": day_from_now(0)}
    ),
    "POST /api/log-templates/{id:int}/periods/{day:str}/remind": lambda t: Sample(
        {"id": t.log_template, "day": day_from_now(0)}
    ),
    "PUT /api/posts/{id:int}/score": lambda t: Sample({"id": t.log_to_me}, {"score": 4}),
    "PUT /api/posts/{id:int}/log": lambda t: Sample(
        {"id": t.my_log}, {"version": 1, "values": LOG_VALUES, "text": "更正"}
    ),
    "GET /api/announcements": lambda t: Sample(),
    "PUT /api/posts/{id:int}/announcement": lambda t: Sample(
        {"id": t.announcement}, {"pinned": True, "expires_at": tomorrow()}
    ),
    "GET /api/posts/{id:int}": lambda t: Sample({"id": t.my_post}),
    "PUT /api/posts/{id:int}/receipt": lambda t: Sample(
        {"id": t.asked_post}, {"version": 1, "answer": {"type": "choice", "chosen": [1]}}
    ),
    "PUT /api/posts/{id:int}/read": lambda t: Sample({"id": t.asked_post}, {"version": 1}),
    "GET /api/posts/{id:int}/receipts": lambda t: Sample({"id": t.my_post}),
    "POST /api/posts/{id:int}/receipts": lambda t: Sample(
        {"id": t.bare_post},
        {
            "people": [t.colleague],
            "due_at": tomorrow(),
            "question": QUESTION,
        },
    ),
    "GET /api/posts/{id:int}/receipts/sheet": lambda t: Sample({"id": t.my_post}),
    "GET /api/posts/{id:int}/receipts/ladder": lambda t: Sample({"id": t.my_post}),
    "PUT /api/posts/{id:int}/receipts/ladder": lambda t: Sample(
        {"id": t.my_post}, {"is_on": True, "due_at": tomorrow()}
    ),
    "DELETE /api/posts/{id:int}/receipts/ladder/mine": lambda t: Sample({"id": t.my_post}),
    "GET /api/receipt-ladder": lambda t: Sample(),
    "GET /api/posts/{id:int}/paper": lambda t: Sample({"id": t.my_post}),
    "POST /api/posts/{id:int}/proof": lambda t: Sample({"id": t.my_post}),
    "DELETE /api/posts/{id:int}/receipts/{person_id:int}": lambda t: Sample(
        {"id": t.my_post, "person_id": t.colleague}
    ),
    "POST /api/posts/{id:int}/receipts/remind": lambda t: Sample({"id": t.my_post}),
    "GET /api/posts/{id:int}/comments": lambda t: Sample({"id": t.my_post}),
    "POST /api/posts/{id:int}/comments": lambda t: Sample(
        {"id": t.my_post},
        {
            "text": "好的",
            "client_id": "c-1",
            "mentions": {"people": [], "departments": []},
            "reply_to": t.comment,
        },
    ),
    "GET /api/comments/{id:int}": lambda t: Sample({"id": t.comment}),
    "PATCH /api/comments/{id:int}": lambda t: Sample({"id": t.comment}, {"version": 1, "text": "改一句"}),
    "DELETE /api/comments/{id:int}": lambda t: Sample({"id": t.comment}),
    "GET /api/comments/{id:int}/versions": lambda t: Sample({"id": t.comment}),
    "PUT /api/comments/{id:int}/like": lambda t: Sample({"id": t.comment}),
    "DELETE /api/comments/{id:int}/like": lambda t: Sample({"id": t.comment}),
    "GET /api/comments/{id:int}/likes": lambda t: Sample({"id": t.comment}),
    "PUT /api/posts/{id:int}/like": lambda t: Sample({"id": t.my_post}),
    "DELETE /api/posts/{id:int}/like": lambda t: Sample({"id": t.my_post}),
    "GET /api/posts/{id:int}/likes": lambda t: Sample({"id": t.my_post}),
    "GET /api/stickers": lambda t: Sample(),
    "POST /api/stickers": lambda t: Sample({}, {"name": "收到", "file": t.sticker_file}),
    "PUT /api/stickers/order": lambda t: Sample({}, {"stickers": [t.sticker]}),
    "PATCH /api/stickers/{id:int}": lambda t: Sample({"id": t.sticker}, {"version": 1, "name": "庆祝"}),
    "PUT /api/stickers/{id:int}/retirement": lambda t: Sample({"id": t.sticker}),
    "DELETE /api/stickers/{id:int}/retirement": lambda t: Sample({"id": t.sticker}),
    "GET /api/tables": lambda t: Sample(),
    "POST /api/tables": lambda t: Sample(
        {}, {"name": "会议签到", "note": "每次会议", "columns": TABLE_COLUMNS[:1]}
    ),
    "PUT /api/tables/order": lambda t: Sample({}, {"tables": [t.prepared_table]}),
    "PUT /api/tables/{id:int}": lambda t: Sample(
        {"id": t.prepared_table}, {"version": 1, "name": "采购", "note": "", "columns": TABLE_COLUMNS[:1]}
    ),
    "PUT /api/tables/{id:int}/retirement": lambda t: Sample({"id": t.prepared_table}),
    "DELETE /api/tables/{id:int}/retirement": lambda t: Sample({"id": t.prepared_table}),
    "PUT /api/posts/{id:int}/table": lambda t: Sample({"id": t.table_post}, {"by_readers": False}),
    "GET /api/posts/{id:int}/table/rows": lambda t: Sample({"id": t.table_post}),
    "POST /api/posts/{id:int}/table/rows": lambda t: Sample(
        {"id": t.table_post}, {"cells": ["墨盒", "", "缓"]}
    ),
    "PUT /api/posts/{id:int}/table/rows/{row_id:int}": lambda t: Sample(
        {"id": t.table_post, "row_id": t.table_row}, {"version": 1, "cells": ["墨盒", "8", ""]}
    ),
    "DELETE /api/posts/{id:int}/table/rows/{row_id:int}": lambda t: Sample(
        {"id": t.table_post, "row_id": t.table_row}
    ),
    "GET /api/posts/{id:int}/table/sheet": lambda t: Sample({"id": t.table_post}),
    "GET /api/topics": lambda t: Sample(),
    "GET /api/topics/page": lambda t: Sample(),
    "GET /api/topics/official": lambda t: Sample(),
    "POST /api/topics": lambda t: Sample({}, {"name": f"客户成功 {next(_numbers)}"}),
    "PATCH /api/topics/{id:int}": lambda t: Sample(
        {"id": t.topic}, {"version": 1, "name": f"年度目标 {next(_numbers)}"}
    ),
    "PUT /api/topics/{id:int}/retirement": lambda t: Sample({"id": t.topic}),
    "DELETE /api/topics/{id:int}/retirement": lambda t: Sample({"id": t.topic}),
    "PUT /api/posts/{id:int}/vote": lambda t: Sample({"id": t.poll}, {"version": 1, "chosen": [0]}),
    "GET /api/posts/{id:int}/vote": lambda t: Sample({"id": t.poll}),
    "GET /api/posts/{id:int}/voters": lambda t: Sample({"id": t.poll}),
    "PUT /api/posts/{id:int}/poll/closing": lambda t: Sample({"id": t.poll}),
    "PUT /api/posts/{id:int}/follow": lambda t: Sample({"id": t.my_post}),
    "DELETE /api/posts/{id:int}/follow": lambda t: Sample({"id": t.my_post}),
    "PATCH /api/posts/{id:int}": lambda t: Sample(
        {"id": t.my_post},
        {"version": 1, "text": "请再确认", "confirm_again": True, "poll": {"options": ["山", "海", "湖"]}},
    ),
    "GET /api/posts/{id:int}/versions": lambda t: Sample({"id": t.my_post}),
    "DELETE /api/posts/{id:int}": lambda t: Sample({"id": t.my_post}),
    "PUT /api/posts/{id:int}/favourite": lambda t: Sample({"id": t.my_post}),
    "DELETE /api/posts/{id:int}/favourite": lambda t: Sample({"id": t.my_post}),
    "PUT /api/posts/{id:int}/hidden": lambda t: Sample({"id": t.my_post}),
    "DELETE /api/posts/{id:int}/hidden": lambda t: Sample({"id": t.my_post}),
    "POST /api/conversations": lambda t: Sample(
        {}, {"kind": "group", "name": "新客户", "people": [t.colleague], "departments": []}
    ),
    "GET /api/conversations": lambda t: Sample(),
    "GET /api/conversations/{id:int}": lambda t: Sample({"id": t.group}),
    "PATCH /api/conversations/{id:int}": lambda t: Sample({"id": t.group}, {"name": "新名字", "version": 1}),
    "GET /api/conversations/{id:int}/members": lambda t: Sample({"id": t.group}),
    "POST /api/conversations/{id:int}/members": lambda t: Sample(
        {"id": t.group}, {"people": [t.stranger], "departments": []}
    ),
    "DELETE /api/conversations/{id:int}/members/{person_id:int}": lambda t: Sample(
        {"id": t.group, "person_id": t.colleague}
    ),
    "GET /api/conversations/{id:int}/messages": lambda t: Sample({"id": t.group}),
    "POST /api/conversations/{id:int}/messages": lambda t: Sample(
        {"id": t.group},
        {"client_id": "c-1", "text": "你好", "mentions": {"people": [], "everyone": False}, "reply_to": None},
    ),
    "PUT /api/conversations/{id:int}/read": lambda t: Sample({"id": t.group}, {"number": 1}),
    "POST /api/files": lambda t: Sample({}, {"name": "报价.pdf", "size": 10, "type": "application/pdf"}),
    "PUT /api/files/{id:int}/chunks/{offset:int}": lambda t: Sample({"id": t.upload, "offset": 1}),
    "PUT /api/files/{id:int}/completion": lambda t: Sample({"id": t.upload}, {"sha256": "0" * 64}),
    "GET /api/files/{id:int}": lambda t: Sample({"id": t.upload}),
    "GET /api/files/{id:int}/preview": lambda t: Sample({"id": t.upload}),
    "GET /api/files/{id:int}/pages/{page:int}": lambda t: Sample({"id": t.upload, "page": 1}),
    "GET /api/files/{id:int}/content": lambda t: Sample({"id": t.upload}),
    "DELETE /api/files/{id:int}": lambda t: Sample({"id": t.upload}),
    "GET /api/search": lambda t: Sample(),
    "GET /api/links/{kind:str}/{id:int}": lambda t: Sample({"kind": "post", "id": t.my_post}),
    "POST /api/cards": lambda t: Sample({}, {"refs": [{"kind": "post", "id": t.my_post}]}),
    "GET /api/notifications": lambda t: Sample(),
    "PUT /api/notifications/read": lambda t: Sample({}, {"up_to": 1}),
    "GET /api/preferences": lambda t: Sample(),
    "PUT /api/preferences": lambda t: Sample(
        {}, {"quiet_hours": {"start": "22:00", "end": "08:00"}, "kinds": {"post_mention": "inbox"}}
    ),
    "POST /api/reminders": lambda t: Sample(
        {},
        {
            "about": {"kind": "post", "id": t.my_post},
            "at": tomorrow(),
            "people": [t.me.id],
            "note": "回电话",
        },
    ),
    "GET /api/reminders": lambda t: Sample(),
    "PATCH /api/reminders/{id:int}": lambda t: Sample({"id": t.reminder}, {"at": tomorrow()}),
    "DELETE /api/reminders/{id:int}": lambda t: Sample({"id": t.reminder}),
    "PUT /api/reminders/{id:int}/done": lambda t: Sample({"id": t.reminder}),
    "POST /api/posts/{id:int}/reminders": lambda t: Sample(
        {"id": t.my_post}, {"at": tomorrow(), "people": [], "note": ""}
    ),
    "PUT /api/conversations/{id:int}/mute": lambda t: Sample({"id": t.group}, {"muted": True}),
    "GET /api/events": lambda t: Sample(),
    "GET /api/bootstrap": lambda t: Sample(),
    "PUT /api/test/clock": lambda t: Sample({}, {"now": tomorrow()}),
}

# By the frame's `op`.
FRAMES: dict[str, Callable[[Things], dict[str, Any]]] = {
    "hello": lambda t: {"cursor": ""},
    "watch": lambda t: {"ref": {"kind": "receipts", "id": t.my_post}},
    "unwatch": lambda t: {"ref": {"kind": "receipts", "id": t.my_post}},
    "send": lambda t: {
        "conversation": t.group,
        "client_id": "s-1",
        "text": "你好",
        "mentions": {"people": [], "everyone": False},
        "reply_to": None,
    },
    "read": lambda t: {"conversation": t.group, "number": 1},
    "typing": lambda t: {"conversation": t.group},
}
