"""What the server writes about itself holds no word of what people write to each other, and nothing that opens a door."""

import asyncio
import io
import json
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError
from websockets.asyncio.client import connect

from server.config.logs import without_values
from server.demo.people import PASSWORD
from server.opening import DATABASE_FILE
from tests.servers import free_port

CANARY = "canary-51c7"


@asynccontextmanager
async def server(folder: Path, port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m server serve`, as talkative as it gets."""
    environment = {**os.environ, "TENFOUR_LOG_LEVEL": "debug"}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "server", "serve", "--data", str(folder), "--port", str(port),
        env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def until_ready(base: str) -> None:
    async with asyncio.timeout(30), httpx2.AsyncClient(base_url=base) as http:
        while True:
            try:
                if (await http.get("/readyz")).status_code == 200:
                    return
            except httpx2.TransportError:
                await asyncio.sleep(0.05)


async def live_a_little(base: str) -> list[str]:
    """An ordinary day and some accidents. Answers the secrets that came up."""
    async with httpx2.AsyncClient(base_url=base) as http:
        wrong = {"login": "1002", "password": f"{CANARY}-wrong-password"}
        assert (await http.post("/api/session", json=wrong)).status_code == 401
        entered = await http.post("/api/session", json={"login": "1002", "password": PASSWORD})
        assert entered.status_code == 200
        token = http.cookies["tenfour_session"]
        body = {"kind": "share", "text": f"{CANARY}-post", "audience": {"everyone": True}}
        assert (await http.post("/api/posts", json=body, headers={"Idempotency-Key": "1"})).status_code == 201
        made = {"kind": "group", "name": f"{CANARY}-group", "people": [3]}
        group = (await http.post("/api/conversations", json=made, headers={"Idempotency-Key": "2"})).json()[
            "id"
        ]
        messages = f"/api/conversations/{group}/messages"
        sent = await http.post(messages, json={"client_id": "1", "text": f"{CANARY}-message"})
        assert sent.status_code == 201
        for content in (
            f'{{"text":"{CANARY}-broken',
            f'{{"{CANARY}-field":1}}',
            f'{{"kind":"{CANARY}-choice"}}',
            f'"{CANARY}"',
        ):
            refused = await http.post(
                "/api/posts", content=content, headers={"Content-Type": "application/json"}
            )
            assert refused.status_code in (400, 422)
        await http.get("/api/people", params={"q": f"{CANARY}-search", "cursor": CANARY})
        await http.get(f"/api/invitations/{CANARY}-invitation")
        await http.post(f"/api/invitations/{CANARY}-invitation", json={"password": f"{CANARY}-new-password"})
        url = f"{base.replace('http', 'ws')}/api/live?{CANARY}-query"
        async with connect(url, additional_headers={"Cookie": f"tenfour_session={token}"}) as ws:
            for frame in (
                {"op": "hello", "cursor": ""},
                {"op": "send", "conversation": group, "client_id": "2", "text": f"{CANARY}-frame"},
                {"op": f"{CANARY}-op"},
                {"op": "send", "conversation": group, "client_id": "2", "text": f"{CANARY}-other"},
            ):
                await ws.send(json.dumps(frame))
                await ws.recv()
            await ws.send(f"{CANARY}-nonsense".encode())
            await ws.recv()
        assert (await http.delete("/api/session")).status_code == 204
        return [token, CANARY, "argon2"]


@pytest.mark.timeout(120)
async def test_the_log_of_a_day_holds_no_text_no_password_and_no_token(
    tmp_path: Path, sqlite_demo: Path
) -> None:
    shutil.copy(sqlite_demo, tmp_path / DATABASE_FILE)
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    async with server(tmp_path, port) as process:
        assert process.stdout is not None
        reading = asyncio.create_task(process.stdout.read())
        await until_ready(base)
        secrets = await live_a_little(base)
        process.send_signal(signal.SIGINT)
        written = (await asyncio.wait_for(reading, 30)).decode()
    assert "Tenfour serves at" in written  # we did read what it wrote
    for secret in secrets:
        assert secret not in written, written
    assert "Traceback" not in written, written


def test_an_error_of_the_database_is_logged_without_the_values_it_quotes() -> None:
    stream = io.StringIO()
    logger = structlog.wrap_logger(
        structlog.PrintLogger(stream), processors=[without_values, structlog.processors.JSONRenderer()]
    )
    engine = create_engine("sqlite://")
    with engine.begin() as conn:
        conn.execute(text("CREATE TABLE t (a TEXT UNIQUE)"))
        conn.execute(text("INSERT INTO t VALUES (:a)"), {"a": CANARY})
        with pytest.raises(IntegrityError, match=CANARY) as quoting:
            conn.execute(text("INSERT INTO t VALUES (:a)"), {"a": CANARY})
        logger.error("unhandled", exc_info=quoting.value)
    with pytest.raises(ValueError) as plain:
        int("said by ourselves")
    logger.error("unhandled", exc_info=plain.value)
    first, second = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert CANARY not in first["exception"]
    assert "IntegrityError" in first["exception"]
    assert "test_logs.py" in first["exception"]
    assert "ValueError: invalid literal" in second["exception"]
