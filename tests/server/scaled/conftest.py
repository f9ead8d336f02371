"""Commands run inside the test process here too."""

from tests.server.operating.conftest import logs_stay

__all__ = ["logs_stay"]
