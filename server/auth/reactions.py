"""What signing in does when somebody leaves or comes back (whatever let them in ends, on every process, SEC-06) and when rights change."""

from server.auth import renewal
from server.auth.ending import end_everything
from server.events.envelope import Event
from server.people.leaving import whom
from server.work.work import Work


def end_access(work: Work, event: Event) -> None:
    """At coming back too: a sign-in that was under way while they left may have begun a session."""
    end_everything(work, whom(event))


def renew_tokens(work: Work, event: Event) -> None:
    """Whoever may something else now shows another token from the next request on."""
    renewal.mark(work, event.asks_again)
