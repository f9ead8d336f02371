"""One served company per file and database."""

from tests.server.api.conftest import shared, shared_settings

__all__ = ["shared", "shared_settings"]
