"""What notifications themselves tell: a reminder that came up."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from notifications.declared import NoticeKind, Telling
from notifications.models import Reminder, ReminderPerson
from notifications.policies import REMINDED
from notifications.present import TimedReminder
from server.background.reactions import Fact


def _tell(conn: Connection, fact: Fact) -> Sequence[Telling]:
    tellings = []
    for view in fact.of("reminder", TimedReminder):
        people = conn.execute(
            select(ReminderPerson.person_id).where(ReminderPerson.reminder_id == view.id)
        ).scalars()
        key = f"reminder/{view.id}/{fact.seq}"
        tellings.append(Telling(list(people), view.about, view.made_by, key, urgent=view.urgent))
    return tellings


def _still(conn: Connection, telling: Telling, people: Sequence[int]) -> set[int]:
    """Who is not done with it, while it was neither cancelled nor moved."""
    waiting = (
        select(ReminderPerson.person_id)
        .join(Reminder, Reminder.id == ReminderPerson.reminder_id)
        .where(
            Reminder.id == int(telling.key.split("/")[1]),
            Reminder.state == "fired",
            ReminderPerson.person_id.in_(people),
            ReminderPerson.done_at.is_(None),
        )
    )
    return set(conn.execute(waiting).scalars())


REMINDER_NOTICE = NoticeKind(
    "reminder", REMINDED, frozenset({"reminder.fired"}), _tell, waits=True, still=_still
)
