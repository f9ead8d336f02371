"""Writes fixtures/first_schema.sql: a small company as the first release stored it. Run once, never again after that release:

.venv/bin/python -m tests.server.db.make_first_schema
"""

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from sqlalchemy import update

from chat import conversations, messages
from feed import publishing, receipts
from feed.inputs import AudienceInput, NewPost, ReceiptsInput
from server.config.settings import Settings
from server.opening import DATABASE_FILE, open_company
from server.org.models import Person
from server.people.founding import NewPerson, make_departments, make_people
from server.permissions.actor import Actor, load_actor
from server.work.company import CompanyRow
from server.work.work import Work

FILE = Path(__file__).parent / "fixtures" / "first_schema.sql"
GIVEN = "a text that nobody hashes"  # nobody signs in here


def actor(work: Work, person_id: int) -> Actor:
    found = load_actor(work.conn, person_id)
    assert found is not None
    return found


def fill(work: Work) -> None:
    """Three persons, a share with receipts (one given), a group with words in it, a direct conversation."""
    work.conn.execute(update(CompanyRow).values(name="远桥科技"))
    places = make_departments(work, [("华东", "销售一部"), ("总部",)])
    sales, office = [places["华东", "销售一部"]], [places["总部",]]
    lead, rep, clerk = make_people(
        work,
        [
            NewPerson("陈晓东", "1003", "13800010003", "c@x.example", "销售总监", sales, GIVEN),
            NewPerson("张伟", "1004", "", "", "销售", sales, GIVEN),
            NewPerson("Amy", "1005", "", "", "", office, GIVEN),
        ],
        ["member"],
    )
    work.conn.execute(update(Person).where(Person.id == rep).values(manager_id=lead))
    new = NewPost(
        "share",
        f"报价口径 @[张伟](person:{rep})",
        AudienceInput(departments=sales),
        None,
        ReceiptsInput(people=[rep]),
    )
    post = publishing.publish(work, actor(work, lead), new).id
    receipts.acknowledge_many(work, [receipts.Act(rep, post, 1)])
    group = conversations.start_group(work, actor(work, lead), "一季度", [rep, clerk], [])
    direct = conversations.start_direct(work, actor(work, rep), clerk)
    said = [(lead, group, "大家好"), (rep, group, "收到 @[everyone](everyone:0)"), (clerk, direct, "hi")]
    for at, (person, place, text) in enumerate(said):
        messages.send_many(work, [messages.prepare(person, place, f"first-{at}", text, None)])
    conversations.remove_member(work, actor(work, lead), group, clerk)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        company = open_company(Settings(data=Path(folder)))
        company.write_now(fill)
        company.db.close()
        with closing(sqlite3.connect(Path(folder) / DATABASE_FILE)) as made:
            FILE.write_text("\n".join(made.iterdump()) + "\n", encoding="utf-8")
    print(f"{FILE}: {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
