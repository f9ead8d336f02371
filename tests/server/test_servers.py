"""The servers under the other tests are themselves right: they start, answer, survive a kill and leave nothing behind."""

from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from tests.servers import (
    PostgresServer,
    create_database,
    drop_database,
    has_redis6,
    start_postgres,
    start_redis6,
    start_valkey,
)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    server = start_postgres(tmp_path_factory.mktemp("postgres"))
    yield server
    server.stop()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url) as connection:
        row = connection.execute(question.encode()).fetchone()
    assert row is not None
    return row[0]


def test_postgres_18_answers_and_knows_more_letters_than_ascii(postgres: PostgresServer) -> None:
    assert str(ask(postgres.url, "SHOW server_version")).startswith("18.")
    assert ask(postgres.url, "SELECT upper('客户 é')") == "客户 É"


def test_a_database_made_from_a_template_holds_what_the_template_held(postgres: PostgresServer) -> None:
    template = create_database(postgres, "migrated")
    with psycopg.connect(template) as connection:
        connection.execute("CREATE TABLE note AS SELECT '你好' AS text")
    copy = create_database(postgres, "one test's own", template="migrated")
    assert ask(copy, "SELECT text FROM note") == "你好"
    drop_database(postgres, "one test's own")
    with pytest.raises(psycopg.OperationalError):
        ask(copy, "SELECT 1")


def test_a_durable_postgres_keeps_its_defaults_and_a_killed_one_its_commits(tmp_path: Path) -> None:
    server = start_postgres(tmp_path / "cluster", durable=True)
    assert ask(server.url, "SHOW fsync") == ask(server.url, "SHOW synchronous_commit") == "on"
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
    address = server.url
    server.kill()
    with pytest.raises(psycopg.OperationalError):
        ask(address, "SELECT 1")
    server.restart()
    assert ask(address, "SELECT number FROM kept") == 7
    process = psutil.Process(server.process.pid)
    server.stop()
    assert not process.is_running()


def test_valkey_answers_and_is_gone_after_a_kill(tmp_path: Path) -> None:
    server = start_valkey(tmp_path)
    with redis.Redis.from_url(server.url) as client:
        assert client.set("greeting", "你好") is True
        assert client.info("server")["valkey_version"].startswith("9.")
        server.kill()
        with pytest.raises(redis.ConnectionError):
            client.ping()
    server.restart()
    assert redis.Redis.from_url(server.url).get("greeting") is None
    server.stop()
    assert server.process.poll() is not None


@pytest.mark.skipif(not has_redis6(), reason="the wheel of Redis 6.2 is for x86_64 and Python 3.11 only")
def test_the_oldest_supported_redis_refuses_newer_commands(tmp_path: Path) -> None:
    server = start_redis6(tmp_path)
    with redis.Redis.from_url(server.url) as client:
        assert client.info("server")["redis_version"].startswith("6.2.")
        with pytest.raises(redis.ResponseError):
            client.execute_command("FUNCTION", "LIST")
    server.stop()
