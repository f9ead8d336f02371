"""What becomes of calls for logs when somebody leaves: nobody waits for theirs any more."""

from sqlalchemy import delete

from feed.log.models import LogCall
from server.events.envelope import Event
from server.people.leaving import whom
from server.work.work import Work


def forget_calls(work: Work, event: Event) -> None:
    work.conn.execute(delete(LogCall).where(LogCall.person_id == whom(event)))
