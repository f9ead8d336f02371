"""What notifications themselves tell: a reminder that came up."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from notifications.declared import NoticeKind, Telling
from notifications.models import ReminderPerson
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
        tellings.append(Telling(list(people), view.about, view.made_by, key))
    return tellings


REMINDER_NOTICE = NoticeKind("reminder", REMINDED, frozenset({"reminder.fired"}), _tell)
