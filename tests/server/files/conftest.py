"""A served company that the tests of a file share."""

from tests.server.api.conftest import shared, shared_settings

__all__ = ["shared", "shared_settings"]
