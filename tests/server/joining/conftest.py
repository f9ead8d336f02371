"""One served company per file and database, whose passwords are hashed cheaply."""

from tests.server.auth.conftest import cheap, shared, shared_settings

__all__ = ["cheap", "shared", "shared_settings"]
