"""Commands run inside the test process here; its logs stay where they are."""

import pytest


@pytest.fixture(autouse=True)
def logs_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.cli.words.set_up_logs", lambda level: None)
