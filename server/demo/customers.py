"""The demo company's customers and contacts, some hundred, with a past: written in bulk, because a start waits for them."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, insert, select

from crm_objects.engine.creating import sounds
from crm_objects.engine.models import RecordFollowup, RecordHistory, RecordTeam
from crm_objects.templates.base import CONTACT, CUSTOMER
from server.db.base import table
from server.db.ids import Ids
from server.demo import customers_words as words
from server.demo.company import Cast
from server.org.models import Person, PersonDepartment
from server.permissions.models import PersonRole, Role
from server.work.company import Company
from server.work.work import Work

COUNT = 240
DAYS = 300
SEED = 2_026
_LEVELS = ["key", "important", "ordinary", "ordinary", "ordinary", "low", None]
_SOURCES = ["referral", "website", "exhibition", "phone", "advertisement", "partner", "self"]
_SIZES = ["1-19", "20-99", "20-99", "100-499", "500-999", "1000+"]
_INTENTIONS = ["high", "some", "some", "unclear", "invalid"]
Row = dict[str, Any]


@dataclass(frozen=True)
class Language:
    """The words of one language."""

    cities: Sequence[tuple[str, ...]]
    names: Sequence[str]
    trades: Sequence[tuple[str, str]]
    ends: Sequence[str]
    surnames: Sequence[str]
    given: Sequence[str]
    positions: Sequence[tuple[str, str, bool]]
    said: Sequence[tuple[str, str]]
    notes: Sequence[str]
    is_chinese: bool


CHINESE = Language(
    words.CITIES_ZH, words.NAMES_ZH, words.TRADES_ZH, words.ENDS_ZH, words.SURNAMES_ZH, words.GIVEN_ZH, words.POSITIONS_ZH,
    words.SAID_ZH, words.NOTES_ZH, True,
)  # fmt: skip
ENGLISH = Language(
    words.CITIES_EN, words.NAMES_EN, words.TRADES_EN, words.ENDS_EN, words.SURNAMES_EN, words.GIVEN_EN, words.POSITIONS_EN,
    words.SAID_EN, words.NOTES_EN, False,
)  # fmt: skip


def live_through_customers(company: Company, cast: Cast) -> None:
    company.write_now(lambda work: _Book(work, cast).write())


class _Book:
    """What is written in one transaction."""

    def __init__(self, work: Work, cast: Cast) -> None:
        self.work, self.now = work, work.now
        self.dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
        self.is_chinese = cast.script.language == "zh-Hans"
        sellers = select(PersonRole.person_id).join(Role, Role.id == PersonRole.role_id)
        owners = work.conn.execute(
            select(Person.id, PersonDepartment.department_id)
            .join(PersonDepartment, PersonDepartment.person_id == Person.id)
            .where(PersonDepartment.is_main, Person.id.in_(sellers.where(Role.code == "sales_rep")))
            .order_by(Person.id)
        )
        self.owners = [(row[0], row[1]) for row in owners]
        self.taken: set[str] = set()
        self.history: list[Row] = []
        self.followups: list[Row] = []
        self.team: list[Row] = []

    def write(self) -> None:
        customers = [self._customer() for _ in range(COUNT)]
        self._number(CUSTOMER.table, customers)
        for row in customers:
            self._past(row)
        contacts = [
            self._contact(row, place)
            for row in customers
            for place in range(self.dice.choice((0, 1, 1, 2, 2, 3)))
        ]
        self._number(CONTACT.table, contacts)
        for kind, rows in (("customer", customers), ("contact", contacts)):
            for row in rows:
                self._tell(kind, row, "created", row["created_at"], [("name", None, row["name"])])
        for into, rows in (
            (CUSTOMER.table, customers),
            (CONTACT.table, contacts),
            (table(RecordHistory), sorted(self.history, key=lambda row: row["at"])),
            (table(RecordFollowup), sorted(self.followups, key=lambda row: row["at"])),
            (table(RecordTeam), self.team),
        ):
            self.work.conn.execute(insert(into), rows)

    def _number(self, of: Table, rows: Sequence[Row]) -> None:
        for row, number in zip(rows, Ids(of).take(self.work.conn, len(rows)), strict=True):
            row["id"] = number

    def _language(self) -> Language:
        """Mostly the company's own; a sixth of its customers are from elsewhere."""
        own = self.dice.random() < 0.84
        return CHINESE if own == self.is_chinese else ENGLISH

    def _name(self, said: Language, city: str, trade: str) -> str:
        while True:
            stem, end = self.dice.choice(said.names), self.dice.choice(said.ends)
            name = f"{city}{stem}{trade}{end}" if said.is_chinese else f"{stem} {trade} {end}"
            if name in self.taken and not said.is_chinese:
                name = f"{stem} {trade} ({city}) {end}"
            if name not in self.taken:
                self.taken.add(name)
                return name

    def _customer(self) -> Row:
        dice, said = self.dice, self._language()
        city, province, town, district, street, region, code = dice.choice(said.cities)
        trade, industry = dice.choice(said.trades)
        name = self._name(said, city, trade)
        owner, department = dice.choice(self.owners)
        made = self.now - timedelta(days=dice.randrange(20, DAYS), minutes=dice.randrange(600))
        dealt = dice.random() < 0.35
        country = "中国" if said.is_chinese else ""
        address = (country, province, town, district, f"{street} {dice.randrange(1, 900)}", "")
        number = f"{dice.randrange(10**7, 10**8)}" if said.is_chinese else f"{dice.randrange(100, 1000)}"
        tax = f"91{dice.randrange(10**15, 10**16)}"
        return {
            "owner_id": owner,
            "department_id": department,
            "created_at": made,
            "created_by": owner,
            "updated_at": made,
            "last_followed_at": None,
            "version": 1,
            "name": name,
            **sounds(name),
            "level": dice.choice(_LEVELS),
            "source": dice.choice(_SOURCES),
            "deal_state": "dealt" if dealt else "open",
            "intention": None if dealt else dice.choice(_INTENTIONS),
            "industry": industry,
            "size": dice.choice(_SIZES),
            "region": region,
            "credit_code": tax if said.is_chinese and dice.random() < 0.7 else None,
            "phone": f"{code}-{number}" if said.is_chinese else f"{code}{number}",
            "email": f"info@customer{len(self.taken)}.example",
            "website": f"https://customer{len(self.taken)}.example",
            "address": "\n".join(address),
            "invoice_title": name if dealt else None,
            "tax_number": tax if dealt and said.is_chinese else None,
            "dealt_on": (made + timedelta(days=12)).date() if dealt else None,
            "note": dice.choice(said.notes) if dice.random() < 0.3 else None,
        }

    def _past(self, row: Row) -> None:
        """Follow-ups, a change of level, somebody who helps."""
        dice, said = self.dice, CHINESE if row["address"].startswith("中国") else ENGLISH
        at: datetime = row["created_at"]
        for _ in range(dice.choice((0, 1, 1, 2, 3))):
            at += timedelta(days=dice.randrange(3, 60), minutes=dice.randrange(500))
            if at >= self.now:
                break
            sort, text = dice.choice(said.said)
            followup = {
                "kind": "customer",
                "record_id": row["id"],
                "at": at,
                "actor_id": row["owner_id"],
                "counts": True,
            }
            self.followups.append({**followup, "by_id": None, "sort": sort, "text": text})
            self._tell("customer", row, "followed_up", at, [])
            row |= {"last_followed_at": at, "updated_at": at, "version": row["version"] + 1}
        if row["level"] == "key" and at < self.now:
            self._tell("customer", row, "changed", at, [("level", "important", "key")])
            row["version"] += 1
        if dice.random() < 0.15:
            person = dice.choice([one for one, _ in self.owners if one != row["owner_id"]])
            place = {"kind": "customer", "record_id": row["id"], "person_id": person, "since": at}
            access = dice.choice(("read", "write"))
            self.team.append({**place, "role": "co_follower", "access": access, "added_by": row["owner_id"]})

    def _contact(self, customer: Row, place: int) -> Row:
        dice = self.dice
        said = CHINESE if customer["address"].startswith("中国") else ENGLISH
        surname, given = dice.choice(said.surnames), dice.choice(said.given)
        name = f"{surname}{given}" if said.is_chinese else f"{given} {surname}"
        position, works_in, decides = said.positions[place] if place < 2 else dice.choice(said.positions)
        made = customer["created_at"] + timedelta(minutes=7 * place + 3)
        mobile = f"+861{dice.choice('35789')}{dice.randrange(10**8, 10**9)}"
        birthday = datetime(dice.randrange(1965, 2000), dice.randrange(1, 13), dice.randrange(1, 29))  # noqa: DTZ001
        return {
            "owner_id": customer["owner_id"],
            "department_id": customer["department_id"],
            "created_at": made,
            "created_by": customer["owner_id"],
            "updated_at": made,
            "last_followed_at": None,
            "version": 1,
            "name": name,
            **sounds(name),
            "customer": customer["id"],
            "position": position,
            "works_in": works_in,
            "is_decision_maker": decides,
            "gender": dice.choice(("male", "female")),
            "birthday": birthday.date() if dice.random() < 0.4 else None,
            "mobile": mobile if said.is_chinese else f"+44 7700 900{dice.randrange(100, 1000)}",
            "email": f"contact{customer['id']}.{place}@{customer['website'].removeprefix('https://')}",
            "wechat": f"wx_{dice.randrange(10**5, 10**6)}" if said.is_chinese else None,
        }

    def _tell(self, kind: str, row: Row, act: str, at: datetime, changes: list[tuple[str, Any, Any]]) -> None:
        self.history.append(
            {
                "kind": kind,
                "record_id": row["id"],
                "at": at,
                "actor_id": row["owner_id"],
                "by_id": None,
                "act": act,
                "reason": "",
                "changes": json.dumps(changes, ensure_ascii=False),
            }
        )
