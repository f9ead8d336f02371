"""The client's types are the server's shapes."""

from server.cli.types import SCHEMA, client_types


def test_the_generated_client_types_say_what_the_server_sends() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == client_types(), "run: .venv/bin/python -m server types"
