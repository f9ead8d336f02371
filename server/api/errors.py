"""Everything that goes wrong becomes a problem document."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from server.api.endpoint import PRIVATE
from server.kit.json import encode
from server.kit.problems import Forbidden, MethodNotAllowed, NotFound, Problem, TooLarge, Unparsable

_BY_STATUS: dict[int, type[Problem]] = {403: Forbidden, 404: NotFound, 405: MethodNotAllowed, 413: TooLarge}


def problem_response(problem: Problem) -> Response:
    headers = dict(PRIVATE)
    if problem.status == 503:
        headers["Retry-After"] = "2"
    seconds = problem.extra.get("retry_after")
    if seconds is not None:
        headers["Retry-After"] = str(seconds)
    return Response(encode(problem.document()), problem.status, headers, "application/problem+json")


async def on_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return problem_response(error)


async def on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    kind = _BY_STATUS.get(error.status_code, Unparsable)
    response = problem_response(kind())
    if error.headers:
        response.headers.update(error.headers)
    return response


def unexpected_response() -> Response:
    """For what nobody foresaw: without details."""
    return Response(
        encode(
            {
                "type": "urn:tenfour:problem:unexpected",
                "title": "Something went wrong on our side.",
                "status": 500,
                "code": "unexpected",
                "detail": "Nothing was changed. Please try again; the operator's log has the details.",
                "errors": [],
            }
        ),
        500,
        PRIVATE,
        "application/problem+json",
    )
