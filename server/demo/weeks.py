"""Four weeks of the demo company's life before today: the same acts as people do, each at its own time of a working day.

The company's clock is set to each act's moment while it is carried out, so that numbers, times and order agree as in real life. Dates
follow from today, everything else from a fixed seed.
"""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import partial
from zoneinfo import ZoneInfo

from sqlalchemy import select

from chat import conversations, reading
from chat.models import Conversation, Membership
from feed import receipts
from feed.comments import writing
from feed.comments.inputs import NewComment
from feed.comments.likes import Like, like_many
from feed.comments.models import Comment
from feed.models import Post, Receipt
from server.demo.company import Cast, actor, found, live_through_today, publish, say, start_group
from server.demo.customers import live_through_customers
from server.demo.expenses import put_expenses
from server.demo.kinds import live_through_kinds
from server.demo.plans import live_through_plans
from server.demo.pools import Pools
from server.demo.pools_words import ENTERED
from server.demo.registries import put_registry
from server.demo.sales import A_DAY, record_one
from server.demo.scenes import CUSTOMERS, PAIRS, ROOMS, SCENES, Line
from server.demo.script import Script
from server.demo.tables import live_through_tables
from server.demo.tags import put_tags
from server.demo.votes import live_through_votes
from server.demo.weeks_comments import COMMENTS, ELSE_LIKED, LIKED, TODAY, WeekComment
from server.demo.weeks_posts import WEEKS, WeekPost
from server.kit.clock import real_now
from server.people.founding import has_people
from server.work.company import Company
from server.work.work import Work

DAYS = 20
SCENES_A_DAY = 5
SEED = 1004
Act = tuple[datetime, int, Callable[[Work], object]]


def live_through_weeks(company: Company, script: Script) -> None:
    """Sixty people, four weeks, and today. Does nothing when there are people already."""
    if company.db.snapshot(has_people):
        return
    weeks = Weeks(script, company.clock.now())
    before = company.clock.offset
    with _without_waiting_for_the_disk(company):
        company.clock.offset = weeks.at(0, clock_time(8, 30)) - real_now()
        cast = found(company, script)
        company.clock.offset = before
        live_through_customers(company, cast)
        for moment, _, act in weeks.acts(cast):
            company.clock.offset = moment - real_now()
            company.write_now(act)
        company.clock.offset = before
        live_through_today(company, cast)
        company.write_now(partial(talk_today, cast=cast))
        live_through_kinds(company, cast)
        live_through_plans(company, cast)
        live_through_votes(company, cast)
        live_through_tables(company, cast)
        put_expenses(company)
        put_tags(company)
        put_registry(company)


@contextmanager
def _without_waiting_for_the_disk(company: Company) -> Iterator[None]:
    """A SQLite file is written through once at the end instead of after each of a thousand acts: nobody was promised anything yet."""
    if company.db.dialect != "sqlite":
        yield
        return
    with company.db.writer.engine.connect() as conn:
        raw = conn.connection.dbapi_connection
        assert raw is not None
        raw.execute("PRAGMA synchronous=OFF")
    try:
        yield
    finally:
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def working_days(today: date, count: int) -> list[date]:
    """The last `count` of them before today, oldest first."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day -= timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days[::-1]


class Weeks:
    """Everything that happens, in the order of its time."""

    def __init__(self, script: Script, now: datetime) -> None:
        self.script, self.now = script, now
        self.zone = ZoneInfo(script.time_zone)
        self.days = working_days(now.astimezone(self.zone).date(), DAYS)
        self.dice = random.Random(SEED)  # noqa: S311 - a story, not a secret
        self._acts: list[Act] = []
        self._made: list[dict[str, int]] = []

    def at(self, day: int, time: clock_time) -> datetime:
        return datetime.combine(self.days[day], time, self.zone).astimezone(UTC)

    def acts(self, cast: Cast) -> list[Act]:
        """Of what would lie in the future nothing happens."""
        for room in ROOMS:
            name = self.script.says(room.zh, room.en)
            start = partial(start_group, cast=cast, owner=room.owner, name=name, members=room.members)
            self._add(self.at(0, clock_time(8, 40)), start)
        for number, post in enumerate(WEEKS):
            self._post(cast, number, post)
        self._pools(cast)
        for day in range(DAYS):
            for number in range(A_DAY):
                moment = self.at(day, clock_time(11 + 6 * number, 7 + day))
                self._add(moment, partial(record_one, cast=cast, number=day * A_DAY + number))
            for number in range(SCENES_A_DAY):
                self._scene(cast, day, day * SCENES_A_DAY + number)
            self._add(
                self.at(day, clock_time(18, 20)),
                partial(_catch_up, dice=self.dice, share=0.6 if day == DAYS - 1 else 0.9),
            )
        for number, post in enumerate(WEEKS):
            self._talk(cast, number, self.at(post.day, clock_time.fromisoformat(post.time)))
        return sorted(
            (act for act in self._acts if act[0] < self.now - timedelta(minutes=1)), key=lambda act: act[:2]
        )

    def _add(self, moment: datetime, act: Callable[[Work], object]) -> None:
        moment += timedelta(microseconds=self.dice.randrange(1_000_000))
        self._acts.append((moment, len(self._acts), act))

    def _post(self, cast: Cast, number: int, post: WeekPost) -> None:
        moment = self.at(post.day, clock_time.fromisoformat(post.time))
        made: dict[str, int] = {}
        self._made.append(made)
        text = self.script.says(post.zh, post.en)

        def write(work: Work) -> None:
            made["id"] = publish(work, cast, post.author, post.to, post.asked, post.hours, text)

        self._add(moment, write)
        if post.asked:
            late = moment + timedelta(hours=post.hours, minutes=200)
            waves = [12, 55, 180, 24 * 60]
            for wave, minutes in enumerate(waves):
                self._add(
                    self._office(moment + timedelta(minutes=minutes)),
                    partial(_receipts, number=number, made=made, wave=wave),
                )
            self._add(self._office(late), partial(_receipts, number=number, made=made, wave=len(waves)))

    def _pools(self, cast: Cast) -> None:
        """Two or three customers are entered every other day; what is given out is so the next day."""
        pools = Pools(cast)
        self._add(self.at(0, clock_time(9, 10)), pools.make)
        for number, (enter, give) in enumerate(pools.entries()):
            day = 1 + number * (DAYS - 2) // len(ENTERED)
            self._add(self.at(day, clock_time(10 + number % 3, 5 + number)), enter)
            if give:
                self._add(self.at(day + 1, clock_time(9, 25 + number)), give)

    def _talk(self, cast: Cast, number: int, moment: datetime) -> None:
        """What is said under a post, each line after the one before, and who likes it."""
        made, said = self._made[number], [0] * len(COMMENTS.get(number, []))
        earlier = moment
        for place, line in enumerate(COMMENTS.get(number, [])):
            earlier = max(
                self._office(moment + timedelta(minutes=line.after)), earlier + timedelta(minutes=1)
            )
            text = self.script.says(line.zh, line.en)
            self._add(
                earlier, partial(comment, cast=cast, made=made, said=said, place=place, line=line, text=text)
            )
        for minutes in (40, 26 * 60):
            share = LIKED.get(number, ELSE_LIKED) / 2
            self._add(
                self._office(moment + timedelta(minutes=minutes)),
                partial(_likes, cast=cast, number=number, made=made, share=share, wave=minutes),
            )

    def _office(self, moment: datetime) -> datetime:
        """The same moment, or the next morning at work."""
        local = moment.astimezone(self.zone)
        if not 9 <= local.hour < 19:
            days = 1 if local.hour >= 19 else 0
            morning = clock_time(9, self.dice.randrange(3, 50))
            local = datetime.combine(local.date() + timedelta(days=days), morning, self.zone)
        while local.weekday() >= 5:
            local += timedelta(days=1)
        return local.astimezone(UTC)

    def _scene(self, cast: Cast, day: int, number: int) -> None:
        dice = self.dice
        if number % 2:
            room = ROOMS[number // 2 % len(ROOMS)]
            people, topic = list(dice.sample([room.owner, *room.members], 3)), room.topic
            place = partial(
                start_group,
                cast=cast,
                owner=room.owner,
                name=self.script.says(room.zh, room.en),
                members=room.members,
            )
        else:
            one, other, topic = PAIRS[number // 2 % len(PAIRS)]
            people = [one, other] if dice.random() < 0.5 else [other, one]
            place = partial(_direct, cast=cast, one=one, other=other)
        fitting = [
            scene for scene in SCENES[topic] if len(people) == 3 or not any(by == "c" for by, *_ in scene)
        ]
        scene: list[Line] = fitting[number % len(fitting)]
        customer, few = CUSTOMERS[dice.randrange(len(CUSTOMERS))], dice.randrange(3, 19)
        moment = self.at(day, clock_time(9, 0)) + timedelta(minutes=dice.randrange(510))
        for at, (by, zh, en) in enumerate(scene):
            text = (
                self.script.says(zh, en).replace("{c}", self.script.says(*customer)).replace("{n}", str(few))
            )
            line = [(people["abc".index(by)], text)]
            self._add(moment, partial(_said, cast=cast, place=place, line=line, name=f"weeks-{number}-{at}"))
            moment += timedelta(seconds=dice.randrange(25, 260))


def _said(
    work: Work, cast: Cast, place: Callable[[Work], int], line: list[tuple[str, str]], name: str
) -> None:
    say(work, cast, place(work), line, name)


def _direct(work: Work, cast: Cast, one: str, other: str) -> int:
    """The conversation of these two, started where it is not there yet."""
    return conversations.start_direct(work, actor(work, cast.ids[one]), cast.ids[other])


def _receipts(work: Work, number: int, made: dict[str, int], wave: int) -> None:
    """Some confirm within minutes, some the next day, some late; a few only look, or not even that."""
    open_ones = work.conn.execute(
        select(Receipt.person_id)
        .where(Receipt.post_id == made["id"], Receipt.state == "open")
        .order_by(Receipt.person_id)
    ).scalars()
    give, look = [], []
    for person_id in open_ones:
        habit = random.Random(f"{SEED}/{number}/{person_id}").random()  # noqa: S311 - a story, not a secret
        act = receipts.Act(person_id, made["id"], 1)
        if habit < (0.28, 0.52, 0.72, 0.86, 0.93)[wave]:
            give.append(act)
        elif habit < 0.96 and wave >= 1:
            look.append(act)
    if give:
        receipts.acknowledge_many(work, give)
    if look:
        receipts.read_many(work, look)


def comment(
    work: Work, cast: Cast, made: dict[str, int], said: list[int], place: int, line: WeekComment, text: str
) -> None:
    """One line under a post; `said` remembers the ids for those who answer."""
    reply = said[line.answers] if line.answers is not None else None
    new = NewComment(cast.written(text), reply_to=reply)
    said[place] = writing.write(work, actor(work, cast.ids[line.author]), made["id"], new).id


def talk_today(work: Work, cast: Cast) -> None:
    """What is said under today's posts."""
    posts = select(Post.id).order_by(Post.id.desc()).limit(len(cast.script.posts))
    ids = sorted(work.conn.execute(posts).scalars())
    for number, lines in TODAY.items():
        said = [0] * len(lines)
        for place, line in enumerate(lines):
            text = cast.script.says(line.zh, line.en)
            comment(work, cast, {"id": ids[number]}, said, place, line, text)
        like_many(work, [Like(cast.ids[one], "post", ids[number], True) for one in ("1008", "1019", "1022")])
        like_many(work, [Like(cast.ids["1001"], "comment", said[0], True)])


def _likes(work: Work, cast: Cast, number: int, made: dict[str, int], share: float, wave: int) -> None:
    """Of those who may read it some like it; and of the comments each is liked by one or two."""
    dice = random.Random(f"{SEED}/{number}/{wave}")  # noqa: S311 - a story, not a secret
    people = sorted(cast.ids)
    acts = [Like(cast.ids[one], "post", made["id"], True) for one in people if dice.random() < share]
    comments = work.conn.execute(
        select(Comment.id, Comment.author_id).where(Comment.post_id == made["id"]).order_by(Comment.id)
    ).all()
    for row in comments:
        fans = [cast.ids[one] for one in dice.sample(people, 4) if dice.random() < share * 2 + 0.1]
        acts += [Like(one, "comment", row.id, True) for one in fans if one != row.author_id]
    if acts:
        like_many(work, acts)


def _catch_up(work: Work, dice: random.Random, share: float) -> None:
    """In the evening most people have read what was said."""
    unread = work.conn.execute(
        select(Membership.person_id, Membership.conversation_id, Conversation.last_number)
        .join(Conversation, Conversation.id == Membership.conversation_id)
        .where(Membership.state == "active", Membership.read_number < Conversation.last_number)
        .order_by(Membership.conversation_id, Membership.person_id)
    ).all()
    marks = [
        reading.MarkRead(row.person_id, row.conversation_id, row.last_number)
        for row in unread
        if dice.random() < share
    ]
    reading.read_many(work, marks)
