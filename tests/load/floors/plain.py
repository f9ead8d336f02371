"""Bare starlette on uvicorn: one route that answers one JSON value, with what uvicorn[standard] brings (uvloop, httptools).

python -m tests.load.floors.plain --port 9003 --answer FILE
"""

import argparse
import json
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


def make_app(value: object) -> Starlette:
    async def answer(request: Request) -> JSONResponse:
        return JSONResponse(value)

    return Starlette(routes=[Route("/answer", answer)])


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--answer", type=Path, required=True)
    given = arguments.parse_args()
    app = make_app(json.loads(given.answer.read_text()))
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=given.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
    )


if __name__ == "__main__":
    main()
