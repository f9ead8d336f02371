"""`tenfour check` says of every setting what it is, and of everything around Tenfour what is wrong with it."""

import os
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink as Mailbox
from aiosmtpd.smtp import AuthResult
from sqlalchemy import insert

from server.__main__ import main
from server.config.settings import Settings
from server.events.models import LoggedEvent
from server.kit.clock import real_now
from server.opening import DATABASE_FILE, open_company
from tests.house import House
from tests.server.operating.backups import say
from tests.servers import PostgresServer, ValkeyServer, free_port


def check(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Its status, and the findings that are not good."""
    status = main(["check", "--data", str(folder), "--port", str(free_port())])
    lines = capsys.readouterr().out.splitlines()
    return status, [line[8:] for line in lines if line.startswith(("WRONG", "warning"))]


def test_an_empty_folder_is_fit_for_a_company(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(tmp_path / "new", capsys) == (0, [])


async def test_beside_a_running_server_nothing_is_wrong(
    house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENFOUR_REDIS_URL", house.settings.redis_url)
    status = await say(house.settings, monkeypatch, "check")
    said = capsys.readouterr().out
    wrong = [line for line in said.splitlines() if line.startswith("WRONG")]
    assert "A Tenfour server is running on this data folder" in said
    if house.settings.database_url:  # the tests' own PostgreSQL does not wait for its disk
        assert status == 1
        assert len(wrong) == 1
        assert "fsync" in wrong[0]
        assert "Valkey" in said
    else:
        assert (status, wrong) == (0, [])


def test_every_value_is_shown_with_its_origin_and_no_secret_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "token").write_text("geheim-1\n")
    monkeypatch.setenv("TENFOUR_METRICS_TOKEN_FILE", str(tmp_path / "token"))
    monkeypatch.setenv("TENFOUR_DATABASE_URL", "postgresql://me:geheim-2@127.0.0.1:1/x")
    monkeypatch.setenv("TENFOUR_REDIS_URL", "redis://:geheim-3@127.0.0.1:1/0")
    monkeypatch.setenv("TENFOUR_SENDS_BURST", "7")
    main(["check", "--data", str(tmp_path)])
    said = capsys.readouterr().out
    assert "geheim" not in said
    for line in (
        "TENFOUR_METRICS_TOKEN = (set, not shown)  (TENFOUR_METRICS_TOKEN_FILE)",
        "TENFOUR_DATABASE_URL = postgresql://me:…@127.0.0.1:1/x  (TENFOUR_DATABASE_URL)",
        "TENFOUR_SENDS_BURST = 7  (TENFOUR_SENDS_BURST)",
        "TENFOUR_SESSION_DAYS = 30  (default)",
        f"TENFOUR_DATA = {tmp_path}  (--data)",
    ):
        assert line in said


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("PORT", "eight", "TENFOUR_PORT: invalid literal"),
        ("TEST_CLOCK", "maybe", "TENFOUR_TEST_CLOCK: must be 1 or 0"),
        ("METRICS_TOKEN_FILE", "none/such", "TENFOUR_METRICS_TOKEN_FILE: none/such cannot be read"),
        ("BASE_URL", "tenfour.example.com", "must begin with https://"),
        ("BASE_URL", "https://tenfour.example.com/work", "nothing more"),
        ("BASE_URL", "https://tenfour.example.com:99999", "is no address"),
        ("BASE_URL", "http://tenfour.example.com", "travel readable"),
        (
            "ALLOWED_ORIGINS",
            "https://a.example.com,javascript:alert(1)",
            "TENFOUR_ALLOWED_ORIGINS: javascript",
        ),
        ("HOST", "0.0.0.0", "without TENFOUR_BASE_URL"),
        ("HOST", "203.0.113.7", "could not listen"),
        ("DATABASE_URL", "postgresql://me@127.0.0.1:1/x", "cannot be reached"),
        ("DATABASE_URL", "postgresql://me:p@ss@127.0.0.1:1/x", "%40"),
        ("REDIS_URL", "redis://127.0.0.1:1/0", "Redis cannot be reached"),
        ("REDIS_URL", "http://127.0.0.1", "Redis cannot be reached"),
        ("SECRET_KEY", "short", "keys are written in base64|a key has 32 bytes"),
    ],
)
def test_what_is_wrong_is_said_in_words(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    value: str,
    words: str,
) -> None:
    open_company(Settings(data=tmp_path)).db.close()
    monkeypatch.setenv(f"TENFOUR_{name}", value)
    status, said = check(tmp_path, capsys)
    assert status == 1
    assert [line for line in said if any(word in line for word in words.split("|"))], said


def test_a_name_that_means_nothing_is_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENFOUR_BASEURL", "https://tenfour.example.com")
    assert check(tmp_path, capsys) == (
        0,
        ["TENFOUR_BASEURL is no setting; did you mean TENFOUR_BASE_URL?"],
    )


def test_over_tls_it_says_what_follows_for_cookies_and_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TENFOUR_BASE_URL", "https://tenfour.example.com")
    assert main(["check", "--data", str(tmp_path), "--port", str(free_port())]) == 0
    assert "`__Host-`" in capsys.readouterr().out


def test_a_company_of_the_future_or_of_a_newer_tenfour_is_recognised(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    company = open_company(Settings(data=tmp_path))
    ahead = real_now().replace(year=real_now().year + 1, day=1)
    company.write_now(
        lambda work: work.conn.execute(insert(LoggedEvent).values(seq=1, at=ahead, type="x", body="{}"))
    )
    company.db.close()
    status, said = check(tmp_path, capsys)
    assert (status, "clock is behind" in " ".join(said)) == (1, True)
    company = open_company(Settings(data=tmp_path))
    company.write_now(
        lambda work: work.conn.exec_driver_sql("UPDATE alembic_version SET version_num = 'ffffffffffff'")
    )
    company.db.close()
    status, said = check(tmp_path, capsys)
    assert (status, "made by a newer Tenfour" in " ".join(said)) == (1, True)


def test_a_folder_that_cannot_be_written_and_a_port_that_is_taken_are_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    status, said = check(tmp_path / "file", capsys)
    assert (status, "cannot be written" in said[0]) == (1, True)
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert main(["check", "--data", str(tmp_path), "--port", str(taken.getsockname()[1])]) == 1
        assert "could not listen" in capsys.readouterr().out


@contextmanager
def mail_server(**options: Any) -> Iterator[str]:
    """A mail server of our own; answers its host and port."""
    controller = Controller(Mailbox(), hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield f"{controller.hostname}:{controller.port}"
    finally:
        controller.stop()


def test_the_mail_server_is_greeted_and_signed_in_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def known(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == b"right", handled=False)

    monkeypatch.setenv("TENFOUR_MAIL_FROM", "Tenfour <tenfour@example.com>")
    with mail_server(authenticator=known, auth_require_tls=False) as place:
        monkeypatch.setenv("TENFOUR_SMTP_URL", f"smtp://me:right@{place}")
        assert check(tmp_path, capsys) == (0, [])
        monkeypatch.setenv("TENFOUR_SMTP_URL", f"smtp://me:geheim@{place}")
        status, said = check(tmp_path, capsys)
        assert (status, "refuses the user or password" in said[0]) == (1, True)
        assert "geheim" not in said[0]
    status, said = check(tmp_path, capsys)
    assert (status, "cannot be reached" in said[0]) == (1, True)


def test_everything_around_postgresql_is_looked_at(
    postgres: PostgresServer,
    valkey: ValkeyServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TENFOUR_DATABASE_URL", postgres.url)
    monkeypatch.setenv("TENFOUR_REDIS_URL", valkey.url)
    assert main(["check", "--data", str(tmp_path), "--port", str(free_port())]) == 1
    said = capsys.readouterr().out
    assert "holds no company yet" in said
    assert "clock and this machine's agree" in said
    assert not os.path.exists(tmp_path / DATABASE_FILE)
