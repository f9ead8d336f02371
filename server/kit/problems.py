"""Refusals: domain errors with a status and a stable code, raised anywhere, answered as problem documents (RFC 9457).

A refusal says which field, and when or how the act becomes possible (N23).
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec


class FieldError(msgspec.Struct, frozen=True, omit_defaults=True):
    """One wrong field. `params` are the values that the client's translated sentence names."""

    field: str
    code: str
    detail: str = ""
    params: dict[str, Any] = {}


class Problem(Exception):
    """A refusal. Subclasses fix status and code; `extra` adds `until`, `limit`, `used`, `next_step` and the like.

    `leaves`: what is kept of an act although it was refused (that it was counted), done with a unit of work of its own before the refusal
    is answered; may refuse in its place."""

    status = 400
    code = "invalid"
    title = "The request cannot be carried out."

    def __init__(self, detail: str = "", *, errors: tuple[FieldError, ...] = (), **extra: Any) -> None:
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.errors = errors
        self.extra: Mapping[str, Any] = extra
        self.leaves: Callable[[Any], None] | None = None

    def document(self) -> dict[str, Any]:
        """The problem document, ready for encoding."""
        return {
            "type": f"urn:tenfour:problem:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "errors": list(self.errors),
            **self.extra,
        }


class Unparsable(Problem):
    status, code, title = 400, "invalid", "The request cannot be read."


class Invalid(Problem):
    status, code, title = 422, "invalid", "Some fields are not right."


class AudienceEmpty(Problem):
    status, code, title = 422, "audience_empty", "Nobody would see this."

    def __init__(self, detail: str) -> None:
        super().__init__(detail, errors=(FieldError("audience", "required", detail),))


class NeedsKey(Problem):
    status, code, title = 422, "needs_key", "This request needs an Idempotency-Key header."

    def __init__(self) -> None:
        detail = "1 to 100 printable ASCII characters, the same for every try of the same request."
        super().__init__(detail, errors=(FieldError("Idempotency-Key", "required", detail),))


class SignedOut(Problem):
    status, code, title = 401, "signed_out", "Please sign in."


class WrongCredentials(Problem):
    status, code, title = 401, "wrong_credentials", "The sign-in name or the password is not right."


class SecondFactorNeeded(Problem):
    """Half of a sign-in: `step` goes with the code to `POST /api/session/second`."""

    status, code, title = 401, "second_factor_needed", "The code of the second factor is still missing."


class Forbidden(Problem):
    status, code, title = 403, "forbidden", "You may not do this."


class StepUpRequired(Problem):
    status, code, title = 403, "step_up_required", "Please confirm that it is you."

    def __init__(self) -> None:
        super().__init__("Confirm with your password or a code; then do this again.", next_step="step_up")


class SecondFactorRequired(Problem):
    status, code, title = 403, "second_factor_required", "Please set up a second factor first."

    def __init__(self) -> None:
        super().__init__(
            "Your company asks it of everyone with your rights.", next_step="enrol_second_factor"
        )


class ByHandOnly(Problem):
    status, code, title = 403, "by_hand_only", "An access token may not do this; sign in and do it by hand."


class NotRequired(Problem):
    status, code, title = 403, "not_required", "No receipt is asked of you here."


class RecipientsLackAccess(Problem):
    status, code, title = 422, "recipients_lack_access", "Some of these people may not see this."


class NotFound(Problem):
    status, code, title = 404, "not_found", "There is no such thing, or you may not see it."


class MethodNotAllowed(Problem):
    status, code, title = 405, "method_not_allowed", "This address does not know that method."


class SlowHead(Problem):
    status, code, title = 408, "invalid", "The request did not arrive in time."


class NotPending(Problem):
    status, code, title = 409, "not_pending", "This is no longer waiting for you."


class StaleVersion(Problem):
    status, code, title = 409, "stale_version", "There is a newer version."


class VoteClosed(Problem):
    """`closed_at` says since when."""

    status, code, title = 409, "vote_closed", "The vote is closed."


class IdempotencyMismatch(Problem):
    status, code, title = 409, "idempotency_mismatch", "This key was used for another request."


class WrongState(Problem):
    status, code, title = 409, "wrong_state", "This is not possible in the present state."


class Locked(Problem):
    """`locked_by`, `locked_at`: since when and by whom nobody changes it."""

    status, code, title = 409, "locked", "This is locked."


class Duplicate(Problem):
    status, code, title = 409, "duplicate", "This exists already."


class TooLarge(Problem):
    status, code, title = 413, "too_large", "The request is too large."


class AddressTooLong(Problem):
    status, code, title = 414, "too_large", "This address is too long."


class UnsupportedMediaType(Problem):
    status, code, title = 415, "invalid", "The body is not of a kind that is understood here."


class HeadTooLarge(Problem):
    status, code, title = 431, "too_large", "The headers are too large."


class TooSoon(Problem):
    status, code, title = 429, "too_soon", "Please wait before doing this again."


class RateLimited(Problem):
    status, code, title = 429, "rate_limited", "Too many requests."


class Unavailable(Problem):
    status, code, title = 503, "unavailable", "The service cannot store anything right now."


def invalid(field: str, code: str, detail: str, **params: Any) -> Invalid:
    """A refusal of one field."""
    return Invalid(detail, errors=(FieldError(field, code, detail, params),))
