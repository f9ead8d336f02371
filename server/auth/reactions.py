"""What signing in does when somebody leaves or comes back: whatever let them in ends, on every process (SEC-06)."""

from server.auth.ending import end_everything
from server.events.envelope import Event
from server.people.leaving import whom
from server.work.work import Work


def end_access(work: Work, event: Event) -> None:
    """At coming back too: a sign-in that was under way while they left may have begun a session."""
    end_everything(work, whom(event))
